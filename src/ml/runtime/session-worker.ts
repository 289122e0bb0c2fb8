import { parentPort, workerData } from "node:worker_threads";
import { buffersOf } from "./buffers.ts";
import type { CloseRequest, WorkerBirth, WorkReply, WorkRequest } from "./messages.ts";
import { type OnnxSession, openSession } from "./onnx-session.ts";

/** Entry of a session worker: a thread that owns onnxruntime sessions and runs one request at a time. */

if (parentPort === null) throw new Error("session-worker is the entry of a worker thread");
const port = parentPort;
const birth: WorkerBirth = workerData;
const sessions = new Map<string, OnnxSession>();

port.on("message", async (request: WorkRequest | CloseRequest) => {
  if (request.kind === "close") {
    await release([...sessions.keys()]);
    port.close();
    return;
  }
  const reply = await work(request);
  port.postMessage(reply, reply.outcome === "done" ? buffersOf(reply.outputs) : []);
});

async function work(request: WorkRequest): Promise<WorkReply> {
  let at: "open" | "run" = "open";
  try {
    await release(request.evict);
    const session = await sessionFor(request);
    at = "run";
    return { outcome: "done", outputs: request.feeds === null ? {} : await session.run(request.feeds) };
  } catch (error) {
    return { outcome: "failed", at, reason: error instanceof Error ? error.message : String(error) };
  }
}

async function sessionFor({ hash, bytes }: WorkRequest): Promise<OnnxSession> {
  const known = sessions.get(hash);
  if (known !== undefined) return known;
  if (bytes === null) throw new Error(`there is no session for model ${hash}`);
  const opened = await openSession(bytes, birth);
  sessions.set(hash, opened);
  return opened;
}

async function release(hashes: readonly string[]): Promise<void> {
  for (const hash of hashes) {
    await sessions.get(hash)?.release();
    sessions.delete(hash);
  }
}
