import { setTimeout as delay } from "node:timers/promises";
import { userError } from "../../../../platform/errors/quatrain-error.ts";
import type { Log } from "../../../../platform/ports.ts";
import type { PythonWorker, WorkerOrder } from "./python-worker.ts";
import { readHealth, readJob, type WorkerJob } from "./worker-answers.ts";
import { WorkerChild } from "./worker-child.ts";
import { unavailable } from "./worker-errors.ts";
import { askWorker, type WorkerAddress, type WorkerAnswer } from "./worker-requests.ts";

/** Finding out what can be trained imports torch, and so may the first start. */
const SLOW_MS = 150_000;
const QUICK_MS = 10_000;
const GRACE_MS = 30_000;
/** From the end of the grace until a stop is given up. */
const AFTERWARDS_MS = 60_000;
const LOOK_EVERY_MS = 100;

export interface PythonWorkerOptions {
  /** Interpreter to start a worker with. */
  readonly python?: string | undefined;
  /** Where that one keeps pictures between its starts; absent: a temporary folder. No other worker may use it. */
  readonly folder?: string | undefined;
  /** Address of one that runs elsewhere; wins over `python`. */
  readonly url?: string | undefined;
  readonly token?: string | undefined;
  readonly log: Log;
}

/** Where the worker is: `running` null where it is known not to run. */
interface Whereabouts {
  address(): Promise<WorkerAddress>;
  running(): Promise<WorkerAddress> | null;
  close(): Promise<void>;
}

/** Nothing is started or asked before it is needed. Without `python` and `url` every call says how to attach a worker. */
export function openPythonWorker(options: PythonWorkerOptions): PythonWorker {
  const where = whereabouts(options);
  const status = async (jobId: number): Promise<WorkerJob | null> => {
    const address = await where.running();
    if (address === null) return null;
    const answer = await askWorker(address, { method: "GET", path: `/jobs/${jobId}`, timeoutMs: QUICK_MS });
    return answer.status === 404 ? null : readJob(successful(answer).body);
  };
  return {
    status,
    async health() {
      const request = { method: "GET", path: "/health", timeoutMs: SLOW_MS } as const;
      return readHealth(successful(await askWorker(await where.address(), request)).body);
    },
    async start(order) {
      const request = { method: "POST", path: "/jobs", body: bodyOf(order), timeoutMs: SLOW_MS } as const;
      successful(await askWorker(await where.address(), request));
    },
    async stop(jobId, { graceMs = GRACE_MS } = {}) {
      const address = await where.running();
      if (address === null) return;
      const path = `/jobs/${jobId}/stop`;
      const body = { grace_ms: graceMs };
      const answer = await askWorker(address, { method: "POST", path, body, timeoutMs: QUICK_MS });
      if (answer.status === 404) return;
      successful(answer);
      await ended(() => status(jobId), graceMs + AFTERWARDS_MS);
    },
    isAlive: async (jobId) => isUnderWay(await status(jobId)),
    close: () => where.close(),
  };
}

function whereabouts({ python, folder, url, token, log }: PythonWorkerOptions): Whereabouts {
  if (url !== undefined) {
    const address = Promise.resolve({ url, token: token ?? "" });
    return { address: () => address, running: () => address, close: async () => {} };
  }
  if (python !== undefined) return new WorkerChild(python, folder ?? null, log);
  const address = async () => {
    throw unavailable("No Python worker is attached to this server");
  };
  return { address, running: () => null, close: async () => {} };
}

function bodyOf({ serverUrl, callbackToken, ...task }: WorkerOrder) {
  return { task, server_url: serverUrl, callback_token: callbackToken };
}

function successful(answer: WorkerAnswer): WorkerAnswer {
  const { status, detail } = answer;
  if (status < 300) return answer;
  if (status === 429) throw unavailable(`The Python worker has no room (${detail})`);
  if (status === 409) throw userError("worker_has_job", 409, `The Python worker refuses: ${detail}`);
  throw userError("worker_refuses", 422, `The Python worker refuses: ${detail}`);
}

function isUnderWay(job: WorkerJob | null): boolean {
  return job !== null && (job.alive || job.pending > 0);
}

async function ended(look: () => Promise<WorkerJob | null>, withinMs: number): Promise<void> {
  for (let waited = 0; waited < withinMs; waited += LOOK_EVERY_MS) {
    if (!isUnderWay(await look())) return;
    await delay(LOOK_EVERY_MS);
  }
  throw unavailable("A job of the Python worker does not end");
}
