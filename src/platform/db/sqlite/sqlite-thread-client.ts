import { Worker } from "node:worker_threads";
import { entryUrl } from "../../lifecycle/entry-url.ts";
import { DatabaseError } from "../database-error.ts";
import type { PortableValue } from "../portable-values.ts";
import type { Command, Outcome, Reply, Request, ThreadSettings } from "./messages.ts";

/** Not the process's own: a flag like --input-type would keep the thread from starting. */
const EXEC_ARGV = ["--disable-warning=ExperimentalWarning"];

interface Waiting {
  readonly sql: string;
  resolve(outcome: Outcome): void;
  reject(error: Error): void;
}

/** The near end of one database thread. */
export class SqliteThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #stopped: Error | null = null;

  /** Starts the thread and opens its connection. @throws DatabaseError when the file cannot be opened */
  static async open(settings: ThreadSettings): Promise<SqliteThread> {
    const thread = new SqliteThread(settings);
    await new Promise<Outcome>((resolve, reject) => {
      thread.#waiting.set(0, { sql: `open ${settings.path}`, resolve, reject });
    });
    return thread;
  }

  private constructor(settings: ThreadSettings) {
    this.#worker = new Worker(entryUrl("./sqlite-thread", import.meta.url), {
      workerData: settings,
      execArgv: EXEC_ARGV,
    });
    this.#worker.on("message", (reply: Reply) => this.#settle(reply));
    this.#worker.on("error", (error) => this.#stop(error));
    this.#worker.on("exit", () => this.#stop(new Error("its thread has ended")));
  }

  run(sql: string, parameters: readonly PortableValue[] = []): Promise<Outcome> {
    return this.#ask({ kind: "run", sql, parameters }, sql);
  }

  async rollback(): Promise<void> {
    await this.#ask({ kind: "rollback" }, "rollback");
  }

  /** Runs what was asked for before, closes the connection and lets the thread end by itself. */
  async close(): Promise<void> {
    if (this.#stopped) return;
    const ended = new Promise<void>((resolve) => this.#worker.once("exit", () => resolve()));
    await this.#ask({ kind: "close" }, "close");
    await ended;
  }

  #ask(command: Command, sql: string): Promise<Outcome> {
    const stopped = this.#stopped;
    if (stopped) return Promise.reject(threadStopped(sql, stopped));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { sql, resolve, reject });
      this.#worker.postMessage({ id, command } satisfies Request);
    });
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (!waiting) return;
    if ("outcome" in reply) waiting.resolve(reply.outcome);
    else waiting.reject(new DatabaseError(reply.failure.reason, { ...reply.failure, sql: waiting.sql }));
  }

  #stop(error: Error): void {
    this.#stopped ??= error;
    for (const { sql, reject } of this.#waiting.values()) reject(threadStopped(sql, error));
    this.#waiting.clear();
  }
}

function threadStopped(sql: string, cause: Error): DatabaseError {
  const reason = `the database thread has stopped (${cause.message}); restart the server`;
  return new DatabaseError(reason, { fault: "other", sql, nativeCode: "", cause });
}
