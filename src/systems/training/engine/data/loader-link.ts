import { Worker } from "node:worker_threads";
import { QuatrainError } from "../../../../platform/errors/quatrain-error.ts";
import { entryUrl } from "../../../../platform/lifecycle/entry-url.ts";
import type { BatchOptions } from "./batch-maker.ts";
import type {
  LoaderAnswer,
  LoaderCall,
  LoaderFailure,
  LoaderReply,
  LoaderRequest,
} from "./loader-messages.ts";

/** Not the process's own: a flag like --input-type would keep the thread from starting. */
const EXEC_ARGV = ["--disable-warning=ExperimentalWarning"];

interface Waiting {
  resolve(answer: LoaderAnswer): void;
  reject(error: Error): void;
}

/** The near end of the loader's thread. It keeps the process alive only while an answer is awaited. */
export class LoaderLink {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended: Error | null = null;

  constructor(options: BatchOptions) {
    this.#worker = new Worker(entryUrl("./loader-thread", import.meta.url), {
      workerData: options,
      execArgv: EXEC_ARGV,
    });
    this.#worker.unref();
    this.#worker.on("message", (reply: LoaderReply) => this.#settle(reply));
    this.#worker.on("error", (error) => this.#end(error));
    this.#worker.on("exit", () => this.#end(new Error("its thread has ended")));
  }

  /** @returns the call's answer, and the id that names what it opened */
  ask(call: LoaderCall): { readonly id: number; readonly answer: Promise<LoaderAnswer> } {
    const id = ++this.#lastId;
    if (this.#ended !== null) return { id, answer: Promise.reject(lost(this.#ended)) };
    const { promise, resolve, reject } = Promise.withResolvers<LoaderAnswer>();
    this.#waiting.set(id, { resolve, reject });
    this.#worker.ref();
    this.#worker.postMessage({ id, call } satisfies LoaderRequest);
    return { id, answer: promise };
  }

  /** Lets the thread end by itself; resolves when it has. What it has not answered by then is refused. */
  async close(): Promise<void> {
    if (this.#ended !== null) return;
    const ended = new Promise<void>((resolve) => this.#worker.once("exit", () => resolve()));
    await this.ask({ kind: "close" }).answer;
    this.#worker.ref();
    await ended;
  }

  #settle(reply: LoaderReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ("answer" in reply) waiting?.resolve(reply.answer);
    else waiting?.reject(errorOf(reply.failure));
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(lost(error));
    this.#waiting.clear();
  }
}

function lost(cause: Error): Error {
  return new Error(`pictures can no longer be read: ${cause.message}`, { cause });
}

function errorOf({ message, code, status }: LoaderFailure): Error {
  if (code !== undefined && status !== undefined) return new QuatrainError(message, { code, status });
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}
