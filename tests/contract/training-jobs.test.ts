import { beforeAll, describe, expect, test } from "vitest";
import * as contract from "../../src/contracts/training/index.ts";
import { ErrorBody } from "../../src/contracts/training/vocabulary.ts";
import { colourPng, type Person, useTrainingServer } from "../support/training-server.ts";

const { ask, colours, job, member, admin } = useTrainingServer({ QUATRAIN_TRAINING_MAX_OPEN_JOBS: "60" });

const Job = contract.createTrainingJob.responses[201].schema;
const JobList = contract.listTrainingJobs.responses[200].schema;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** The document's own request, but for the dataset and its classes. */
const documentsOwn = (dataset_id: string, num_classes: number) => ({
  session_id: 1,
  project_id: 2,
  experiment_name: "ResNet-50 Experiment",
  tags: ["baseline", "classification"],
  notes: "Initial baseline training",
  config: {
    framework: "timm",
    model_name: "resnet50",
    task_type: "image_classification",
    dataset_id,
    dataset_format: "dice",
    num_classes,
    epochs: 50,
    batch_size: 32,
    learning_rate: 0.001,
    advanced_config: {
      optimizer: { type: "adamw", learning_rate: 0.001, weight_decay: 0.01, betas: [0.9, 0.999] },
      scheduler: { type: "cosine", T_max: 50, eta_min: 1e-6, warmup_epochs: 5, warmup_lr: 1e-6 },
      augmentation: {
        enabled: true,
        random_flip: true,
        random_flip_prob: 0.5,
        color_jitter: true,
        brightness: 0.2,
        contrast: 0.2,
      },
      mixed_precision: true,
      gradient_clip_value: 1.0,
    },
  },
});

let dataset: string;
beforeAll(async () => {
  dataset = (await colours({ each: 2 })).id;
});

const make = (config: object, around: object = {}, as: Person = admin()) =>
  ask("POST", "/training/jobs", {
    as,
    json: {
      ...around,
      config: {
        framework: "quatrain",
        model_name: "cnn4",
        task_type: "image_classification",
        dataset_id: dataset,
        ...config,
      },
    },
  });

