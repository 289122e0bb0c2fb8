import { setImmediate as nextTurn } from "node:timers/promises";
import type {
  TrainerCheckpoint,
  TrainerEvent,
  TrainerOrder,
  TrainerTask,
  TrainerValidation,
} from "../port.ts";

/** What training needs of the server's side. */
export interface ServerLink {
  /** Says something that nobody has to answer. */
  tell(event: TrainerEvent): void;
  /** Resolves once every announced file has been taken, so that the next one may be written. */
  filesTaken(): Promise<void>;
  /** Says that a file lies in the work folder. Only after `filesTaken`. */
  announce(event: TrainerCheckpoint | TrainerValidation): void;
  /** Aborted by an order to stop. */
  readonly stop: AbortSignal;
  /** Lets orders come in; training blocks the thread otherwise. @returns whether to stop */
  shallStop(): Promise<boolean>;
}

/** The side of the channel that a child process has. */
type Channel = Pick<NodeJS.Process, "on" | "once" | "exit" | "disconnect"> & {
  readonly connected: boolean;
  send?(message: unknown, callback: (error: Error | null) => void): boolean;
};

/** The link over the channel of a child process, and what only its entry does with it. */
export interface ProcessLink extends ServerLink {
  /** The task, once it comes. */
  readonly task: Promise<TrainerTask>;
  /** Resolves once everything that was told has left the process. */
  flushed(): Promise<void>;
}

/**
 * Talks over the channel of this process. When the channel closes, the server is gone: the process ends at once, at the
 * latest after the step that it is in.
 */
export function openProcessLink(channel: Channel): ProcessLink {
  const { promise: task, resolve: begin } = Promise.withResolvers<TrainerTask>();
  const stopping = new AbortController();
  let file: PromiseWithResolvers<void> | null = null;
  let sent: Promise<void> = Promise.resolve();
  channel.on("disconnect", () => channel.exit(1));
  channel.on("SIGTERM", () => stopping.abort());
  channel.on("message", (order: TrainerOrder) => {
    if (order.type === "train") begin(order.task);
    else if (order.type === "stop") stopping.abort();
    else file?.resolve();
  });
  const tell = (event: TrainerEvent) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    sent = Promise.all([sent, promise]).then(() => {});
    if (channel.connected) channel.send?.(event, () => resolve());
  };
  return {
    task,
    tell,
    async filesTaken() {
      await file?.promise;
    },
    announce(event) {
      file = Promise.withResolvers();
      tell(event);
    },
    stop: stopping.signal,
    async shallStop() {
      await nextTurn();
      return stopping.signal.aborted;
    },
    flushed: () => sent,
  };
}
