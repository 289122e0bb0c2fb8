import type { NamedTensors } from "./numeric-runtime.ts";
import type { SessionOptions } from "./onnx-session.ts";

/** What a session worker is born with. */
export type WorkerBirth = SessionOptions;

/** One piece of work; a worker has at most one at a time. */
export interface WorkRequest {
  readonly kind: "work";
  readonly hash: string;
  /** The model, sent only when the worker has no session for the hash. */
  readonly bytes: Uint8Array | null;
  /** Hashes of sessions to release first. */
  readonly evict: readonly string[];
  /** null only prepares the session. */
  readonly feeds: NamedTensors | null;
}

/** The last message a worker gets: it releases its sessions and ends by itself. */
export interface CloseRequest {
  readonly kind: "close";
}

/** `at` says what onnxruntime refused; after `open` the worker has no session for the hash. */
export type WorkReply =
  | { readonly outcome: "done"; readonly outputs: NamedTensors }
  | { readonly outcome: "failed"; readonly at: "open" | "run"; readonly reason: string };
