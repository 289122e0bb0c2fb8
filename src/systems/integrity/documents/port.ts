import type { Span } from "../../../algorithms/text/span.ts";

/** Kinds of files that are read. */
export const DOCUMENT_FORMATS = ["pdf", "docx", "odt", "txt", "html", "md"] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

/** Why a reader does not see a place of the text. */
export type HiddenReason =
  /** Marked as hidden, drawn invisibly, or on a layer that is switched off. */
  | "not_shown"
  /** White, or nearly, where nothing darker lies beneath. */
  | "white"
  /** Smaller than anybody can read. */
  | "tiny"
  | "transparent"
  | "outside_page";

/** A place that a reader of the document does not see. */
export interface HiddenPlace extends Span {
  readonly reason: HiddenReason;
}

/**
 * What a file says of itself; a field that it does not have is absent. Nothing of it is proof: programs leave fields
 * out and set them as they like, and anybody can change them. Times are milliseconds since 1970.
 */
export interface DocumentMetadata {
  readonly title?: string;
  readonly author?: string;
  readonly lastModifiedBy?: string;
  readonly createdAt?: number;
  readonly modifiedAt?: number;
  /** How often it was saved. */
  readonly revisions?: number;
  readonly editingMinutes?: number;
  /** The program that wrote the file. */
  readonly producer?: string;
  /** The program that the document was written in; PDF only. */
  readonly creator?: string;
  readonly company?: string;
  readonly template?: string;
  readonly trackedChanges?: { readonly insertions: number; readonly deletions: number };
  readonly pages?: number;
}

/** A picture within a document. */
export interface DocumentImage {
  /**
   * Hex. Of the picture's file; of a PDF, which holds no files, of `<width>x<height>` in ASCII and the decoded pixels,
   * 3 bytes each.
   */
  readonly sha256: string;
  /** `perceptualHash`; null where a picture is nearly uniform or cannot be decoded. */
  readonly phash: string | null;
  /** Pixels; 0 where it cannot be decoded. */
  readonly width: number;
  readonly height: number;
  /** From 1; only of formats with pages. */
  readonly page?: number;
}

/** What could not be read, or was read by guessing. */
export type DocumentNote =
  | "assumed_windows_1252"
  | "embedded_document_unread"
  | "hidden_places_left_out"
  | "image_unreadable"
  /** Text behind pictures of the pages: what a scanner's recognition read. */
  | "ocr_layer"
  /** There are more, or larger ones, than are looked at. */
  | "images_left_out"
  | "page_unreadable";

export interface ReadDocument {
  readonly format: DocumentFormat;
  /** At most 2,000,000 code points; paragraphs are apart by an empty line. Well-formed, without control characters. */
  readonly text: string;
  /** UTF-16 places in `text`, in order, apart. */
  readonly hidden: readonly HiddenPlace[];
  readonly metadata: DocumentMetadata;
  readonly images: readonly DocumentImage[];
  readonly notes: readonly DocumentNote[];
}

/** Reads documents of strangers, outside this process. */
export interface DocumentReader {
  /**
   * @param filename the sender's: decides only between plain text, Markdown and HTML.
   * @throws QuatrainError `unsupported_document`, `document_encrypted`, `document_unreadable`, `document_without_text`,
   * `document_too_complex` (400), `document_too_large`, `document_too_long` (413), `documents_busy` (429); the signal's
   * reason.
   */
  read(path: string, filename: string, signal?: AbortSignal): Promise<ReadDocument>;
  /** Ends what is being read, and refuses what waits. */
  close(): Promise<void>;
}
