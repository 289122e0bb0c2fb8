import { Worker } from "node:worker_threads";
import type { GraphModel } from "../../../graph/index.ts";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import { entryUrl } from "../../../platform/lifecycle/entry-url.ts";
import type { DinoConfiguration } from "./configuration.ts";
import type { Precision } from "./token-graph.ts";

/** What a thread is asked to make ready. */
export interface LoadOrder {
  /** The safetensors file. */
  readonly path: string;
  readonly configuration: DinoConfiguration;
  readonly precision: Precision;
  /** Pixels along the side of the square pictures. */
  readonly side: number;
}

/** A network ready to run. */
export interface LoadedTokens {
  /** `tokenGraph` for one picture, with tokens of length 1. */
  readonly model: GraphModel;
  /** `DinoWeights.digest()`: which weights these are, whatever their file was called. */
  readonly digest: string;
}

/** What the thread answers. */
export type LoadAnswer =
  | { readonly outcome: "loaded"; readonly tokens: LoadedTokens }
  | { readonly outcome: "refused"; readonly code: string; readonly status: number; readonly message: string };

/**
 * Reads weights and builds the network in a thread of its own, which ends afterwards: half a second of work for the
 * small model. The model's bytes, as large as the weights in float32, are the caller's.
 *
 * @throws QuatrainError `weights_unreadable`, `weights_do_not_fit` (422); `weights_missing` (400) when there is no file
 */
export async function loadTokens(order: LoadOrder): Promise<LoadedTokens> {
  const answer = await new Promise<LoadAnswer>((resolve, reject) => {
    const worker = new Worker(entryUrl("./load-tokens-thread", import.meta.url), { workerData: order });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the thread that reads weights ended without an answer")));
  });
  if (answer.outcome === "loaded") return answer.tokens;
  throw new QuatrainError(answer.message, { code: answer.code, status: answer.status });
}