describe("POST /api/v1/training/jobs", () => {
  test("takes the document's own request, and answers every field of the document's", async () => {
    const request = documentsOwn(dataset, 3);
    const { status, body } = await ask("POST", "/training/jobs", { json: request });
    expect(status, JSON.stringify(body)).toBe(201);
    Job.parse(body);
    const { config, ...around } = request;
    const { advanced_config: advanced, ...settings } = config;
    expect(body).toMatchObject({
      ...around,
      ...settings,
      dataset_path: dataset,
      status: "pending",
      primary_metric: "accuracy",
      primary_metric_mode: "max",
      started_at: null,
      completed_at: null,
      current_epoch: 0,
      total_epochs: 50,
      mlflow_run_id: null,
      project_name: expect.any(String),
      advanced_config: advanced,
      warnings: [],
      owner_id: admin().id,
      visibility: "private",
      engine: "embedded",
    });
    expect(Number.isInteger(body.id)).toBe(true);
    expect(body.created_at).toMatch(INSTANT);
    expect(body.output_dir).toMatch(new RegExp(`outputs/job_\\d{8}_\\d{6}_${body.id}$`));
    expect(body.effective_config.mixed_precision).toMatchObject({ requested: true, effective: false });
    expect(body.effective_config.mixed_precision.reason).not.toBe("");
    expect(body.effective_config.gradient_clip_value).toMatchObject({ effective: 1 });

    const found = await ask("GET", `/training/jobs/${body.id}`);
    expect(found.status).toBe(200);
    contract.getTrainingJob.responses[200].schema.parse(found.body);
    expect(found.body).toEqual(body);
    const other = await ask("POST", "/training/jobs", { json: request });
    expect(other.body.output_dir).not.toBe(body.output_dir);
  });

  test("fills in what is left out", async () => {
    const { status, body } = await make({});
    expect(status).toBe(201);
    expect(body).toMatchObject({
      session_id: null,
      project_id: null,
      project_name: null,
      experiment_name: null,
      tags: [],
      notes: null,
      num_classes: 3,
      epochs: 50,
      batch_size: 32,
      learning_rate: 0.001,
      dataset_format: "imagefolder",
      advanced_config: null,
      priority: 0,
      attempt: 0,
    });
  });

  test("takes numbers that come as text, and nulls for what is not said", async () => {
    const { status, body } = await make(
      { epochs: "3", batch_size: "8", learning_rate: "1e-3", num_classes: null, dataset_path: null },
      { session_id: null, project_id: "7", notes: null },
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({ epochs: 3, batch_size: 8, learning_rate: 0.001, project_id: 7 });
  });

  test("the optimizer's learning rate wins, and effective_config says which was used", async () => {
    const { body } = await make({
      learning_rate: 0.1,
      advanced_config: { optimizer: { learning_rate: 0.002 } },
    });
    expect(body.effective_config["optimizer.learning_rate"]).toMatchObject({ effective: 0.002 });
  });

  test("a setting that nobody knows is told, not swallowed", async () => {
    const { status, body } = await make({
      advanced_config: { optimizer: { learing_rate: 0.1 }, sparkle: 1 },
    });
    expect(status).toBe(201);
    expect(body.warnings.join("\n")).toMatch(/learing_rate/);
    expect(body.warnings.join("\n")).toMatch(/sparkle/);
  });

  test.each([
    ["no framework", { framework: undefined }, 422, "VALIDATION_ERROR", "framework"],
    ["no model", { model_name: undefined }, 422, "VALIDATION_ERROR", "model_name"],
    ["no task", { task_type: undefined }, 422, "VALIDATION_ERROR", "task_type"],
    ["no dataset", { dataset_id: undefined }, 400, "NO_DATASET", "dataset_id"],
    ["an unknown dataset", { dataset_id: "8ab5c6e4" }, 404, "DATASET_NOT_FOUND", "dataset_id"],
    ["other classes", { num_classes: 10 }, 422, "VALIDATION_ERROR", "num_classes"],
    ["no epochs", { epochs: 0 }, 422, "VALIDATION_ERROR", "epochs"],
    ["1001 epochs", { epochs: 1_001 }, 422, "VALIDATION_ERROR", "epochs"],
    ["half an epoch", { epochs: 1.5 }, 422, "VALIDATION_ERROR", "epochs"],
    ["an empty batch", { batch_size: 0 }, 422, "VALIDATION_ERROR", "batch_size"],
    ["a batch of 513", { batch_size: 513 }, 422, "VALIDATION_ERROR", "batch_size"],
    ["no learning rate", { learning_rate: 0 }, 422, "VALIDATION_ERROR", "learning_rate"],
    ["a learning rate above 1", { learning_rate: 1.01 }, 422, "VALIDATION_ERROR", "learning_rate"],
    ["an unknown task", { task_type: "poetry" }, 422, "VALIDATION_ERROR", "task_type"],
    [
      "detection with boxless labels",
      { task_type: "object_detection" },
      422,
      "VALIDATION_ERROR",
      "task_type",
    ],
    ["an unknown model of ours", { model_name: "cnn5" }, 422, "VALIDATION_ERROR", "model_name"],
    ["an unknown framework", { framework: "pytorch_lightning" }, 404, "FRAMEWORK_NOT_FOUND", "framework"],
    [
      "betas of three",
      { advanced_config: { optimizer: { betas: [0.9, 0.99, 1] } } },
      422,
      "VALIDATION_ERROR",
      "advanced_config.optimizer.betas",
    ],
    [
      "an unknown scheduler",
      { advanced_config: { scheduler: { type: "linear" } } },
      422,
      "VALIDATION_ERROR",
      "advanced_config.scheduler.type",
    ],
    [
      "weights of no class",
      { advanced_config: { class_weights: { mauve: 2 } } },
      422,
      "VALIDATION_ERROR",
      "advanced_config.class_weights",
    ],
    ["settings as a list", { advanced_config: [] }, 422, "VALIDATION_ERROR", "advanced_config"],
  ])("refuses %s", async (_what, config, status, code, field) => {
    const answer = await make(config);
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([status, code, field]);
    ErrorBody.parse(answer.body);
    if (status !== 422) return;
    expect(answer.body.errors.length).toBeGreaterThan(0);
    expect(answer.body.errors[0].loc[0]).toBe("body");
  });

  test("for detection: whose engine does not do it is told whose does; without a worker it waits for one", async () => {
    const form = new FormData();
    form.set("name", "Boxes");
    form.append("files", await colourPng(0, 0), "images/0.png");
    const coco = {
      images: [{ id: 1, file_name: "0.png", width: 32, height: 32 }],
      categories: [{ id: 3, name: "bolt" }],
      annotations: [{ id: 1, image_id: 1, category_id: 3, bbox: [2, 3, 10, 12] }],
    };
    form.append("files", new Blob([JSON.stringify(coco)]), "annotations.json");
    const { body: boxes } = await ask("POST", "/datasets", { form });
    expect(boxes).toMatchObject({ task_type: "object_detection", class_distribution: { bolt: 1 } });
    const detection = { dataset_id: boxes.id, task_type: "object_detection" };
    for (const [framework, model_name] of [
      ["quatrain", "cnn4"],
      ["timm", "resnet18"],
    ]) {
      const { status, body } = await make({ ...detection, framework, model_name });
      ErrorBody.parse(body);
      expect([status, body.field]).toEqual([422, "task_type"]);
      expect(body.detail).toContain("ultralytics");
      expect(body.errors[0]).toMatchObject({ loc: ["body", "task_type"], msg: body.detail });
    }
    const { status, body } = await make({ ...detection, framework: "ultralytics", model_name: "yolov8n" });
    expect([status, body.engine]).toEqual([201, "python"]);
    expect((await ask("POST", `/training/jobs/${body.id}/start`)).body.code).toBe(
      "TRAINING_SERVICE_UNAVAILABLE",
    );
  });

  test("refuses bodies that are none, in the same shape", async () => {
    for (const json of ["{", "[]", "null", "", "7", '{"config": 5}', "{}"]) {
      const { status, body } = await ask("POST", "/training/jobs", { json });
      expect([json, status < 500, body.code]).toEqual([json, true, "VALIDATION_ERROR"]);
      ErrorBody.parse(body);
    }
    const large = JSON.stringify({ notes: "x".repeat(2 ** 21), config: {} });
    expect((await ask("POST", "/training/jobs", { json: large })).status).toBe(413);
  });

  test("several faults are told at once", async () => {
    const { body } = await make({ epochs: -1, batch_size: "many", learning_rate: null });
    expect(body.errors.map(({ loc }: { loc: string[] }) => loc.join("."))).toEqual([
      "body.config.epochs",
      "body.config.batch_size",
      "body.config.learning_rate",
    ]);
    for (const name of ["epochs", "batch_size", "learning_rate"]) expect(body.detail).toContain(name);
  });

  test("a user has so many unfinished jobs at most", async () => {
    const one = await member("hoarder");
    const own = await colours({ as: one, each: 1 });
    for (let index = 0; index < 60; index++) await job({ dataset_id: own.id }, {}, one);
    const { status, body } = await make({ dataset_id: own.id }, {}, one);
    expect([status, body.code]).toEqual([409, "INVALID_STATUS"]);
  });
});

describe("GET /api/v1/training/jobs", () => {
  test("narrows, sorts and pages", async () => {
    const one = await member("sorter");
    const own = await colours({ as: one, each: 1 });
    const at = (name: string, around: object, config: object = {}) =>
      job({ dataset_id: own.id, ...config }, { experiment_name: name, ...around }, one);
    const a = await at("Alpha Über", { priority: 1, project_id: 31 });
    const b = await at("Beta", { priority: 3, session_id: 9 }, { model_name: "tiny" });
    const c = await at(
      "Gamma",
      { priority: 2, project_id: 31 },
      { framework: "timm", model_name: "resnet18" },
    );
    await ask("POST", `/training/stop/${b.id}`, { as: one });
    const list = async (query: string) => {
      const { status, body } = await ask("GET", `/training/jobs?${query}`, { as: one });
      expect(status, JSON.stringify(body)).toBe(200);
      JobList.parse(body);
      return body.jobs.map(({ id }: { id: number }) => id);
    };
    expect(await list("")).toEqual([c.id, b.id, a.id]);
    expect(await list("sort=priority&order=desc")).toEqual([b.id, c.id, a.id]);
    expect(await list("sort=id&order=asc")).toEqual([a.id, b.id, c.id]);
    expect(await list("status=stopped")).toEqual([b.id]);
    expect(await list("status=pending")).toEqual([c.id, a.id]);
    expect(await list("project_id=31")).toEqual([c.id, a.id]);
    expect(await list("session_id=9")).toEqual([b.id]);
    expect(await list("framework=timm")).toEqual([c.id]);
    expect(await list("model_name=tiny")).toEqual([b.id]);
    expect(await list(`dataset_id=${own.id}&limit=2`)).toEqual([c.id, b.id]);
    expect(await list("search=BET")).toEqual([b.id]);
    expect(await list("search=%C3%9Cber")).toEqual([a.id]);
    expect(await list("skip=1&limit=1")).toEqual([b.id]);
    const page = (await ask("GET", "/training/jobs?skip=1&limit=1", { as: one })).body;
    expect(page).toMatchObject({ total: 3, skip: 1, limit: 1 });
    for (const [query, field] of [
      ["status=sleeping", "status"],
      ["sort=colour", "sort"],
      ["limit=0", "limit"],
    ]) {
      const { status, body } = await ask("GET", `/training/jobs?${query}`, { as: one });
      expect([status, body.field]).toEqual([422, field]);
    }
  });
});

describe("jobs that were not started", () => {
  test("have nothing measured, and say so", async () => {
    const { id } = await job({ dataset_id: dataset });
    for (const path of [`/training/jobs/${id}/metrics`, `/training/jobs/${id}/logs`]) {
      expect(await ask("GET", path)).toMatchObject({ status: 200, body: [] });
    }
    expect((await ask("GET", `/validation/results/${id}`)).body).toEqual({ job_id: id, results: [] });
    expect((await ask("GET", `/training/jobs/${id}/checkpoints`)).body).toEqual({ checkpoints: [] });
    expect((await ask("GET", `/training/jobs/${id}/steps`)).body).toEqual({
      job_id: id,
      total: 0,
      steps: [],
    });
    const model = await ask("GET", `/training/jobs/${id}/export`);
    expect([model.status, model.body.code]).toEqual([404, "CHECKPOINT_NOT_FOUND"]);
  });

  test("are stopped, and deleted", async () => {
    const { id } = await job({ dataset_id: dataset });
    const stopped = await ask("POST", `/training/stop/${id}`);
    expect(stopped.status).toBe(200);
    expect(stopped.body).toEqual({
      job_id: id,
      status: "stopped",
      message: "Training job stopped successfully",
    });
    expect((await ask("GET", `/training/jobs/${id}`)).body.completed_at).toMatch(INSTANT);
    const again = await ask("POST", `/training/stop/${id}`);
    expect([again.status, again.body.code]).toEqual([409, "INVALID_STATUS"]);
    expect((await ask("DELETE", `/training/jobs/${id}`)).status).toBe(200);
    const gone = await ask("GET", `/training/jobs/${id}`);
    expect([gone.status, gone.body.code]).toEqual([404, "JOB_NOT_FOUND"]);
  });

  test("cannot be started with a checkpoint that is not there", async () => {
    const { id } = await job({ dataset_id: dataset }, { project_id: 2 });
    const paths = [
      "resume=true",
      ...["../../etc/passwd", "/etc/passwd", "outputs/job_1/checkpoints/x"].map(
        (path) => `checkpoint_path=${encodeURIComponent(path)}`,
      ),
    ];
    for (const query of paths) {
      const { status, body } = await ask("POST", `/training/jobs/${id}/start?${query}`);
      ErrorBody.parse(body);
      expect([query, status, body.code]).toEqual([query, 404, "CHECKPOINT_NOT_FOUND"]);
    }
    expect((await ask("GET", `/training/jobs/${id}`)).body.status).toBe("pending");
    const wrong = await ask("POST", `/training/jobs/${id}/start?resume=maybe`);
    expect([wrong.status, wrong.body.field]).toEqual([422, "resume"]);
  });

  test("of an engine that is not there answer 503, and stay startable", async () => {
    const { status, body } = await make({ framework: "timm", model_name: "efficientnet_b0" });
    expect(status, JSON.stringify(body)).toBe(201);
    for (let attempt = 0; attempt < 2; attempt++) {
      const start = await ask("POST", `/training/jobs/${body.id}/start`);
      ErrorBody.parse(start.body);
      expect([start.status, start.body.code]).toEqual([503, "TRAINING_SERVICE_UNAVAILABLE"]);
    }
    expect((await ask("GET", `/training/jobs/${body.id}`)).body.status).toBe("pending");
  });

  test("cannot be started once their dataset is gone, or shows other classes", async () => {
    const own = await colours({ each: 1 });
    const { id } = await job({ dataset_id: own.id });
    expect((await ask("DELETE", `/datasets/${own.id}/file/red/0.png`)).status).toBe(200);
    const changed = await ask("POST", `/training/jobs/${id}/start`);
    expect([changed.status, changed.body.code]).toEqual([409, "INVALID_STATUS"]);
    expect((await ask("DELETE", `/datasets/${own.id}`)).status).toBe(200);
    const gone = await ask("POST", `/training/jobs/${id}/start`);
    expect([gone.status, gone.body.code]).toEqual([404, "DATASET_NOT_FOUND"]);
  });
});

test("unknown jobs and validations are 404 in the contract's words", async () => {
  for (const [method, path] of [
    ["GET", "/training/jobs/99999"],
    ["DELETE", "/training/jobs/99999"],
    ["POST", "/training/jobs/99999/start"],
    ["POST", "/training/stop/99999"],
    ["GET", "/training/jobs/99999/metrics"],
    ["GET", "/training/jobs/99999/steps"],
    ["GET", "/training/jobs/99999/logs"],
    ["GET", "/training/jobs/99999/events"],
    ["GET", "/training/jobs/99999/checkpoints"],
    ["GET", "/training/jobs/99999/checkpoints/x"],
    ["GET", "/training/jobs/99999/export"],
    ["GET", "/validation/results/99999"],
  ]) {
    const { status, body } = await ask(method!, path!);
    ErrorBody.parse(body);
    expect([path, status, body.code]).toEqual([path, 404, "JOB_NOT_FOUND"]);
    expect(Object.keys(body).sort()).toEqual(["code", "detail", "request_id"]);
  }
  for (const path of ["/validation/images/99999", "/validation/images/99999/1/file"]) {
    const { status, body } = await ask("GET", path);
    expect([status, body.code]).toEqual([404, "VALIDATION_NOT_FOUND"]);
  }
  for (const path of [
    "/training/jobs/x",
    "/training/jobs/0",
    "/training/jobs/1e400",
    "/validation/images/x",
  ]) {
    const { status, body } = await ask("GET", path);
    expect([path, status, body.code]).toEqual([path, 422, "VALIDATION_ERROR"]);
  }
});
