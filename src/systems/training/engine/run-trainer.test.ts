import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import type { TrainerEvent, TrainerTask } from "./port.ts";
import { runTrainer, type TrainerHooks } from "./run-trainer.ts";

/** These processes train nothing: what is tested is how the server lives with them. */
const TASK = { jobId: 7, attempt: 1, classes: ["a"] } as unknown as TrainerTask;

async function script(source: string): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), "quatrain-trainer-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "trainer.mjs");
  await writeFile(path, source);
  return pathToFileURL(path);
}

interface Run extends TrainerHooks {
  readonly events: TrainerEvent[];
  readonly stopping: AbortController;
  readonly killing: AbortController;
}

function run(onEvent: (event: TrainerEvent) => unknown = () => {}, graceMs = 60_000): Run {
  const events: TrainerEvent[] = [];
  const stopping = new AbortController();
  const killing = new AbortController();
  return {
    events,
    stopping,
    killing,
    stop: stopping.signal,
    kill: killing.signal,
    graceMs,
    async onEvent(event) {
      events.push(event);
      await onEvent(event);
    },
  };
}

const log = (message: string): TrainerEvent => ({ type: "log", level: "info", message });

/** Whether a process of this id runs or could be waited for. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A trainer that tells its id and that of a process of its own, and from then on heeds nothing. */
const DEAF = `
  import { spawn } from "node:child_process";
  process.on("SIGTERM", () => {});
  process.on("disconnect", () => {});
  const other = spawn("sleep", ["1000"], { stdio: "inherit" });
  setInterval(() => {}, 1000);
  process.once("message", () => process.send({ type: "log", level: "info", message: process.pid + " " + other.pid }));
`;
const idsOf = (event: TrainerEvent) => (event.type === "log" ? event.message.split(" ").map(Number) : []);

