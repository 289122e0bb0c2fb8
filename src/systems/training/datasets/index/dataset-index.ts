import type { Box, Split } from "../manifest.ts";

/** A file of a dataset, as its examination left it. */
export interface DatasetFile {
  /** As `safePath` makes them. */
  readonly path: string;
  /** A picture that can be decoded. */
  readonly isImage: boolean;
  /** Pixels as decoded, upright; null for other files. */
  readonly width: number | null;
  readonly height: number | null;
}

/** How a dataset says what its pictures show. */
export type DatasetFormat = "dice" | "imagefolder" | "coco" | "yolo" | "voc";

export type DatasetTask = "image_classification" | "object_detection";

/** What a dataset says about its pictures. */
export interface DatasetIndex {
  /** In the order of the file's ids where it has some, else by name. */
  readonly classes: readonly string[];
  readonly taskType: DatasetTask;
  /** In the order of their paths. */
  readonly images: readonly IndexedImage[];
  /** The first of them, see `Problems`. */
  readonly problems: readonly DatasetProblem[];
  /** All of them, by code. */
  readonly problemCounts: Readonly<Record<string, number>>;
  readonly format: DatasetFormat;
  /** `dice-a` to `dice-d`, or the format: which way of writing it was met. */
  readonly shape: string;
}

export interface IndexedImage {
  readonly path: string;
  readonly split: Split;
  /** Index into the classes; for detection the first box's, -1 for a picture without boxes. */
  readonly label: number;
  /** Within the picture, in pixels; empty for classification. */
  readonly boxes: readonly Box[];
}

/** Something that the user may want to mend. */
export interface DatasetProblem {
  /** A file of the dataset, or what an annotation calls one. */
  readonly path: string;
  /** Lower snake case. */
  readonly code: string;
  readonly message: string;
}

/** What a reader of one format makes of it: splits may be open. */
export interface DraftDataset {
  readonly classes: readonly string[];
  readonly taskType: DatasetTask;
  readonly images: readonly DraftImage[];
  readonly shape: string;
}

export interface DraftImage {
  readonly path: string;
  readonly split: Split | null;
  readonly label: number;
  readonly boxes: readonly Box[];
}

/** What a reader of one format is given. */
export interface FormatInput {
  readonly files: readonly DatasetFile[];
  /** @throws where the text is longer than so many bytes, or no text */
  readText(path: string, maxBytes: number): Promise<string>;
}
