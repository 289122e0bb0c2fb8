import { beforeAll, describe, expect, test } from "vitest";
import * as contract from "../../src/contracts/training/index.ts";
import { ErrorBody } from "../../src/contracts/training/vocabulary.ts";
import { SECRET, useTrainingServer } from "../support/training-server.ts";

/** What trainers elsewhere tell the server, in the document's form and in both older ones. */
const { ask, colours, job } = useTrainingServer();

let dataset: string;
beforeAll(async () => {
  dataset = (await colours({ each: 1 })).id;
});

const newJob = async (): Promise<number> => (await job({ dataset_id: dataset, epochs: 10 })).id;
const look = async (id: number) => (await ask("GET", `/training/jobs/${id}`)).body;
const metrics = async (id: number) => (await ask("GET", `/training/jobs/${id}/metrics`)).body;
const lines = async (id: number) =>
  (await ask("GET", `/training/jobs/${id}/logs`)).body.map(({ message }: { message: string }) => message);

const headers = { "x-internal-auth": SECRET };
const tell = async (method: string, path: string, json: object) => {
  const { status, body } = await ask(method, path, { as: null, json, headers });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const call = (job_id: number, event: string, data: object = {}, more: object = {}) =>
  tell("POST", "/internal/training/callback", { job_id, event, data, ...more });

test("the secret is asked for: none is 401, a wrong one 403", async () => {
  const id = await newJob();
  for (const [method, path, json] of [
    ["POST", "/internal/training/callback", { job_id: id, event: "started", data: {} }],
    ["POST", `/internal/training/${id}/metrics`, { epoch: 1, loss: 1 }],
    ["POST", `/internal/training/${id}/logs`, { message: "x" }],
    ["PATCH", `/internal/training/${id}/status`, { status: "running" }],
    ["POST", `/training/jobs/${id}/callback/progress`, { current_epoch: 1 }],
    ["POST", `/training/jobs/${id}/callback/completion`, { status: "completed" }],
    ["POST", `/training/jobs/${id}/callback/logs`, { message: "x" }],
    ["GET", `/internal/training/${id}/manifest`, undefined],
    ["PUT", `/internal/training/${id}/checkpoints/x.pt`, {}],
  ] as const) {
    const none = await ask(method, path, { as: null, json });
    expect([path, none.status, none.body.code]).toEqual([path, 401, "UNAUTHORIZED"]);
    ErrorBody.parse(none.body);
    const wrong = await ask(method, path, { as: null, json, headers: { "x-internal-auth": "wrong" } });
    expect([path, wrong.status, wrong.body.code]).toEqual([path, 403, "FORBIDDEN"]);
    ErrorBody.parse(wrong.body);
    const user = await ask(method, path, { json });
    expect([path, user.status]).toEqual([path, 403]);
  }
  expect((await look(id)).status).toBe("pending");
  const unknown = await ask("POST", "/internal/training/callback", {
    as: null,
    headers,
    json: { job_id: 99_999, event: "started", data: {} },
  });
  expect([unknown.status, unknown.body.code]).toEqual([404, "JOB_NOT_FOUND"]);
});

describe("POST /api/v1/internal/training/callback", () => {
  test("takes the document's example, and answers received", async () => {
    const id = await newJob();
    const answer = await call(id, "epoch_complete", {
      epoch: 10,
      loss: 0.45,
      accuracy: 0.85,
      learning_rate: 0.0008,
    });
    contract.trainingCallback.responses[200].schema.parse(answer);
    expect(answer).toEqual({ status: "received", job_id: id });
    expect(await metrics(id)).toMatchObject([
      { job_id: id, epoch: 10, loss: 0.45, accuracy: 0.85, learning_rate: 0.0008, extra_metrics: {} },
    ]);
    expect((await look(id)).current_epoch).toBe(10);
  });

  test("follows a run from its start to its end", async () => {
    const id = await newJob();
    await call(id, "started");
    const running = await look(id);
    expect(running).toMatchObject({ status: "running", attempt: 1 });
    expect(running.started_at).not.toBeNull();
    await call(id, "log", { message: "[INFO] Epoch 1", level: "info" });
    await call(id, "log", { message: "careful", level: "warning", log_type: "stderr" });
    await call(id, "epoch_complete", {
      epoch: 1,
      loss: 2.25,
      accuracy: 0.125,
      extra_metrics: { f1: 0.12 },
    });
    await call(id, "validation", { epoch: 1, loss: 2, accuracy: 0.25, metrics: { precision: 0.3 } });
    await call(id, "checkpoint", { epoch: 1, path: "/elsewhere/epoch_1.pth" });
    await call(id, "completed", { final_accuracy: 0.9 });
    expect(await look(id)).toMatchObject({ status: "completed", final_accuracy: 0.9, progress_percent: 100 });
    expect(await metrics(id)).toMatchObject([
      { epoch: 1, loss: 2.25, accuracy: 0.25, extra_metrics: { f1: 0.12, val_loss: 2, precision: 0.3 } },
    ]);
    expect(await lines(id)).toEqual(["[INFO] Epoch 1", "careful"]);
  });

  test("tells why a run failed", async () => {
    const id = await newJob();
    await call(id, "started");
    await call(id, "failed", { error_message: "CUDA out of memory", traceback: "Traceback ..." });
    expect(await look(id)).toMatchObject({ status: "failed", error_message: "CUDA out of memory" });
    expect((await lines(id)).join()).toContain("CUDA out of memory");
  });

  test("an event that comes twice changes nothing; the same line twice is two lines", async () => {
    const id = await newJob();
    const figures = { epoch: 1, loss: 1, accuracy: 0.5, learning_rate: 0.1 };
    for (let delivery = 0; delivery < 3; delivery++) {
      await call(id, "started");
      await call(id, "epoch_complete", figures);
    }
    const { started_at, attempt } = await look(id);
    await call(id, "started");
    expect(await look(id)).toMatchObject({ started_at, attempt });
    expect(await metrics(id)).toHaveLength(1);
    await call(id, "log", { message: "same" });
    await call(id, "log", { message: "same" });
    for (let delivery = 0; delivery < 2; delivery++) {
      await call(id, "log", { message: "numbered" }, { attempt: 1, sequence: 7 });
    }
    expect(await lines(id)).toEqual(["same", "same", "numbered"]);
  });

  test("metrics that come one at a time, in any order, join in one row", async () => {
    const id = await newJob();
    await Promise.all([
      call(id, "epoch_complete", { epoch: 2, loss: 0.4 }),
      call(id, "epoch_complete", { epoch: 2, accuracy: 0.8 }),
      call(id, "epoch_complete", { epoch: 2, learning_rate: 0.01 }),
      call(id, "epoch_complete", { epoch: 2, extra_metrics: { f1: 0.7 } }),
      call(id, "epoch_complete", { epoch: 2, extra_metrics: { recall: 0.6 } }),
      call(id, "epoch_complete", { epoch: 1, loss: 0.9 }),
    ]);
    expect(await metrics(id)).toMatchObject([
      { epoch: 1, loss: 0.9, accuracy: null },
      { epoch: 2, loss: 0.4, accuracy: 0.8, learning_rate: 0.01, extra_metrics: { f1: 0.7, recall: 0.6 } },
    ]);
    expect((await look(id)).current_epoch).toBe(2);
  });

  test("what comes after the end changes nothing, whatever it is", async () => {
    for (const end of ["completed", "failed", "stopped"]) {
      const id = await newJob();
      await call(id, "started");
      await call(id, "epoch_complete", { epoch: 1, loss: 1 });
      await call(id, end, { message: "why" });
      const [before, rows] = [await look(id), await metrics(id)];
      expect(before.status).toBe(end);
      for (const event of ["started", "completed", "failed", "stopped", "checkpoint"]) await call(id, event);
      await call(id, "epoch_complete", { epoch: 2, loss: 0.1 });
      await call(id, "epoch_complete", { epoch: 1, loss: 0.1 });
      await call(id, "validation", { epoch: 1, accuracy: 1 });
      expect(await look(id)).toEqual(before);
      expect(await metrics(id)).toEqual(rows);
    }
  });

  test("another attempt than the present one is not heard", async () => {
    const id = await newJob();
    await call(id, "started");
    await call(id, "epoch_complete", { epoch: 3, loss: 9 }, { attempt: 7 });
    await call(id, "failed", { message: "old" }, { attempt: 7 });
    expect(await metrics(id)).toEqual([]);
    expect((await look(id)).status).toBe("running");
    await call(id, "epoch_complete", { epoch: 1, loss: 1 }, { attempt: 1 });
    expect(await metrics(id)).toHaveLength(1);
  });

  test.each([
    ["an unknown event", { event: "exploded" }, "event"],
    ["an event of JavaScript's own", { event: "constructor" }, "event"],
    ["no event", { event: undefined }, "event"],
    ["no job", { job_id: undefined }, "job_id"],
    ["an epoch without its number", { event: "epoch_complete", data: { loss: 1 } }, "data.epoch"],
    ["a line without words", { event: "log", data: {} }, "data.message"],
    ["half an epoch", { event: "epoch_complete", data: { epoch: 1.5 } }, "data.epoch"],
    ["data that is none", { event: "started", data: [] }, "data"],
  ])("refuses %s", async (_what, fields, field) => {
    const json = { job_id: await newJob(), event: "started", data: {}, ...fields };
    const { status, body } = await ask("POST", "/internal/training/callback", { as: null, json, headers });
    expect([status, body.code, body.field]).toEqual([422, "VALIDATION_ERROR", field]);
    ErrorBody.parse(body);
  });

  test("figures that are no numbers are left out, the others stay", async () => {
    const id = await newJob();
    await call(id, "epoch_complete", {
      epoch: 1,
      loss: "NaN",
      accuracy: 0.5,
      extra_metrics: { a: null, b: 2 },
    });
    expect(await metrics(id)).toMatchObject([
      { epoch: 1, loss: null, accuracy: 0.5, extra_metrics: { b: 2 } },
    ]);
  });
});

describe("the older form below /internal/training/{id}", () => {
  test("merges metrics that come one at a time", async () => {
    const id = await newJob();
    const post = (json: object) => tell("POST", `/internal/training/${id}/metrics`, json);
    expect(await post({ metric_name: "loss", metric_value: 0.5, epoch: 1, step: 3 })).toEqual({
      status: "received",
      job_id: id,
    });
    await post({ metric_name: "accuracy", metric_value: 0.75, epoch: 1 });
    await post({ metric_name: "learning_rate", metric_value: 0.01, epoch: 1, step: null });
    await post({ metric_name: "val_f1", metric_value: 0.7, epoch: 1 });
    await post({ epoch: 2, loss: 0.4, accuracy: 0.8, learning_rate: 0.001, extra_metrics: { f1: 0.79 } });
    expect(await metrics(id)).toMatchObject([
      { epoch: 1, loss: 0.5, accuracy: 0.75, learning_rate: 0.01, extra_metrics: { val_f1: 0.7 } },
      { epoch: 2, loss: 0.4, accuracy: 0.8, learning_rate: 0.001, extra_metrics: { f1: 0.79 } },
    ]);
  });

  test("takes lines and states", async () => {
    const id = await newJob();
    const status = (json: object) => tell("PATCH", `/internal/training/${id}/status`, json);
    await status({ status: "running" });
    expect((await look(id)).status).toBe("running");
    await tell("POST", `/internal/training/${id}/logs`, { log_type: "stderr", content: "older name" });
    await tell("POST", `/internal/training/${id}/logs`, { log_type: "stdout", message: "newer name" });
    expect((await ask("GET", `/training/jobs/${id}/logs`)).body).toMatchObject([
      { log_type: "stderr", message: "older name", content: "older name" },
      { log_type: "stdout", message: "newer name" },
    ]);
    await status({ status: "failed", error_message: "it broke" });
    expect(await look(id)).toMatchObject({ status: "failed", error_message: "it broke" });
    await status({ status: "running" });
    await status({ status: "completed", final_accuracy: 1 });
    expect((await look(id)).status).toBe("failed");
    for (const word of ["sleeping", "constructor"]) {
      const { status: code, body } = await ask("PATCH", `/internal/training/${id}/status`, {
        as: null,
        headers,
        json: { status: word },
      });
      expect([code, body.field]).toEqual([422, "status"]);
    }
  });
});

describe("the older form below /training/jobs/{id}/callback", () => {
  test("takes progress, lines and completion with all of their fields", async () => {
    const id = await newJob();
    const path = `/training/jobs/${id}/callback`;
    const progress = (current_epoch: number, more: object = {}) =>
      tell("POST", `${path}/progress`, {
        job_id: id,
        status: "running",
        current_epoch,
        total_epochs: 10,
        progress_percent: 10 * current_epoch,
        metrics: { loss: 1 / current_epoch, accuracy: 0.5, learning_rate: 0.1, extra_metrics: { f1: 0.4 } },
        checkpoint_path: null,
        ...more,
      });
    await progress(0, { metrics: null, current_epoch: 0 });
    expect(await look(id)).toMatchObject({ status: "running", current_epoch: 0 });
    expect(await metrics(id)).toEqual([]);
    expect(await progress(1)).toEqual({ status: "received", job_id: id });
    await progress(2);
    expect(await look(id)).toMatchObject({ status: "running", current_epoch: 2 });
    expect(await metrics(id)).toMatchObject([
      { epoch: 1, loss: 1, accuracy: 0.5, learning_rate: 0.1, extra_metrics: { f1: 0.4 } },
      { epoch: 2, loss: 0.5 },
    ]);
    await tell("POST", `${path}/logs`, {
      event_type: "log",
      message: "a word",
      level: "WARNING",
      data: { any: ["thing"] },
      timestamp: "2025-11-06T12:05:00Z",
    });
    expect((await ask("GET", `/training/jobs/${id}/logs`)).body).toMatchObject([
      { message: "a word", level: "warning", log_type: "stderr" },
    ]);
    await tell("POST", `${path}/completion`, {
      job_id: id,
      status: "completed",
      total_epochs_completed: 2,
      final_metrics: { accuracy: 0.91, loss: 0.1 },
      exit_code: 0,
      best_checkpoint_path: "/elsewhere/best.pt",
      last_checkpoint_path: "/elsewhere/last.pt",
      error_message: null,
      traceback: null,
    });
    expect(await look(id)).toMatchObject({ status: "completed", final_accuracy: 0.91 });
    await progress(3);
    expect(await look(id)).toMatchObject({ status: "completed", current_epoch: 2 });
  });

  test("takes failures with their reasons", async () => {
    const id = await newJob();
    await tell("POST", `/training/jobs/${id}/callback/completion`, {
      status: "failed",
      total_epochs_completed: 0,
      exit_code: 1,
      error_message: "ValueError: no such layer",
      traceback: "Traceback (most recent call last): ...",
    });
    expect(await look(id)).toMatchObject({ status: "failed", error_message: "ValueError: no such layer" });
  });
});

test("files for a trainer elsewhere need a run that was started", async () => {
  const id = await newJob();
  const { status, body } = await ask("GET", `/internal/training/${id}/manifest`, { as: null, headers });
  expect([status, body.code]).toEqual([409, "INVALID_STATUS"]);
  const absent = await ask("GET", `/internal/training/${id}/checkpoints/none.pt`, { as: null, headers });
  expect([absent.status, absent.body.code]).toEqual([404, "CHECKPOINT_NOT_FOUND"]);
  const evil = await ask("GET", `/internal/training/${id}/checkpoints/..%2f..%2fx`, { as: null, headers });
  expect([evil.status, evil.body.field]).toEqual([422, "name"]);
});
