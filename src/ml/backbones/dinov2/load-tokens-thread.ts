import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import type { LoadAnswer, LoadedTokens, LoadOrder } from "./load-tokens.ts";
import { readDinoWeights } from "./read-weights.ts";
import { tokenGraph } from "./token-graph.ts";

/** Entry of a thread that makes one network ready. */

if (parentPort === null) throw new Error("load-tokens-thread is the entry of a worker thread");
const order: LoadOrder = workerData;
const answer = load(order);
parentPort.postMessage(
  answer,
  answer.outcome === "loaded" ? [answer.tokens.model.bytes.buffer as ArrayBuffer] : [],
);

function load(wanted: LoadOrder): LoadAnswer {
  try {
    return { outcome: "loaded", tokens: read(wanted) };
  } catch (error) {
    if (!(error instanceof QuatrainError)) throw error;
    return { outcome: "refused", code: error.code, status: error.status, message: error.message };
  }
}

function read({ path, configuration, precision, side }: LoadOrder): LoadedTokens {
  const weights = readDinoWeights(fileAt(path), configuration);
  const model = tokenGraph(configuration, weights, {
    width: side,
    height: side,
    unitLength: true,
    precision,
  });
  return { model, digest: weights.digest() };
}

function fileAt(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw userError(
      "weights_missing",
      400,
      `There are no weights at ${path}: quatrain models pull fetches them`,
    );
  }
}
