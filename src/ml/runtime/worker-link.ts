import { Worker } from "node:worker_threads";
import type { GraphModel } from "../../graph/index.ts";
import { messageOf, QuatrainError } from "../../platform/errors/quatrain-error.ts";
import { buffersOf } from "./buffers.ts";
import type { CloseRequest, WorkerBirth, WorkReply, WorkRequest } from "./messages.ts";
import type { NamedTensors } from "./numeric-runtime.ts";
import { type SessionBudget, SessionLedger } from "./session-ledger.ts";

/** How to make a worker. */
export interface WorkerPlan {
  readonly entry: URL;
  readonly birth: WorkerBirth;
  readonly budget: SessionBudget;
  /** A worker that had nothing to do for so long ends; with it the memory of its sessions. */
  readonly idleMs: number;
}

/**
 * One session worker and the request it has in hand. The thread is never terminated: that would abort the
 * process during a run. It keeps the process alive only while it works.
 */
export class WorkerLink {
  readonly #worker: Worker;
  readonly #ledger: SessionLedger;
  readonly #ended: Promise<void>;
  readonly #idleMs: number;
  #idleTimer: NodeJS.Timeout | undefined;
  #ending = false;
  #pending: { resolve(reply: WorkReply): void; reject(error: QuatrainError): void } | null = null;
  #fault: unknown = null;

  /** @param onEnd called once when the thread has ended, whatever the reason */
  constructor(plan: WorkerPlan, onEnd: () => void) {
    this.#ledger = new SessionLedger(plan.budget);
    this.#idleMs = plan.idleMs;
    this.#worker = new Worker(plan.entry, { workerData: plan.birth });
    this.#worker.unref();
    this.#worker.on("message", (reply: WorkReply) => {
      this.#idleTimer = setTimeout(() => void this.end(), this.#idleMs).unref();
      this.#worker.unref();
      this.#settle()?.resolve(reply);
    });
    this.#worker.on("error", (error) => {
      this.#fault = error;
    });
    this.#ended = new Promise((resolve) => {
      this.#worker.once("exit", () => {
        this.#settle()?.reject(this.#lost());
        resolve();
        onEnd();
      });
    });
  }

  get busy(): boolean {
    return this.#pending !== null;
  }

  /** Whether it can take a request. */
  get free(): boolean {
    return this.#pending === null && !this.#ending;
  }

  /** Whether the worker has a session for the model. */
  holds(model: GraphModel): boolean {
    return this.#ledger.has(model.hash);
  }

  /**
   * Hands over one request; the feeds' buffers move to the worker. Only for a free link.
   * @throws QuatrainError `runtime_failed`, `runtime_worker_lost`
   */
  async work(model: GraphModel, feeds: NamedTensors | null): Promise<NamedTensors> {
    const { open, evict } = this.#ledger.use(model.hash, model.bytes.byteLength);
    const bytes = open ? new Uint8Array(model.bytes) : null;
    const buffers = [...buffersOf(feeds ?? {}), ...(bytes === null ? [] : [bytes.buffer])];
    const reply = await this.#ask({ kind: "work", hash: model.hash, bytes, evict, feeds }, buffers);
    if (reply.outcome === "done") return reply.outputs;
    if (reply.at === "open") this.#ledger.forget(model.hash);
    throw new QuatrainError(`onnxruntime could not ${reply.at} model "${model.name}": ${reply.reason}`, {
      code: "runtime_failed",
      status: 500,
    });
  }

  /** Lets the thread end by itself; resolves when it has. Only for a link that is not busy. */
  async end(): Promise<void> {
    clearTimeout(this.#idleTimer);
    this.#worker.ref();
    if (!this.#ending) this.#worker.postMessage({ kind: "close" } satisfies CloseRequest);
    this.#ending = true;
    await this.#ended;
  }

  #ask(request: WorkRequest, buffers: ArrayBuffer[]): Promise<WorkReply> {
    return new Promise((resolve, reject) => {
      this.#worker.postMessage(request, buffers);
      clearTimeout(this.#idleTimer);
      this.#worker.ref();
      this.#pending = { resolve, reject };
    });
  }

  #settle() {
    const pending = this.#pending;
    this.#pending = null;
    return pending;
  }

  #lost(): QuatrainError {
    const reason = this.#fault === null ? "it ended by itself" : messageOf(this.#fault);
    return new QuatrainError(
      `a thread of the numeric runtime was lost: ${reason}; the request can be repeated`,
      {
        code: "runtime_worker_lost",
        status: 500,
        cause: this.#fault,
      },
    );
  }
}
