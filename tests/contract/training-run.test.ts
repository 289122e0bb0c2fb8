import { beforeAll, describe, expect, test } from "vitest";
import * as contract from "../../src/contracts/training/index.ts";
import { ErrorBody } from "../../src/contracts/training/vocabulary.ts";
import { type TrainedJob, trainColours, useTrainingServer } from "../support/training-server.ts";

/** One job is trained to its end; what a client sees of it while it runs and afterwards. */
const server = useTrainingServer();
const { ask, url, admin, member } = server;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
const EPOCHS = 4;

let { dataset, started, events: live, done } = {} as TrainedJob;
beforeAll(async () => {
  ({ dataset, started, events: live, done } = await trainColours(server));
});

describe("a run", () => {
  test("answers its start as running, with the time", () => {
    expect(started.status, JSON.stringify(started.body)).toBe(200);
    contract.startTrainingJob.responses[200].schema.parse(started.body);
    expect(started.body).toMatchObject({ id: done.id, status: "running", attempt: 1 });
    expect(started.body.started_at).toMatch(INSTANT);
  });

  test("ends as completed, with all of the document's fields", () => {
    contract.getTrainingJob.responses[200].schema.parse(done);
    expect(done).toMatchObject({
      project_id: 4,
      experiment_name: "Colours",
      framework: "quatrain",
      model_name: "cnn4",
      task_type: "image_classification",
      dataset_id: dataset.id,
      status: "completed",
      primary_metric: "accuracy",
      primary_metric_mode: "max",
      current_epoch: EPOCHS,
      total_epochs: EPOCHS,
      mlflow_run_id: null,
      progress_percent: 100,
      error_message: null,
      error_code: null,
      queue_position: null,
      eta: null,
    });
    expect(done.project_name).toEqual(expect.any(String));
    expect(done.completed_at).toMatch(INSTANT);
    expect(Date.parse(done.completed_at)).toBeGreaterThan(Date.parse(done.started_at));
    expect(done.final_accuracy).toBeGreaterThan(0.8);
    expect(done.best_metric).toBeGreaterThanOrEqual(done.final_accuracy);
    expect(done.best_checkpoint_path.startsWith(`${done.output_dir}/checkpoints/`)).toBe(true);
    expect(done.snapshot_hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test("says what each setting did", () => {
    const { effective_config: effect, advanced_config: sent } = done;
    expect(sent).toMatchObject({ seed: 7, checkpoint_interval: 1 });
    for (const [name, value] of [
      ["seed", 7],
      ["optimizer.learning_rate", 0.003],
      ["preprocessing.image_size", 32],
      ["augmentation.enabled", false],
      ["checkpoint_interval", 1],
    ]) {
      expect(effect[name as string], name as string).toMatchObject({ requested: value, effective: value });
    }
    for (const { requested, effective, reason } of Object.values<Record<string, unknown>>(effect)) {
      if (JSON.stringify(requested) !== JSON.stringify(effective)) expect(reason).toEqual(expect.any(String));
    }
  });

  test("never runs again: completed is the end", async () => {
    for (const [path, about] of [
      [`/training/jobs/${done.id}/start`, /new job/],
      [`/training/jobs/${done.id}/start?resume=true`, /new job/],
      [`/training/stop/${done.id}`, /completed already/],
    ] as const) {
      const { status, body } = await ask("POST", path);
      ErrorBody.parse(body);
      expect([status, body.code]).toEqual([409, "INVALID_STATUS"]);
      expect(body.detail).toMatch(about);
    }
  });
});

describe("its figures", () => {
  test("are one row per epoch, as the document has them", async () => {
    const { status, body } = await ask("GET", `/training/jobs/${done.id}/metrics`);
    expect(status).toBe(200);
    contract.trainingMetrics.responses[200].schema.parse(body);
    expect(body.map(({ epoch }: { epoch: number }) => epoch)).toEqual([1, 2, 3, 4]);
    for (const row of body) {
      expect(Object.keys(row)).toEqual([
        "id",
        "job_id",
        "epoch",
        "loss",
        "accuracy",
        "learning_rate",
        "extra_metrics",
        "created_at",
      ]);
      expect(row).toMatchObject({ job_id: done.id, learning_rate: 0.003 });
      expect(row.accuracy).toBeGreaterThanOrEqual(0);
      expect(row.accuracy).toBeLessThanOrEqual(1);
      expect(row.created_at).toMatch(INSTANT);
      for (const name of ["precision", "recall", "f1"])
        expect(row.extra_metrics[name]).toEqual(expect.any(Number));
    }
    expect(body[3].loss).toBeLessThan(body[0].loss);
  });

  test("come as the newest, ascending, or as the oldest", async () => {
    const epochs = async (query: string) =>
      (await ask("GET", `/training/jobs/${done.id}/metrics?${query}`)).body.map(
        ({ epoch }: { epoch: number }) => epoch,
      );
    expect(await epochs("limit=2")).toEqual([3, 4]);
    expect(await epochs("limit=2&window=oldest")).toEqual([1, 2]);
    for (const query of ["limit=0", "limit=many", "window=middle"]) {
      const { status, body } = await ask("GET", `/training/jobs/${done.id}/metrics?${query}`);
      expect([status, body.field]).toEqual([422, query.split("=")[0]]);
    }
  });

  test("are there by step, thinned out on request", async () => {
    const { body } = await ask("GET", `/training/jobs/${done.id}/steps`);
    contract.trainingSteps.responses[200].schema.parse(body);
    expect(body.job_id).toBe(done.id);
    expect(body.total).toBe(body.steps.length);
    expect(body.steps.at(-1)).toMatchObject({ epoch: EPOCHS, step: 3, learning_rate: 0.003 });
    const thin = (await ask("GET", `/training/jobs/${done.id}/steps?points=2`)).body;
    expect(thin.total).toBe(body.total);
    expect(thin.steps.length).toBeLessThanOrEqual(2);
    expect(thin.steps.at(-1)).toEqual(body.steps.at(-1));
  });
});

describe("its log", () => {
  const lines = async (query = "") => {
    const { status, body } = await ask("GET", `/training/jobs/${done.id}/logs${query}`);
    expect(status).toBe(200);
    contract.trainingLogs.responses[200].schema.parse(body);
    return body;
  };
  const ids = (some: { id: number }[]) => some.map(({ id }) => id);

  test("has the newest lines, oldest first, each text twice", async () => {
    const all = await lines();
    expect(all[0].message).toMatch(/^\[INFO\] Starting training/);
    expect(all.at(-1).message).toMatch(/Training completed/);
    for (const line of all) {
      expect(line).toMatchObject({ job_id: done.id, content: line.message });
      expect(["stdout", "stderr"]).toContain(line.log_type);
      expect(line.created_at).toMatch(INSTANT);
    }
    expect(ids(all)).toEqual([...ids(all)].sort((a, b) => a - b));
    expect(ids(await lines("?limit=2"))).toEqual(ids(all).slice(-2));
    expect(await lines("?log_type=stdout")).toEqual(
      all.filter(({ log_type }: { log_type: string }) => log_type === "stdout"),
    );
    expect(await lines("?log_type=nonsense")).toEqual([]);
  });

  test("is read on with cursors", async () => {
    const all = ids(await lines());
    expect(ids(await lines(`?after=${all[0]}&limit=2`))).toEqual(all.slice(1, 3));
    expect(await lines(`?after=${all.at(-1)}`)).toEqual([]);
    expect(ids(await lines(`?before=${all.at(-1)}&limit=2`))).toEqual(all.slice(-3, -1));
  });
});

describe("live", () => {
  /** Events of a stream, by name. */
  const eventsOf = (stream: string) =>
    stream.split("\n\n").flatMap((block) => {
      const [, type, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      return type === undefined ? [] : [{ type, data: JSON.parse(data!) }];
    });

  test("server-sent events tell every epoch, and end with the job", () => {
    const events = eventsOf(live);
    const progress = events.filter(({ type }) => type === "training_progress");
    const epochs = progress.map(({ data }) => data.epoch);
    expect(epochs).toEqual([...new Set(epochs)].sort());
    expect(epochs.at(-1)).toBe(EPOCHS);
    for (const { data } of progress) {
      for (const name of ["epoch", "loss", "accuracy", "learning_rate"]) {
        expect(data[name]).toEqual(expect.any(Number));
      }
    }
    expect(events.at(-1)).toMatchObject({ type: "status", data: { status: "completed" } });
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(["log", "status", "training_progress", "step"]),
    );
  });

  test("of a job that has ended, they tell how it ended, and are over", async () => {
    const response = await fetch(url(`/api/v1/training/jobs/${done.id}/events`), {
      headers: admin().headers,
    });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(eventsOf(await response.text()).at(-1)).toMatchObject({ type: "status" });
  });

  const address = (id: number | string, query = "") =>
    `${url(`/ws/training/${id}${query}`).replace("http", "ws")}`;
  const token = () => admin().headers.authorization!.slice("Bearer ".length);

  /** All messages of a socket until it is closed; null where it was refused. */
  const messagesOf = (socket: WebSocket) =>
    new Promise<{ type: string; data: Record<string, unknown> }[] | null>((resolve) => {
      const messages: { type: string; data: Record<string, unknown> }[] = [];
      socket.onmessage = ({ data }) => messages.push(JSON.parse(String(data)));
      socket.onerror = () => resolve(null);
      socket.onclose = () => resolve(messages);
    });

  test.each([
    ["?token=", () => new WebSocket(address(done.id, `?token=${token()}`))],
    ["the subprotocol bearer", () => new WebSocket(address(done.id), ["bearer", token()])],
    [
      "Authorization",
      () => new WebSocket(address(done.id), { headers: admin().headers } as unknown as string[]),
    ],
  ])("the same comes over a WebSocket, with the token in %s", async (_where, open) => {
    const messages = await messagesOf(open());
    const progress = messages?.find(({ type }) => type === "training_progress");
    expect(progress).toMatchObject({
      type: "training_progress",
      data: { epoch: EPOCHS, learning_rate: 0.003 },
    });
    expect(progress!.data.loss).toEqual(expect.any(Number));
    expect(progress!.data.accuracy).toEqual(expect.any(Number));
    expect(messages!.at(-1)).toMatchObject({ type: "status", data: { status: "completed" } });
  });

  test("a WebSocket without a token, of nobody's or of somebody else's job is refused before it opens", async () => {
    const other = await member("onlooker");
    expect(await messagesOf(new WebSocket(address(done.id)))).toBeNull();
    expect(await messagesOf(new WebSocket(address(done.id, "?token=x.y.z")))).toBeNull();
    expect(await messagesOf(new WebSocket(address(99_999, `?token=${token()}`)))).toBeNull();
    const theirs = other.headers.authorization!.slice("Bearer ".length);
    expect(await messagesOf(new WebSocket(address(done.id, `?token=${theirs}`)))).toBeNull();
  });
});
