import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MlflowOptions, openMlflow } from "./mlflow.ts";
import { type FakeMlflow, openFakeMlflow } from "./testing.ts";

let server: FakeMlflow;
let now: number;
let waited: number[];

beforeEach(async () => {
  server = await openFakeMlflow();
  now = 1_000_000;
  waited = [];
});
afterEach(() => server.close());

const open = (others: Partial<MlflowOptions> = {}) =>
  openMlflow({
    uri: server.uri,
    experimentName: "quatrain",
    credentials: { username: null, password: null, token: null },
    clock: { now: () => now },
    wait: async (ms) => void waited.push(ms),
    ...others,
  });

const RUN = { name: "job 5", tags: { job_id: "5" }, params: { epochs: 50, "optimizer.type": "adamw" } };
const paths = () => server.seen.map(({ path }) => path);

/** A run that has begun, with the requests before it forgotten. */
async function begun(mlflow = open()) {
  const { runId, warnings } = await mlflow.createRun(RUN);
  expect(warnings).toEqual([]);
  return { mlflow, runId: runId ?? "" };
}

test("a run is made in its experiment, logged by epochs, and ended", async () => {
  const { mlflow, runId } = await begun();
  expect(server.experiments.has("quatrain")).toBe(true);
  expect(server.runs.get(runId)).toMatchObject({
    run_name: "job 5",
    start_time: 1_000_000,
    tags: [
      { key: "job_id", value: "5" },
      { key: "mlflow.runName", value: "job 5" },
    ],
  });
  expect(server.params).toEqual([
    { key: "epochs", value: "50" },
    { key: "optimizer.type", value: "adamw" },
  ]);
  now += 5;
  expect(await mlflow.logEpoch(runId, 1, { loss: 0.5, accuracy: 0.75 })).toEqual([]);
  expect(server.metrics).toEqual([
    { key: "loss", value: 0.5, timestamp: 1_000_005, step: 1 },
    { key: "accuracy", value: 0.75, timestamp: 1_000_005, step: 1 },
  ]);
  expect(await mlflow.endRun(runId, "KILLED")).toEqual([]);
  expect(server.runs.get(runId)).toMatchObject({ status: "KILLED", end_time: 1_000_005 });
  expect(await mlflow.resumeRun(runId)).toEqual([]);
  expect(server.runs.get(runId)).toMatchObject({ status: "RUNNING" });
});

describe("the experiment", () => {
  test("is looked up once, and made where there is none", async () => {
    const mlflow = open();
    await mlflow.createRun(RUN);
    await mlflow.createRun(RUN);
    expect(paths().filter((path) => path.startsWith("experiments"))).toEqual([
      "experiments/get-by-name",
      "experiments/create",
    ]);
  });

  test("that somebody else makes at the same time is used", async () => {
    server.answerNext("get-by-name", { status: 404, body: { error_code: "RESOURCE_DOES_NOT_EXIST" } });
    server.answerNext("experiments/create", { status: 400, body: { error_code: "RESOURCE_ALREADY_EXISTS" } });
    server.experiments.set("quatrain", { id: "7", lifecycle_stage: "active" });
    const { runId } = await begun();
    expect(server.runs.get(runId)).toMatchObject({ experiment_id: "7" });
  });

  test("that was deleted is not written to, and the warning says what to do", async () => {
    server.experiments.set("quatrain", { id: "7", lifecycle_stage: "deleted" });
    const { runId, warnings } = await open().createRun(RUN);
    expect(runId).toBeNull();
    expect(warnings.join()).toContain("restore it there, or choose another MLFLOW_EXPERIMENT_NAME");
  });

  test("that was removed since is made again", async () => {
    const { mlflow } = await begun();
    server.experiments.clear();
    server.experiments.set("another", { id: "9", lifecycle_stage: "active" });
    expect((await mlflow.createRun(RUN)).runId).not.toBeNull();
  });
});

