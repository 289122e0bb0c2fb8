import type { DocumentText } from "./document-text.ts";
import type { DocumentMetadata, DocumentNote } from "./port.ts";

/** What a reader of one format yields before the pictures are looked at. */
export interface TextOfDocument {
  readonly content: DocumentText;
  readonly metadata: DocumentMetadata;
  readonly notes: readonly DocumentNote[];
}
