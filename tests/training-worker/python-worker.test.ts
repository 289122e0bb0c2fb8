import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { silentLog } from "../../src/platform/telemetry/silent-log.ts";
import type { TrainingConfig } from "../../src/systems/training/config/training-config.ts";
import { openPythonWorker } from "../../src/systems/training/engine/python/open-python-worker.ts";
import type { PythonWorker } from "../../src/systems/training/engine/python/python-worker.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { CLASSES, drawnSet, EVERYTHING, smallConfig } from "./drawn-set.ts";
import { CALLBACK_TOKEN, type Callback, type FakeServer, startFakeServer } from "./fake-server.ts";
import { jobProcesses, parentOf, runs } from "./job-processes.ts";
import { pythonWithTorch } from "./python-with-torch.ts";

const python = pythonWithTorch();
const FINAL = ["completed", "stopped", "failed"];
let jobs = 0;

/** The event of a kind, narrowed; the last one where there are several. */
function told<Type extends Callback["data"]["event"]["type"]>(server: FakeServer, type: Type) {
  type Event = Extract<Callback["data"]["event"], { readonly type: Type }>;
  return server.callbacks
    .map(({ data }) => data.event)
    .findLast((event): event is Event => event.type === type);
}

function losses(server: FakeServer): unknown[] {
  return server.callbacks
    .filter(({ event }) => event === "epoch_complete")
    .map(({ data }) => [data.epoch, data.loss, data.accuracy, data.learning_rate]);
}

async function ended(server: FakeServer, attempt = 1): Promise<string | undefined> {
  const last = () => server.callbacks.find((told) => told.attempt === attempt && FINAL.includes(told.event));
  await expect.poll(() => last() !== undefined, { timeout: 100_000 }).toBe(true);
  return last()?.event;
}

function orderOf(server: FakeServer, config: TrainingConfig, resumeFrom: string | null = null) {
  return {
    attempt: resumeFrom === null ? 1 : 2,
    config,
    threads: 1,
    resumeFrom,
    initialWeights: null,
    serverUrl: server.url,
    callbackToken: CALLBACK_TOKEN,
  };
}

