import { availableParallelism } from "node:os";
import type { GraphModel } from "../../graph/index.ts";
import { QuatrainError, userError } from "../../platform/errors/quatrain-error.ts";
import { entryUrl } from "../../platform/lifecycle/entry-url.ts";
import { checkFeeds, ownFeeds } from "./feeds.ts";
import type { NamedTensors, NumericRuntime, RunOptions, RuntimeStatus } from "./numeric-runtime.ts";
import { WorkerLink, type WorkerPlan } from "./worker-link.ts";

export interface ThreadRuntimeOptions {
  /** Threads that own sessions; 1. More pay only when many small models run at once. */
  readonly workers?: number;
  /** Threads of one run; as many as the machine has cores, shared among the workers. */
  readonly intraOpThreads?: number;
  /** Requests that may wait, at least 1; 64. */
  readonly maxQueued?: number;
  /** Sessions that each worker keeps; 16. */
  readonly maxSessions?: number;
  /** Sum of the models' sizes that each worker keeps; 512 MiB. */
  readonly maxModelBytes?: number;
  /** Most bytes of all feeds, or of all outputs, of one run; 512 MiB. */
  readonly maxTensorBytes?: number;
  /** Time without work after which a thread ends and gives its memory back; 5 minutes. */
  readonly idleMs?: number;
  /** Entry of the worker threads; another one only in tests. */
  readonly workerEntry?: URL;
}

interface Request {
  readonly model: GraphModel;
  readonly feeds: NamedTensors | null;
  resolve(outputs: NamedTensors): void;
  reject(error: unknown): void;
}

const MIB = 2 ** 20;

/** A runtime over worker threads. Threads start with the first request that needs them, not before. */
export function openThreadRuntime(options: ThreadRuntimeOptions = {}): NumericRuntime {
  return new ThreadRuntime(options);
}

class ThreadRuntime implements NumericRuntime {
  readonly #maxWorkers: number;
  readonly #maxQueued: number;
  readonly #maxTensorBytes: number;
  readonly #plan: WorkerPlan;
  readonly #links = new Set<WorkerLink>();
  readonly #running = new Set<Promise<void>>();
  #queue: readonly Request[] = [];
  #closing: Promise<void> | null = null;

  constructor(options: ThreadRuntimeOptions) {
    this.#maxWorkers = options.workers ?? 1;
    this.#maxQueued = options.maxQueued ?? 64;
    this.#maxTensorBytes = options.maxTensorBytes ?? 512 * MIB;
    const cores = Math.max(1, Math.floor(availableParallelism() / this.#maxWorkers));
    this.#plan = {
      entry: options.workerEntry ?? entryUrl("./session-worker", import.meta.url),
      birth: { intraOpThreads: options.intraOpThreads ?? cores },
      budget: {
        maxSessions: options.maxSessions ?? 16,
        maxModelBytes: options.maxModelBytes ?? 512 * MIB,
      },
      idleMs: options.idleMs ?? 300_000,
    };
  }

  async run(model: GraphModel, feeds: NamedTensors, options: RunOptions = {}): Promise<NamedTensors> {
    checkFeeds(model, feeds, this.#maxTensorBytes);
    this.#admit(options.signal);
    return this.#enqueue(model, ownFeeds(model, feeds, options.transferFeeds ?? false), options.signal);
  }

  async warm(model: GraphModel, options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    this.#admit(options.signal);
    await this.#enqueue(model, null, options.signal);
  }

  status(): RuntimeStatus {
    return {
      workers: this.#links.size,
      busy: [...this.#links].filter((link) => link.busy).length,
      queued: this.#queue.length,
      closed: this.#closing !== null,
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#drain();
    return this.#closing;
  }

  async #drain(): Promise<void> {
    const waiting = this.#queue;
    this.#queue = [];
    for (const request of waiting) request.reject(closed());
    await Promise.all(this.#running);
    await Promise.all([...this.#links].map((link) => link.end()));
  }

  #admit(signal: AbortSignal | undefined): void {
    if (signal?.aborted) throw cancelled();
    if (this.#closing !== null) throw closed();
    if (this.#queue.length >= this.#maxQueued) throw busy(this.#queue.length);
  }

  async #enqueue(model: GraphModel, feeds: NamedTensors | null, signal: AbortSignal | undefined) {
    const { promise, resolve, reject } = Promise.withResolvers<NamedTensors>();
    const request: Request = { model, feeds, resolve, reject };
    const abort = () => {
      this.#queue = this.#queue.filter((waiting) => waiting !== request);
      reject(cancelled());
    };
    signal?.addEventListener("abort", abort, { once: true });
    this.#queue = [...this.#queue, request];
    this.#dispatch();
    try {
      return await promise;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  #dispatch(): void {
    for (;;) {
      const [request, ...rest] = this.#queue;
      const link = request && this.#freeLink(request.model);
      if (!request || !link) return;
      this.#queue = rest;
      const run = this.#execute(link, request).finally(() => {
        this.#running.delete(run);
        this.#dispatch();
      });
      this.#running.add(run);
    }
  }

  async #execute(link: WorkerLink, { model, feeds, resolve, reject }: Request): Promise<void> {
    try {
      resolve(await link.work(model, feeds));
    } catch (error) {
      reject(error);
    }
  }

  /** A free worker, best one that has the model's session; a new one while there may be more. */
  #freeLink(model: GraphModel): WorkerLink | undefined {
    const free = [...this.#links].filter((link) => link.free);
    const known = free.find((link) => link.holds(model)) ?? free[0];
    if (known !== undefined || this.#links.size >= this.#maxWorkers) return known;
    const link: WorkerLink = new WorkerLink(this.#plan, () => {
      this.#links.delete(link);
      this.#dispatch();
    });
    this.#links.add(link);
    return link;
  }
}

function cancelled(): QuatrainError {
  return userError("cancelled", 499, "the request was cancelled");
}

function closed(): QuatrainError {
  return new QuatrainError("the server is shutting down: try again in a moment", {
    code: "runtime_closed",
    status: 503,
  });
}

function busy(queued: number): QuatrainError {
  return userError("runtime_busy", 429, `${queued} requests are waiting already: try again in a moment`, {
    queued,
  });
}