describe("runTrainer", () => {
  it("hands events on in order, and says `taken` only once a file has been taken", async () => {
    const entry = await script(`
      const taken = Promise.withResolvers();
      process.on("message", async (order) => {
        if (order.type === "taken") return taken.resolve();
        process.send({ type: "log", level: "info", message: order.task.classes.join() });
        process.send({ type: "checkpoint", roles: ["last"], epoch: 1, file: "x", sha256: "", bytes: 1, metric: null });
        await taken.promise;
        process.send({ type: "log", level: "info", message: "after" });
        process.send({ type: "completed", epochs: 1, earlyStopped: false }, () => process.exit(0));
      });`);
    const order: string[] = [];
    const hooks = run(async (event) => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push(event.type === "log" ? event.message : event.type);
    });
    expect(await runTrainer(TASK, hooks, entry)).toEqual({
      outcome: "completed",
      epochs: 1,
      earlyStopped: false,
    });
    expect(order).toEqual(["a", "checkpoint", "after"]);
  });

  it("stops a trainer that obeys, with what it still says", async () => {
    const entry = await script(`
      process.on("SIGTERM", () => {});
      process.on("message", (order) => {
        if (order.type === "train") return process.send({ type: "log", level: "info", message: "begun" });
        process.send({ type: "log", level: "info", message: "stopping" });
        process.send({ type: "stopped", epoch: 3 }, () => process.exit(0));
      });`);
    const hooks = run((event) => event.type === "log" && hooks.stopping.abort());
    expect(await runTrainer(TASK, hooks, entry)).toEqual({ outcome: "stopped", epoch: 3 });
    expect(hooks.events).toEqual([log("begun"), log("stopping")]);
  });

  it("kills the whole group of a trainer that does not obey within the grace", async () => {
    const hooks = run(() => hooks.stopping.abort(), 50);
    expect(await runTrainer(TASK, hooks, await script(DEAF))).toEqual({ outcome: "stopped", epoch: null });
    const ids = hooks.events.flatMap(idsOf);
    expect(ids).toHaveLength(2);
    expect(ids.map(exists)).toEqual([false, false]);
  });

  it("asks for the grace when it begins, and not before", async () => {
    let graceMs = 60_000;
    const hooks = run(() => {
      graceMs = 50;
      hooks.stopping.abort();
    });
    Object.defineProperty(hooks, "graceMs", { get: () => graceMs });
    expect(await runTrainer(TASK, hooks, await script(DEAF))).toEqual({ outcome: "stopped", epoch: null });
  });

  it("kills the whole group at once when told so", async () => {
    const hooks = run(() => hooks.killing.abort());
    expect(await runTrainer(TASK, hooks, await script(DEAF))).toEqual({ outcome: "killed" });
    expect(hooks.events.flatMap(idsOf).map(exists)).toEqual([false, false]);
  });

  it("starts nothing when it is stopped or killed before", async () => {
    const entry = new URL("file:///nowhere.mjs");
    expect(await runTrainer(TASK, { ...run(), stop: AbortSignal.abort() }, entry)).toEqual({
      outcome: "stopped",
      epoch: null,
    });
    expect(await runTrainer(TASK, { ...run(), kill: AbortSignal.abort() }, entry)).toEqual({
      outcome: "killed",
    });
  });

  it("ends the trainer and throws what the server's side threw", async () => {
    const hooks = run(() => Promise.reject(new Error("no database")));
    await expect(runTrainer(TASK, hooks, await script(DEAF))).rejects.toThrow("no database");
    expect(hooks.events.flatMap(idsOf).map(exists)).toEqual([false, false]);
  });

  it("leaves nothing of the group behind when the trainer ends by itself", async () => {
    const entry = await script(`${DEAF}
      process.on("message", () => process.send({ type: "completed", epochs: 2, earlyStopped: true }, () => process.exit(0)));`);
    const hooks = run();
    expect(await runTrainer(TASK, hooks, entry)).toMatchObject({ outcome: "completed", epochs: 2 });
    expect(hooks.events.flatMap(idsOf).map(exists)).toEqual([false, false]);
  });

  it("passes on the failure that a trainer names", async () => {
    const failure = { type: "failed", code: "nan_loss", message: "m", epoch: 4, traceback: null };
    const entry = await script(
      `process.on("message", () => process.send(${JSON.stringify(failure)}, () => process.exit(1)));`,
    );
    expect(await runTrainer(TASK, run(), entry)).toEqual({ outcome: "failed", lost: false, failure });
  });

  it.each([
    ["a native abort", `console.error("last words"); process.abort();`, "trainer_fault", /SIGABRT/],
    ["a SIGKILL from outside", `process.kill(process.pid, "SIGKILL");`, "trainer_fault", /SIGKILL/],
    ["an exit without a word", `process.exit(3);`, "trainer_fault", /exit code 3/],
    [
      "memory that ran out",
      `console.error("std::bad_alloc"); process.abort();`,
      "out_of_memory",
      /batch_size/,
    ],
  ])("says what it knows of %s", async (_, end, code, message) => {
    const entry = await script(`process.on("message", () => { ${end} });`);
    const hooks = run();
    const ended = await runTrainer(TASK, hooks, entry);
    expect(ended).toMatchObject({ outcome: "failed", lost: true, failure: { code, epoch: null } });
    expect(ended.outcome === "failed" && ended.failure.message).toMatch(message);
    if (end.includes("last words"))
      expect(hooks.events).toMatchObject([{ level: "error", message: /last words/ }]);
  });

  it("fails with the reason where there is nothing to run", async () => {
    const ended = await runTrainer(TASK, run(), new URL("file:///nowhere/trainer.mjs"));
    expect(ended).toMatchObject({ outcome: "failed", failure: { code: "trainer_fault" } });
  });

  it("has its trainer end by itself when the server is killed", async () => {
    const url = (path: string) => new URL(path, import.meta.url).href;
    const trainer = await script(`
      import { openProcessLink } from "${url("./trainer/server-link.ts")}";
      const link = openProcessLink(process);
      await link.task;
      link.tell({ type: "log", level: "info", message: String(process.pid) });
      setInterval(() => {}, 1000);`);
    const server = await script(`
      import { runTrainer } from "${url("./run-trainer.ts")}";
      const never = new AbortController().signal;
      const onEvent = async (event) => console.log(event.message);
      await runTrainer({}, { onEvent, stop: never, kill: never, graceMs: 1000 }, new URL("${trainer.href}"));`);
    const process = spawn(execPath, [fileURLToPath(server)], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(process.stdout, "data");
    const trainerId = Number(line);
    expect(exists(trainerId)).toBe(true);
    process.kill("SIGKILL");
    await expect.poll(() => exists(trainerId)).toBe(false);
  });

  it("shows the trainer nothing of our environment", async () => {
    const entry = await script(`
      process.on("message", () => {
        const names = Object.keys(process.env).filter((name) => !name.startsWith("NODE_CHANNEL"));
        process.send({ type: "log", level: "info", message: names.join() });
        process.send({ type: "completed", epochs: 1, earlyStopped: false }, () => process.exit(0));
      });`);
    const hooks = run();
    await runTrainer(TASK, hooks, entry);
    expect(hooks.events).toEqual([log("")]);
  });
});
