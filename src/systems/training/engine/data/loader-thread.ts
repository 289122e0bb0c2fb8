import { parentPort, workerData } from "node:worker_threads";
import { messageOf, QuatrainError } from "../../../../platform/errors/quatrain-error.ts";
import { type Batch, openBatchMaker } from "./batch-maker.ts";
import type {
  LoaderAnswer,
  LoaderCall,
  LoaderFailure,
  LoaderReply,
  LoaderRequest,
} from "./loader-messages.ts";
import type { BrokenPicture } from "./scan-pictures.ts";

/** Entry of the thread that makes batches while the thread that trains is blocked by onnxruntime. */

if (parentPort === null) throw new Error("loader-thread is the entry of a worker thread");
const port = parentPort;
const maker = openBatchMaker(workerData);
const streams = new Map<number, AsyncIterator<Batch>>();
let scanning = new AbortController();

port.on("message", async ({ id, call }: LoaderRequest) => {
  try {
    const answer = await answerTo(id, call);
    const moved = answer !== null && "images" in answer ? [answer.images.buffer as ArrayBuffer] : [];
    port.postMessage({ id, answer } satisfies LoaderReply, moved);
  } catch (error) {
    port.postMessage({ id, failure: failureOf(error) } satisfies LoaderReply);
  }
  if (call.kind === "close") port.close();
});

async function answerTo(id: number, call: LoaderCall): Promise<LoaderAnswer> {
  switch (call.kind) {
    case "scan": {
      scanning = new AbortController();
      const broken: BrokenPicture[] = [];
      const usable = await maker.scan((picture) => broken.push(picture), scanning.signal);
      return { usable, broken };
    }
    case "train":
      return opened(id, maker.trainBatches(call.epoch, call.batches, call.from));
    case "validation":
      return opened(id, maker.validationBatches(call.batches));
    case "next":
      return nextOf(call.stream);
    case "leave":
      await streams.get(call.stream)?.return?.();
      streams.delete(call.stream);
      return null;
    case "abandon-scan":
      scanning.abort();
      return null;
    case "close":
      return null;
  }
}

function opened(id: number, batches: AsyncIterable<Batch>): null {
  streams.set(id, batches[Symbol.asyncIterator]());
  return null;
}

async function nextOf(stream: number): Promise<Batch | null> {
  const result = await streams.get(stream)?.next();
  return result === undefined || result.done === true ? null : result.value;
}

function failureOf(error: unknown): LoaderFailure {
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  const status = error instanceof QuatrainError ? error.status : undefined;
  return { message: messageOf(error), code, status };
}
