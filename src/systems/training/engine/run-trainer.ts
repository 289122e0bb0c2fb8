import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { entryUrl } from "../../../platform/lifecycle/entry-url.ts";
import type { TrainerEvent, TrainerFailed, TrainerOrder, TrainerTask } from "./port.ts";
import { type Exit, explainExit, lastWords } from "./run-trainer-exit.ts";
import { groupHasEnded, killGroup, startInGroup } from "./run-trainer-group.ts";

/** What the server does while a trainer runs. */
export interface TrainerHooks {
  /**
   * Every event but the last one, in order, one at a time. The file of a `checkpoint` or `validation` has to be taken
   * out of the work folder before the promise resolves. A rejection ends the trainer at once.
   */
  onEvent(event: TrainerEvent): Promise<void>;
  /** Aborted: write a checkpoint and end, within `graceMs`. */
  readonly stop: AbortSignal;
  /** Aborted: end at once. */
  readonly kill: AbortSignal;
  /** Milliseconds from `stop` until the whole process group is killed; asked when `stop` comes. */
  readonly graceMs: number;
}

/** How a trainer has ended. Nothing of it runs any more, and every event before has been taken. */
export type TrainerEnd =
  | { readonly outcome: "completed"; readonly epochs: number; readonly earlyStopped: boolean }
  /** By `stop`. The last whole epoch, null where it had to be ended without a word. */
  | { readonly outcome: "stopped"; readonly epoch: number | null }
  /** By `kill`. */
  | { readonly outcome: "killed" }
  /** `lost`: its process broke down or was killed by somebody else; another one may well succeed. */
  | { readonly outcome: "failed"; readonly lost: boolean; readonly failure: TrainerFailed };

type LastEvent = Extract<TrainerEvent, { readonly type: "completed" | "stopped" | "failed" }>;

/** What has been heard of a process. */
interface Heard {
  last: LastEvent | null;
  /** Of `onEvent`. */
  refusal: { readonly error: unknown } | null;
  /** Of the operating system, which could not start it. */
  fault: Error | null;
}

/**
 * Trains in a process of its own with a process group of its own, which sees neither our environment nor the database,
 * and which ends by itself when this process does.
 *
 * @param entry the script to run, `trainer/trainer-child` unless a test says otherwise
 * @returns once the process has exited and its group is empty
 * @throws what `onEvent` threw, once nothing runs
 */
export async function runTrainer(
  task: TrainerTask,
  hooks: TrainerHooks,
  entry: URL = entryUrl("./trainer/trainer-child", import.meta.url),
): Promise<TrainerEnd> {
  if (hooks.kill.aborted) return { outcome: "killed" };
  if (hooks.stop.aborted) return { outcome: "stopped", epoch: null };
  const child = startInGroup(entry);
  const heard: Heard = { last: null, refusal: null, fault: null };
  const words = lastWords(child);
  const delivered = deliverEvents(child, heard, hooks);
  const release = obeySignals(child, hooks);
  const ended = endOf(child, heard);
  give(child, { type: "train", task });
  const exit = await ended;
  release();
  await delivered();
  if (heard.refusal !== null) throw heard.refusal.error;
  if (heard.last !== null) return endAfter(heard.last);
  if (hooks.kill.aborted) return { outcome: "killed" };
  if (hooks.stop.aborted) return { outcome: "stopped", epoch: null };
  if (words() !== "") await hooks.onEvent({ type: "log", level: "error", message: words() });
  return { outcome: "failed", lost: true, failure: explainExit(exit, heard.fault, words()) };
}

function endAfter(last: LastEvent): TrainerEnd {
  switch (last.type) {
    case "completed":
      return { outcome: "completed", epochs: last.epochs, earlyStopped: last.earlyStopped };
    case "stopped":
      return { outcome: "stopped", epoch: last.epoch };
    case "failed":
      return { outcome: "failed", lost: false, failure: last };
  }
}

/** Hands events on one after the other. @returns a function that waits for those that have come so far */
function deliverEvents(child: ChildProcess, heard: Heard, hooks: TrainerHooks): () => Promise<void> {
  let queue = Promise.resolve();
  child.on("message", (event: TrainerEvent) => {
    queue = queue.then(() => deliver(child, event, heard, hooks));
  });
  return () => queue;
}

async function deliver(
  child: ChildProcess,
  event: TrainerEvent,
  heard: Heard,
  hooks: TrainerHooks,
): Promise<void> {
  if (heard.refusal !== null) return;
  if (event.type === "completed" || event.type === "stopped" || event.type === "failed") {
    heard.last ??= event;
    return;
  }
  try {
    await hooks.onEvent(event);
  } catch (error) {
    heard.refusal = { error };
    killGroup(child);
    return;
  }
  if (event.type === "checkpoint" || event.type === "validation") give(child, { type: "taken" });
}

/** @returns a function that stops listening */
function obeySignals(child: ChildProcess, hooks: TrainerHooks): () => void {
  const { stop, kill } = hooks;
  let timer: NodeJS.Timeout | undefined;
  const onKill = () => killGroup(child);
  const onStop = () => {
    give(child, { type: "stop" });
    // Also for one that does not read its orders yet.
    child.kill("SIGTERM");
    timer = setTimeout(onKill, hooks.graceMs);
  };
  kill.addEventListener("abort", onKill);
  stop.addEventListener("abort", onStop);
  return () => {
    clearTimeout(timer);
    kill.removeEventListener("abort", onKill);
    stop.removeEventListener("abort", onStop);
  };
}

/** Sends an order; a process that is gone by now says so by its end. */
function give(child: ChildProcess, order: TrainerOrder): void {
  if (child.connected) child.send(order, () => {});
}

/** The exit of the process, once its output has been read, its messages have come and nothing of its group is left. */
async function endOf(child: ChildProcess, heard: Heard): Promise<Exit> {
  const { promise: closed, resolve } = Promise.withResolvers<Exit>();
  const disconnected = child.connected ? once(child, "disconnect") : null;
  child.once("exit", () => killGroup(child));
  child.once("close", (code, signal) => resolve({ code, signal }));
  child.on("error", (error) => {
    heard.fault ??= error;
    if (child.pid === undefined) resolve({ code: null, signal: null });
  });
  const exit = await closed;
  if (child.pid === undefined) return exit;
  await disconnected;
  await groupHasEnded(child);
  return exit;
}