describe("limits", () => {
  test("a request has at most 1,000 metrics or 100 parameters, a parameter 500 characters", async () => {
    const params = Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`p${at}`, "x".repeat(2_000)]));
    const mlflow = open();
    const { runId } = await mlflow.createRun({ ...RUN, params });
    const metrics = Object.fromEntries(Array.from({ length: 2_500 }, (_, at) => [`m${at}`, at]));
    await mlflow.logEpoch(runId ?? "", 1, metrics);
    const batches = server.seen.filter(({ path }) => path === "runs/log-batch").map(({ body }) => body);
    const sizes = batches.map(({ params, metrics }) => ((params ?? metrics) as unknown[]).length);
    expect(sizes).toEqual([100, 100, 50, 1_000, 1_000, 500]);
    expect(server.params[0]?.value).toBe(`${"x".repeat(497)}...`);
  });

  test("names that MLflow does not take are rewritten, numbers that JSON cannot say are texts", async () => {
    const { mlflow, runId } = await begun();
    await mlflow.logEpoch(runId, 1, {
      "f1/고양이 (old)": 1,
      "../f1//x": 2,
      loss: Number.NaN,
      worst: -Infinity,
    });
    expect(server.metrics.map(({ key, value }) => [key, value])).toEqual([
      ["f1/고양이 _old_", 1],
      [".._f1__x", 2],
      ["loss", "NaN"],
      ["worst", "-Infinity"],
    ]);
  });

  test("long tags are cut between characters", async () => {
    const { mlflow } = await begun();
    const { warnings } = await mlflow.createRun({ ...RUN, tags: { notes: "🐦".repeat(3_000) } });
    expect(warnings).toEqual([]);
    const [notes] = (server.runs.get("run2")?.tags ?? []) as { value: string }[];
    expect(Buffer.byteLength(notes?.value ?? "")).toBeLessThanOrEqual(5_001);
  });
});

describe("credentials", () => {
  const authorization = async (credentials: Partial<MlflowOptions["credentials"]>, uri = server.uri) => {
    const none = { username: null, password: null, token: null };
    await open({ uri, credentials: { ...none, ...credentials } }).createRun(RUN);
    return server.seen.at(-1)?.authorization;
  };

  test("a token wins over user and password, which may lie in the address", async () => {
    expect(await authorization({})).toBeUndefined();
    expect(await authorization({ username: "me", password: "pass" })).toBe(`Basic ${btoa("me:pass")}`);
    expect(await authorization({ username: "me", token: "secret" })).toBe("Bearer secret");
    const inside = server.uri.replace("//", "//me:p%40ss@");
    expect(await authorization({}, inside)).toBe(`Basic ${btoa("me:p@ss")}`);
  });

  test("that are wrong are warned of by the names of their settings, and never shown", async () => {
    server.answerNext("get-by-name", { status: 401, body: "Authentication required" });
    const inside = server.uri.replace("//", "//me:hush@");
    const { warnings } = await open({ uri: inside }).createRun(RUN);
    expect(warnings.join()).toContain("MLFLOW_TRACKING_TOKEN");
    expect(warnings.join()).not.toContain("hush");
    expect(waited).toEqual([]);
  });
});

