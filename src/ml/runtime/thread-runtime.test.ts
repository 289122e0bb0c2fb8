import { afterEach, expect, test } from "vitest";
import { float32 } from "../../graph/index.ts";
import { entryUrl } from "../../platform/lifecycle/entry-url.ts";
import { type NumericRuntime, outputOf } from "./numeric-runtime.ts";
import { addModel, ones, slowModel } from "./test-models.ts";
import { openThreadRuntime, type ThreadRuntimeOptions } from "./thread-runtime.ts";

let runtime: NumericRuntime | null = null;

function open(options: ThreadRuntimeOptions = {}): NumericRuntime {
  runtime = openThreadRuntime({ intraOpThreads: 1, ...options });
  return runtime;
}

afterEach(async () => {
  await runtime?.close();
  runtime = null;
});

const x = () => float32([4], [1, 2, 3, 4]);

test("a run yields the outputs and leaves the feeds to the caller", async () => {
  const feed = x();
  const outputs = await open().run(addModel(), { x: feed });
  expect([...outputOf(outputs, "y", "float32").data]).toEqual([2, 3, 4, 5]);
  expect([...feed.data]).toEqual([1, 2, 3, 4]);
});

test("the caller may change copied feeds as soon as run has returned", async () => {
  const feed = x();
  const pending = open().run(addModel(), { x: feed });
  feed.data.fill(9);
  expect([...outputOf(await pending, "y", "float32").data]).toEqual([2, 3, 4, 5]);
});

test("transferred feeds are empty for the caller at once", async () => {
  const feed = x();
  const pending = open().run(addModel(), { x: feed }, { transferFeeds: true });
  expect(feed.data.length).toBe(0);
  expect([...outputOf(await pending, "y", "float32").data]).toEqual([2, 3, 4, 5]);
});

test("a part of a larger buffer is copied, but not transferred", async () => {
  const part = float32([4], new Float32Array([0, 1, 2, 3, 4, 5]).subarray(1, 5));
  const outputs = await open().run(addModel(), { x: part });
  expect([...outputOf(outputs, "y", "float32").data]).toEqual([2, 3, 4, 5]);
  await expect(runtime?.run(addModel(), { x: part }, { transferFeeds: true })).rejects.toMatchObject({
    code: "runtime_feed_mismatch",
  });
});

test("feeds that are not what the model declares are refused by name", async () => {
  const run = (feeds: Parameters<NumericRuntime["run"]>[1]) => open().run(addModel(), feeds);
  await expect(run({})).rejects.toThrow('nothing was fed to "x"');
  await expect(run({ x: x(), z: x() })).rejects.toThrow('no input "z"');
  await expect(run({ x: float32([2], [1, 2]) })).rejects.toThrow('"x" is [4] float32, got [2] float32');
});

test("tensors beyond the limit are refused before anything is copied", async () => {
  const run = open({ maxTensorBytes: 15 }).run(addModel(), { x: x() });
  await expect(run).rejects.toMatchObject({ code: "runtime_tensors_too_large", status: 413 });
});

test("many requests on two workers all get their own answers", async () => {
  const pool = open({ workers: 2 });
  const models = [addModel(1), addModel(2), addModel(3)];
  const answers = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const model = models[index % 3] ?? addModel();
      const outputs = await pool.run(model, { x: float32([4], [index, 0, 0, 0]) });
      return outputOf(outputs, "y", "float32").data[0];
    }),
  );
  expect(answers).toEqual(Array.from({ length: 40 }, (_, index) => index + (index % 3) + 1));
  expect(pool.status().workers).toBe(2);
});

test("sessions beyond the budget are closed and opened again when needed", async () => {
  const pool = open({ maxSessions: 1 });
  for (const summand of [1, 2, 1, 2]) {
    const outputs = await pool.run(addModel(summand), { x: x() });
    expect(outputOf(outputs, "y", "float32").data[0]).toBe(1 + summand);
  }
});

