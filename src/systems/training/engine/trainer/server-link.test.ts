import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import type { TrainerCheckpoint, TrainerEvent, TrainerOrder, TrainerTask } from "../port.ts";
import { openProcessLink } from "./server-link.ts";

const CHECKPOINT: TrainerCheckpoint = {
  type: "checkpoint",
  roles: ["last"],
  epoch: 1,
  file: "f",
  sha256: "",
  bytes: 1,
  metric: null,
};

/** The channel of a child process, without a process. */
function channel() {
  const sent: TrainerEvent[] = [];
  const exits: number[] = [];
  const emitter = Object.assign(new EventEmitter(), {
    connected: true,
    send: (event: TrainerEvent, callback: (error: Error | null) => void) => {
      sent.push(event);
      setImmediate(callback, null);
      return true;
    },
    exit: (code: number) => exits.push(code),
  });
  const link = openProcessLink(emitter as unknown as Parameters<typeof openProcessLink>[0]);
  return { link, sent, exits, emitter, order: (order: TrainerOrder) => emitter.emit("message", order) };
}

describe("openProcessLink", () => {
  it("gives the task when it comes", async () => {
    const { link, order } = channel();
    const task = { jobId: 3 } as TrainerTask;
    order({ type: "train", task });
    expect(await link.task).toBe(task);
  });

  it("waits until an announced file has been taken", async () => {
    const { link, order } = channel();
    await link.filesTaken();
    link.announce(CHECKPOINT);
    let taken = false;
    const waiting = link.filesTaken().then(() => {
      taken = true;
    });
    await link.shallStop();
    expect(taken).toBe(false);
    order({ type: "taken" });
    await waiting;
  });

  it("hears an order to stop, and SIGTERM, between two steps", async () => {
    const ordered = channel();
    expect(await ordered.link.shallStop()).toBe(false);
    ordered.order({ type: "stop" });
    expect(await ordered.link.shallStop()).toBe(true);
    const signalled = channel();
    signalled.emitter.emit("SIGTERM");
    expect(signalled.link.stop.aborted).toBe(true);
  });

  it("knows when everything has been sent, in order", async () => {
    const { link, sent } = channel();
    link.tell({ type: "log", level: "info", message: "a" });
    link.tell({ type: "stopped", epoch: 1 });
    await link.flushed();
    expect(sent.map(({ type }) => type)).toEqual(["log", "stopped"]);
  });

  it("ends the process when the server is gone", () => {
    const { emitter, exits } = channel();
    emitter.emit("disconnect");
    expect(exits).toEqual([1]);
  });
});