describe("faults never hurt a training job", () => {
  test("what passes is tried three times", async () => {
    const { mlflow, runId } = await begun();
    server.answerNext("log-batch", { status: 500 }, "hang-up");
    expect(await mlflow.logEpoch(runId, 1, { loss: 1 })).toEqual([]);
    expect(waited).toEqual([200, 1_000]);
    expect(server.metrics).toHaveLength(1);
  });

  test("a run is not made twice where nobody knows whether it was made", async () => {
    await begun();
    server.answerNext("runs/create", "hang-up");
    const { runId, warnings } = await open().createRun(RUN);
    expect(runId).toBeNull();
    expect(warnings).toEqual([
      expect.stringMatching(/^MLflow did not take the run \(.+\); the training goes on$/),
    ]);
    server.answerNext("runs/create", { status: 503 });
    expect((await open().createRun(RUN)).runId).toBe("run2");
  });

  test("a server that is silent costs the time limit, not the job", async () => {
    server.answerNext("get-by-name", "silence", "silence", "silence");
    const { runId, warnings } = await open({ timeoutMs: 20 }).createRun(RUN);
    expect(runId).toBeNull();
    expect(warnings.join()).toContain("no answer within 0.02 seconds");
  });

  test("parameters that are refused leave the run", async () => {
    server.answerNext("log-batch", {
      status: 400,
      body: { error_code: "INVALID_PARAMETER_VALUE", message: "too long" },
    });
    const { runId, warnings } = await open().createRun(RUN);
    expect(runId).toBe("run1");
    expect(warnings.join()).toContain("too long");
  });

  test("metrics of a time without the server arrive with a later epoch, in order and once", async () => {
    const { mlflow, runId } = await begun();
    server.answerNext("log-batch", { status: 502 }, { status: 502 }, { status: 502 });
    expect(await mlflow.logEpoch(runId, 1, { loss: 3 })).toHaveLength(1);
    const asked = server.seen.length;
    expect(await mlflow.logEpoch(runId, 2, { loss: 2 })).toEqual([]);
    expect(server.seen).toHaveLength(asked);
    now += 60_000;
    expect(await mlflow.logEpoch(runId, 3, { loss: 1 })).toEqual([]);
    expect(server.metrics.map(({ step, value }) => [step, value])).toEqual([
      [1, 3],
      [2, 2],
      [3, 1],
    ]);
  });

  test("the end sends what is left, whatever came before", async () => {
    const { mlflow, runId } = await begun();
    server.answerNext("log-batch", { status: 502 }, { status: 502 }, { status: 502 });
    await mlflow.logEpoch(runId, 1, { loss: 3 });
    expect(await mlflow.endRun(runId, "FINISHED")).toEqual([]);
    expect(server.metrics).toHaveLength(1);
    expect(server.runs.get(runId)).toMatchObject({ status: "FINISHED" });
  });

  test("what is refused is not sent again", async () => {
    const { mlflow, runId } = await begun();
    server.answerNext("log-batch", { status: 400, body: { error_code: "INVALID_PARAMETER_VALUE" } });
    expect(await mlflow.logEpoch(runId, 1, { loss: 3 })).toHaveLength(1);
    expect(await mlflow.logEpoch(runId, 2, { loss: 2 })).toEqual([]);
    expect(server.metrics.map(({ step }) => step)).toEqual([2]);
  });

  test("epochs that are logged at once are sent one after another", async () => {
    const { mlflow, runId } = await begun();
    await Promise.all([1, 2, 3, 4].map((epoch) => mlflow.logEpoch(runId, epoch, { loss: 1 })));
    expect(server.metrics.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
  });

  test("what is kept meanwhile is bounded, and what is lost is said", async () => {
    const { mlflow, runId } = await begun();
    server.answerNext("log-batch", { status: 502 }, { status: 502 }, { status: 502 });
    const many = Object.fromEntries(Array.from({ length: 15_000 }, (_, at) => [`m${at}`, at]));
    await mlflow.logEpoch(runId, 1, many);
    expect(await mlflow.logEpoch(runId, 2, many)).toEqual([expect.stringContaining("10000 oldest metrics")]);
  });

  test("a page that is no MLflow is named so", async () => {
    server.answerNext("get-by-name", { status: 200, body: "<html>Welcome</html>" });
    expect((await open().createRun(RUN)).warnings.join()).toContain("is it an MLflow server?");
    server.answerNext("get-by-name", { status: 200, body: { hello: "world" } });
    expect((await open().createRun(RUN)).warnings.join()).toContain("is it an MLflow server?");
    server.answerNext("get-by-name", { status: 200, body: "x".repeat(2 ** 20 + 1) });
    expect((await open().createRun(RUN)).warnings.join()).toContain("too long");
  });
});

test("an address that is not one of HTTP is refused at once", () => {
  expect(() => open({ uri: "file:./mlruns" })).toThrow(RangeError);
  expect(() => open({ uri: "databricks" })).toThrow(RangeError);
});
