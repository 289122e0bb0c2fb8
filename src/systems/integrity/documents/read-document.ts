import type { DocumentImages } from "./images.ts";
import type { ReadDocument } from "./port.ts";
import { recognise } from "./recognise.ts";
import { refusal } from "./refusals.ts";

/** A document whose text is there; its pictures can be looked at. */
export interface OpenedDocument {
  readonly document: ReadDocument;
  readImages(images: DocumentImages): Promise<void>;
}

/** Reads a file of any kind; to be called where it may use up time and memory. @throws as `DocumentReader.read` */
export async function openDocument(path: string, filename: string): Promise<OpenedDocument> {
  const { format, text, readImages } = await recognise(path, filename);
  const { content, metadata, notes } = text;
  const finished = content.finish();
  if (!/[\p{L}\p{N}]/u.test(finished.text)) throw refusal("document_without_text");
  const document: ReadDocument = {
    format,
    ...finished,
    metadata,
    images: [],
    notes: content.hiddenLeftOut ? [...notes, "hidden_places_left_out"] : notes,
  };
  return { document, readImages };
}
