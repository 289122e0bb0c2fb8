import type { DocumentImage, DocumentNote, ReadDocument } from "./port.ts";

/** What a reading process is told, once. */
export interface ReadingRequest {
  readonly path: string;
  readonly filename: string;
}

/** What it tells: the text, then the pictures; or why there is nothing. */
export type ChildReport =
  | { readonly kind: "text"; readonly document: ReadDocument }
  | {
      readonly kind: "images";
      readonly images: readonly DocumentImage[];
      readonly notes: readonly DocumentNote[];
    }
  | { readonly kind: "refused"; readonly code: string; readonly status: number; readonly message: string };
