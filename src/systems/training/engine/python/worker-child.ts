import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Log } from "../../../../platform/ports.ts";
import { unavailable } from "./worker-errors.ts";
import type { WorkerAddress } from "./worker-requests.ts";

const SERVE = new URL("../../../../../workers/python/serve.py", import.meta.url);
const START_MS = 60_000;
const END_MS = 15_000;
const ANNOUNCEMENT = /listens on (http:\/\/\S+)/;

/** A worker as a process of ours: started when it is first needed, again after it has ended. It ends when we do. */
export class WorkerChild {
  readonly #python: string;
  readonly #options: readonly string[];
  readonly #log: Log;
  #child: ChildProcess | null = null;
  #address: Promise<WorkerAddress> | null = null;

  /**
   * @param python path or name of the interpreter
   * @param folder where it keeps pictures; null: a temporary folder
   */
  constructor(python: string, folder: string | null, log: Log) {
    this.#python = python;
    this.#options = ["--port", "0", "--token-stdin", ...(folder === null ? [] : ["--folder", folder])];
    this.#log = log;
  }

  /** Null where it does not run: none of its jobs does then. */
  running(): Promise<WorkerAddress> | null {
    return this.#address;
  }

  /** Starts it where need be. @throws QuatrainError `TRAINING_SERVICE_UNAVAILABLE` (503) */
  address(): Promise<WorkerAddress> {
    this.#address ??= this.#start();
    return this.#address;
  }

  /** Ends it with all of its jobs. */
  async close(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.stdin?.end();
    const timer = setTimeout(() => child.kill("SIGKILL"), END_MS);
    await ended;
    clearTimeout(timer);
  }

  async #start(): Promise<WorkerAddress> {
    const token = randomBytes(32).toString("hex");
    const child = spawn(this.#python, [fileURLToPath(SERVE), ...this.#options], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#child = child;
    child.stdin.on("error", () => {}); // one that is gone says so by its end
    child.stdin.write(`${token}\n`);
    this.#toLog(child.stderr);
    const ended = endOf(child);
    void ended.then((how) => {
      this.#address = null;
      this.#log.info({ how }, "the Python worker has ended");
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), START_MS);
    const url = await Promise.race([announced(child.stdout), ended.then(() => null)]);
    clearTimeout(timer);
    if (url !== null) return { url, token };
    throw unavailable(`The Python worker could not be started with ${this.#python} (${await ended})`);
  }

  #toLog(stderr: Readable): void {
    createInterface({ input: stderr }).on("line", (line) =>
      this.#log.info({ worker: "python" }, line.slice(0, 4_000)),
    );
  }
}

/** How it ended, in words. */
function endOf(child: ChildProcess): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  child.once("error", (error) => resolve(error.message));
  child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  return promise;
}

/** The address in the first line that holds one; pending where none comes. */
function announced(stdout: Readable): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  createInterface({ input: stdout }).on("line", (line) => {
    const url = ANNOUNCEMENT.exec(line)?.[1];
    if (url !== undefined) resolve(url);
  });
  return promise;
}