test("a full queue answers runtime_busy, and the waiting requests are still served", async () => {
  const pool = open({ maxQueued: 1 });
  const [first, second] = [pool.run(slowModel(2), { x: ones() }), pool.run(addModel(), { x: x() })];
  await expect(pool.run(addModel(), { x: x() })).rejects.toMatchObject({ code: "runtime_busy", status: 429 });
  await expect(Promise.all([first, second])).resolves.toHaveLength(2);
});

test("aborting drops a waiting request and throws away the result of a running one", async () => {
  const pool = open();
  const [running, waiting] = [new AbortController(), new AbortController()];
  const first = pool.run(slowModel(4), { x: ones() }, { signal: running.signal });
  const second = pool.run(addModel(), { x: x() }, { signal: waiting.signal });
  const refusals = Promise.allSettled([first, second]);
  waiting.abort();
  running.abort();
  expect(pool.status()).toMatchObject({ busy: 1, queued: 0 });
  for (const outcome of await refusals)
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "cancelled" } });
  await expect(pool.run(addModel(), { x: x() })).resolves.toHaveProperty("y");
});

test("a request that was aborted before it was made never starts a thread", async () => {
  const pool = open();
  const run = pool.run(addModel(), { x: x() }, { signal: AbortSignal.abort() });
  await expect(run).rejects.toMatchObject({ code: "cancelled" });
  expect(pool.status().workers).toBe(0);
});

test("close lets the running request finish, refuses the waiting and all later ones, and can be repeated", async () => {
  const pool = open();
  const running = pool.run(slowModel(4), { x: ones() });
  const waiting = expect(pool.run(addModel(), { x: x() })).rejects.toMatchObject({ code: "runtime_closed" });
  const closing = pool.close();
  await expect(pool.run(addModel(), { x: x() })).rejects.toMatchObject({
    code: "runtime_closed",
    status: 503,
  });
  expect(outputOf(await running, "y", "float32").data[0]).toBeCloseTo(1);
  await waiting;
  await Promise.all([closing, pool.close()]);
  expect(pool.status()).toEqual({ workers: 0, busy: 0, queued: 0, closed: true });
});

test("a thread without work ends, and the next request starts another", async () => {
  const pool = open({ idleMs: 1 });
  await pool.run(addModel(), { x: x() });
  await expect.poll(() => pool.status().workers).toBe(0);
  await expect(pool.run(addModel(), { x: x() })).resolves.toHaveProperty("y");
});

test("warm prepares a model without running it", async () => {
  const pool = open();
  await pool.warm(addModel());
  expect(pool.status()).toMatchObject({ workers: 1, busy: 0 });
});

test("a file that is no model fails with onnxruntime's reason, and the worker lives on", async () => {
  const pool = open();
  const broken = { ...addModel(), bytes: new Uint8Array([1, 2, 3]), hash: "broken" };
  for (const attempt of [1, 2])
    await expect(pool.run(broken, { x: x() }), `attempt ${attempt}`).rejects.toMatchObject({
      code: "runtime_failed",
      message: expect.stringContaining("could not open"),
    });
  await expect(pool.run(addModel(), { x: x() })).resolves.toHaveProperty("y");
});

test("a thread that dies fails its own request only and is replaced", async () => {
  const pool = open({ workerEntry: entryUrl("./dying-worker", import.meta.url) });
  const requests = [pool.run(addModel(), { x: x() }), pool.run(addModel(), { x: x() })];
  for (const outcome of await Promise.allSettled(requests))
    expect(outcome).toMatchObject({
      status: "rejected",
      reason: { code: "runtime_worker_lost", message: expect.stringContaining("nothing works here") },
    });
  expect(pool.status()).toMatchObject({ workers: 0, busy: 0, queued: 0 });
});

test("an output that is not there, or of another type, is a mistake of the code", async () => {
  const outputs = await open().run(addModel(), { x: x() });
  expect(() => outputOf(outputs, "z", "float32")).toThrow(RangeError);
  expect(() => outputOf(outputs, "y", "int64")).toThrow("is float32, not int64");
});
