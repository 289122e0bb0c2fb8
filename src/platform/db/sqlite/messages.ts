import type { DatabaseFault } from "../database-error.ts";
import type { PortableValue } from "../portable-values.ts";

/** What a database thread is started with. */
export interface ThreadSettings {
  readonly path: string;
  readonly readOnly: boolean;
}

/** `rollback` is a request of its own because SQLite may have rolled back by itself (disk full). */
export type Command =
  | { readonly kind: "run"; readonly sql: string; readonly parameters: readonly PortableValue[] }
  | { readonly kind: "rollback" }
  | { readonly kind: "close" };

export interface Request {
  readonly id: number;
  readonly command: Command;
}

/** `rows` are plain objects: integers and reals as number, blobs as Uint8Array. */
export interface Outcome {
  readonly rows: readonly Record<string, unknown>[];
  readonly changes: number | null;
}

export interface Failure {
  readonly reason: string;
  readonly fault: DatabaseFault;
  readonly nativeCode: string;
}

/** Reply 0 says how opening went. */
export type Reply =
  | { readonly id: number; readonly outcome: Outcome }
  | { readonly id: number; readonly failure: Failure };
