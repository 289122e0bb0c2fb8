import type { Batch } from "./batch-maker.ts";
import type { BrokenPicture } from "./scan-pictures.ts";

/** What the loader's thread is asked. Batches of a stream are taken one by one; its name is the id that opened it. */
export type LoaderCall =
  | { readonly kind: "scan" }
  /** The scan under way is no longer wanted. */
  | { readonly kind: "abandon-scan" }
  | {
      readonly kind: "train";
      readonly epoch: number;
      readonly batches: readonly Int32Array[];
      readonly from: number;
    }
  | { readonly kind: "validation"; readonly batches: readonly Int32Array[] }
  | { readonly kind: "next"; readonly stream: number }
  | { readonly kind: "leave"; readonly stream: number }
  | { readonly kind: "close" };

export interface LoaderRequest {
  readonly id: number;
  readonly call: LoaderCall;
}

export interface ScanResult {
  readonly usable: Int32Array;
  readonly broken: readonly BrokenPicture[];
}

/** Null: nothing to say, or the stream is over. */
export type LoaderAnswer = ScanResult | Batch | null;

export type LoaderReply =
  | { readonly id: number; readonly answer: LoaderAnswer }
  | { readonly id: number; readonly failure: LoaderFailure };

/** An error that crossed over. */
export interface LoaderFailure {
  readonly message: string;
  /** Of a `QuatrainError`, or the system's (`ENOENT`). */
  readonly code: string | undefined;
  /** Of a `QuatrainError`; undefined for all others. */
  readonly status: number | undefined;
}