describe.skipIf(python === null)("a worker in Python", () => {
  let worker: PythonWorker;
  beforeAll(() => {
    worker = openPythonWorker({ python: python ?? "", log: silentLog });
  });
  afterAll(() => worker.close());

  async function start(
    server: FakeServer,
    config: TrainingConfig,
    jobId = ++jobs,
    resumeFrom: string | null = null,
  ) {
    await worker.start({ ...orderOf(server, config, resumeFrom), jobId });
    onTestFinished(() => worker.stop(jobId, { graceMs: 0 }));
    return jobId;
  }

  it("says what it can train, and why it cannot train the rest", async () => {
    const health = await worker.health();
    const [timm, ultralytics] = health.frameworks;
    expect(health.reason).toBeNull();
    expect(timm?.models).toContain("resnet18");
    expect(ultralytics?.models.length === 0).toBe(ultralytics?.reason !== null);
  });

  it("trains, tells in order, uploads checkpoints, and its ONNX file runs here", async () => {
    const server = await startFakeServer(CLASSES, await drawnSet(24));
    const jobId = await start(server, smallConfig());
    expect(await ended(server)).toBe("completed");
    expect(server.callbacks.map(({ sequence }) => sequence)).toEqual(server.callbacks.map((_, at) => at + 1));
    const kinds = server.callbacks.map(({ event }) => event).filter((event) => event !== "log");
    const epoch = ["validation", "epoch_complete", "checkpoint"];
    expect(kinds).toEqual(["started", ...epoch, ...epoch, "completed"]);
    expect(losses(server).map((row) => (row as number[])[0])).toEqual([1, 2]);
    expect(told(server, "started")).toMatchObject({ trainImages: 24, validationImages: 8, stepsPerEpoch: 3 });
    expect(
      told(server, "validation")
        ?.report.confusion.flat()
        .reduce((sum, n) => sum + n),
    ).toBe(8);
    const checkpoint = told(server, "checkpoint") as unknown as { file: string; onnxFile: string };
    expect(server.files.has(checkpoint.file)).toBe(true);
    const session = await InferenceSession.create(server.files.get(checkpoint.onnxFile) as Buffer);
    const images = new Tensor("float32", new Float32Array(3 * 3 * 32 * 32), [3, 3, 32, 32]);
    const { logits, probabilities } = await session.run({ images });
    expect([logits?.dims, probabilities?.dims]).toEqual([
      [3, 2],
      [3, 2],
    ]);
    await expect.poll(() => worker.isAlive(jobId)).toBe(false);
    expect(server.blobsServed()).toBe(32);
  });

  it("continues from a stop in the middle of an epoch, loss for loss, with every knob turned", {
    timeout: 240_000,
  }, async () => {
    const images = await drawnSet(25);
    const config = smallConfig({ ...EVERYTHING, batchSize: 4 });
    const straight = await startFakeServer(CLASSES, images);
    await start(straight, config);
    expect(await ended(straight)).toBe("completed");
    const halved = await startFakeServer(CLASSES, images);
    const jobId = await start(halved, config);
    await expect.poll(() => halved.callbacks.some(({ event }) => event === "epoch_complete")).toBe(true);
    await worker.stop(jobId, { graceMs: 60_000 });
    expect(halved.callbacks.at(-1)?.event).toBe("stopped");
    expect(await jobProcesses()).toEqual([]);
    expect(await worker.isAlive(jobId)).toBe(false);
    const { file } = told(halved, "checkpoint") ?? { file: "" };
    await start(halved, config, jobId, file);
    expect(await ended(halved, 2)).toBe("completed");
    expect(losses(halved)).toEqual(losses(straight));
    expect(told(straight, "started")?.effective.mixed_precision?.requested).toBe(true);
  });

  it("reports a process that was killed, and leaves nothing of it behind", async () => {
    const server = await startFakeServer(CLASSES, await drawnSet(24));
    const jobId = await start(server, smallConfig({ epochs: 500 }));
    await expect.poll(() => server.callbacks.some(({ event }) => event === "started")).toBe(true);
    const [pid] = await jobProcesses();
    process.kill(pid ?? 0, "SIGKILL");
    expect(await ended(server)).toBe("failed");
    expect(told(server, "failed")).toMatchObject({ code: "trainer_fault", lost: true });
    expect(await jobProcesses()).toEqual([]);
    await expect.poll(() => worker.isAlive(jobId)).toBe(false);
  });

  it("loses nothing to a server that is away", async () => {
    const server = await startFakeServer(CLASSES, await drawnSet(24));
    await start(server, smallConfig({ epochs: 1 }));
    await expect.poll(() => server.callbacks.some(({ event }) => event === "started")).toBe(true);
    server.away = true;
    await expect.poll(async () => (await worker.status(jobs))?.pending).toBeGreaterThan(1);
    server.away = false;
    expect(await ended(server)).toBe("completed");
    expect(server.callbacks.map(({ sequence }) => sequence)).toEqual(server.callbacks.map((_, at) => at + 1));
    expect(losses(server)).toHaveLength(1);
  });

  it("gives up a job that the server no longer wants", async () => {
    const server = await startFakeServer(CLASSES, await drawnSet(24));
    server.refuseWith = 404;
    const jobId = await start(server, smallConfig({ epochs: 500 }));
    await expect.poll(() => worker.isAlive(jobId)).toBe(false);
    expect(await jobProcesses()).toEqual([]);
  });

  it("fails in the user's terms where there is nothing to train with", async () => {
    const server = await startFakeServer(
      CLASSES,
      (await drawnSet(0)).map((image) => ({ ...image, split: "val" })),
    );
    await start(server, smallConfig());
    expect(await ended(server)).toBe("failed");
    expect(told(server, "failed")).toMatchObject({ code: "no_images", traceback: null });
  });

  it("kills a job that does not heed the order to stop", async () => {
    const server = await startFakeServer(CLASSES, await drawnSet(24));
    const jobId = await start(server, smallConfig({ epochs: 500 }));
    await expect.poll(() => server.callbacks.some(({ event }) => event === "started")).toBe(true);
    await worker.stop(jobId, { graceMs: 0 });
    expect(await ended(server)).toBe("stopped");
    expect(await jobProcesses()).toEqual([]);
  });

  it("ends its jobs by being killed", async () => {
    const folder = await temporaryFolder();
    const own = openPythonWorker({ python: python ?? "", folder, log: silentLog });
    const server = await startFakeServer(CLASSES, await drawnSet(24));
    await own.start({ ...orderOf(server, smallConfig({ epochs: 500 })), jobId: 901 });
    await expect.poll(() => server.callbacks.some(({ event }) => event === "started")).toBe(true);
    const [pid = 0] = await jobProcesses();
    process.kill(await parentOf(pid), "SIGKILL");
    await expect.poll(() => runs(pid)).toBe(false);
    await expect.poll(() => own.isAlive(901)).toBe(false);
  });

  it("ends with all of its jobs when the server closes it", async () => {
    const own = openPythonWorker({ python: python ?? "", log: silentLog });
    const server = await startFakeServer(CLASSES, await drawnSet(24));
    await own.start({ ...orderOf(server, smallConfig({ epochs: 500 })), jobId: 900 });
    await expect.poll(() => server.callbacks.some(({ event }) => event === "started")).toBe(true);
    await own.close();
    expect(await own.isAlive(900)).toBe(false);
    expect(await jobProcesses()).toEqual([]);
  });
});

describe("without a worker", () => {
  it("every call says how to attach one", async () => {
    const none = openPythonWorker({ log: silentLog });
    await expect(none.health()).rejects.toMatchObject({ code: "TRAINING_SERVICE_UNAVAILABLE", status: 503 });
    await expect(none.health()).rejects.toThrow(/QUATRAIN_PYTHON/);
    expect(await none.isAlive(1)).toBe(false);
  });

  it("an interpreter that is not there, and an address where nobody listens, are unavailable", async () => {
    const missing = openPythonWorker({ python: "/nowhere/python3", log: silentLog });
    await expect(missing.health()).rejects.toMatchObject({ code: "TRAINING_SERVICE_UNAVAILABLE" });
    const silent = openPythonWorker({ url: "http://127.0.0.1:9", token: "t", log: silentLog });
    await expect(silent.isAlive(1)).rejects.toMatchObject({ code: "TRAINING_SERVICE_UNAVAILABLE" });
  });
});
