import { createHash } from "node:crypto";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { beforeAll, describe, expect, test } from "vitest";
import * as contract from "../../src/contracts/training/index.ts";
import { ErrorBody } from "../../src/contracts/training/vocabulary.ts";
import { decodePicture } from "../../src/ml/images/decode-picture.ts";
import {
  colourPng,
  SMALL_PICTURES,
  type TrainedJob,
  trainColours,
  useTrainingServer,
} from "../support/training-server.ts";

/** One job is trained to its end; what it is good for. */
const server = useTrainingServer();
const { ask, url, job, until, admin, member } = server;

const EPOCHS = 4;

let { dataset, done } = {} as TrainedJob;
beforeAll(async () => {
  ({ dataset, done } = await trainColours(server));
});

const upload = (
  fields: Readonly<Record<string, string | undefined>>,
  files: readonly Blob[] = [],
  as = admin(),
) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ training_job_id: String(done.id), ...fields })) {
    form.set(name, value ?? "");
  }
  for (const [index, file] of files.entries()) form.append("file", file, `${index}.png`);
  return ask("POST", "/test-inference", { form, as });
};
const download = (path: string) => fetch(url(`/api/v1${path}`), { headers: admin().headers });

describe("its validations", () => {
  const results = async () => (await ask("GET", `/validation/results/${done.id}`)).body.results;

  test("are reported by epoch, as the document has them", async () => {
    const { status, body } = await ask("GET", `/validation/results/${done.id}`);
    expect(status).toBe(200);
    contract.validationResults.responses[200].schema.parse(body);
    expect(body.job_id).toBe(done.id);
    expect(body.results.map(({ epoch }: { epoch: number }) => epoch)).toEqual([1, 2, 3, 4]);
    const last = body.results[3];
    expect(last).toMatchObject({
      task_type: "image_classification",
      primary_metric_name: "accuracy",
      primary_metric_value: last.metrics.accuracy,
      class_names: dataset.classes,
      image_count: 6,
    });
    for (const name of ["accuracy", "precision", "recall", "f1"]) {
      expect(last.metrics[name]).toBeGreaterThanOrEqual(0);
      expect(last.metrics[name]).toBeLessThanOrEqual(1);
    }
    expect(Object.keys(last.per_class_metrics).sort()).toEqual([...dataset.classes].sort());
    expect(last.per_class_metrics.red).toMatchObject({ support: 2 });
    const matrix: number[][] = last.confusion_matrix;
    expect(matrix.map((row) => row.reduce((sum, count) => sum + count, 0))).toEqual([2, 2, 2]);
    const hits = matrix.reduce((sum, row, index) => sum + row[index]!, 0);
    expect(last.metrics.accuracy).toBeCloseTo(hits / 6, 6);
    expect(last.checkpoint_path).toContain("/checkpoints/");
    expect(last.overall_loss).toEqual(expect.any(Number));
    expect(last.calibration_error).toBeGreaterThanOrEqual(0);
    expect((await ask("GET", `/validation/results/${done.id}?limit=1`)).body.results[0].id).toBe(last.id);
  });

  test("tell how each picture went, with the picture", async () => {
    const [first] = await results();
    const list = async (query = "") => {
      const { status, body } = await ask("GET", `/validation/images/${first.id}${query}`);
      expect(status, JSON.stringify(body)).toBe(200);
      contract.validationImages.responses[200].schema.parse(body);
      return body;
    };
    const all = await list();
    expect(all).toMatchObject({ validation_result_id: first.id, total: 6, skip: 0, limit: 50 });
    for (const image of all.images) {
      expect(image.image_path).toBe(`${image.true_label}/${image.image_name}`);
      expect(image.true_label).toBe(dataset.classes[image.true_label_id]);
      expect(image.predicted_label).toBe(dataset.classes[image.predicted_label_id]);
      expect(image.is_correct).toBe(image.true_label === image.predicted_label);
      expect(image.top5_predictions[0]).toMatchObject({ label: image.predicted_label });
      expect(image.top5_predictions[0].confidence).toBeCloseTo(image.confidence, 6);
      expect(image.top5_predictions).toHaveLength(3);
    }
    const right = await list("?is_correct=true");
    const wrong = await list("?is_correct=false");
    expect(right.images.every(({ is_correct }: { is_correct: boolean }) => is_correct)).toBe(true);
    expect(wrong.images.some(({ is_correct }: { is_correct: boolean }) => is_correct)).toBe(false);
    expect(right.total + wrong.total).toBe(6);
    expect(right.total / 6).toBeCloseTo(first.metrics.accuracy, 6);
    const page = await list("?skip=4&limit=1");
    expect(page).toMatchObject({ total: 6, skip: 4, limit: 1, images: [{ id: all.images[4].id }] });
    expect((await list("?true_label=red")).total).toBe(2);
    const unsure = (await list("?sort=confidence")).images.map(
      ({ confidence }: { confidence: number }) => confidence,
    );
    expect(unsure).toEqual([...unsure].sort((a, b) => a - b));

    const [image] = all.images;
    const file = await fetch(url(image.url), { headers: admin().headers });
    expect(file.headers.get("content-type")).toBe("image/png");
    const original = await download(`/datasets/${dataset.id}/file/${image.image_path}`);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(Buffer.from(await original.arrayBuffer()));
    const absent = await ask("GET", `/validation/images/${first.id}/99999/file`);
    expect([absent.status, absent.body.code]).toEqual([404, "IMAGE_NOT_FOUND"]);
    const stranger = await member("validator");
    expect((await ask("GET", `/validation/images/${first.id}`, { as: stranger })).body.code).toBe(
      "VALIDATION_NOT_FOUND",
    );
    expect((await ask("GET", `/validation/images/${first.id}?is_correct=perhaps`)).body.field).toBe(
      "is_correct",
    );
  });
});

describe("POST /api/v1/test-inference", () => {
  test("tells what the model sees, most likely first", async () => {
    const { status, body } = await upload({ confidence_threshold: "0", top_k: "5" }, [
      await colourPng(1, 70),
    ]);
    expect(status, JSON.stringify(body)).toBe(200);
    contract.testInference.responses[200].schema.parse(body);
    expect(body).toMatchObject({
      task_type: "image_classification",
      model_name: "cnn4",
      epoch: done.best_epoch,
      checkpoint_path: done.best_checkpoint_path,
      predictions: [{ label: "green", label_id: dataset.classes.indexOf("green") }, {}, {}],
    });
    const confidences = body.predictions.map(({ confidence }: { confidence: number }) => confidence);
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
    expect(confidences.reduce((sum: number, one: number) => sum + one, 0)).toBeCloseTo(1, 5);
    expect(body.inference_time_ms).toBeGreaterThan(0);
    expect(body).not.toHaveProperty("results");
  });

  test("top_k and confidence_threshold cut the list", async () => {
    const picture = [await colourPng(0, 71)];
    expect((await upload({ top_k: "1" }, picture)).body.predictions).toHaveLength(1);
    const sure = (await upload({ confidence_threshold: "0.5" }, picture)).body.predictions;
    expect(sure).toMatchObject([{ label: "red" }]);
    for (const fields of [{ top_k: "0" }, { confidence_threshold: "1.1" }, { epoch: "none" }]) {
      const { status, body } = await upload(fields, picture);
      expect([status, body.field]).toEqual([422, Object.keys(fields)[0]]);
    }
  });

  test("several pictures are answered as a list; one that is none does not spoil the others", async () => {
    const files = [await colourPng(0, 72), new Blob(["no picture"]), await colourPng(2, 73)];
    const { status, body } = await upload({ top_k: "1" }, files);
    expect(status).toBe(200);
    expect(body.predictions).toMatchObject([{ label: "red" }]);
    expect(body.results).toMatchObject([
      { filename: "0.png", predictions: [{ label: "red" }], error: null },
      { filename: "1.png", predictions: [] },
      { filename: "2.png", predictions: [{ label: "blue" }], error: null },
    ]);
    expect(body.results[1].error).toEqual(expect.any(String));
  });

  test("an epoch or a checkpoint may be chosen, where it is kept", async () => {
    const picture = [await colourPng(0, 74)];
    const { checkpoints } = (await ask("GET", `/training/jobs/${done.id}/checkpoints`)).body;
    for (const { epoch, path } of checkpoints) {
      for (const fields of [{ epoch: String(epoch) }, { checkpoint_path: path }]) {
        expect((await upload(fields, picture)).body).toMatchObject({ epoch, checkpoint_path: path });
      }
    }
    for (const fields of [{ epoch: "99" }, { checkpoint_path: "/etc/passwd" }]) {
      const { status, body } = await upload(fields, picture);
      expect([status, body.code]).toEqual([404, "CHECKPOINT_NOT_FOUND"]);
    }
  });

  test("refuses what is no picture, no file, no job, and models without a checkpoint", async () => {
    const broken = await upload({}, [new Blob(["no picture"])]);
    expect(broken.status).toBe(400);
    ErrorBody.parse(broken.body);
    const none = await upload({});
    expect([none.status, none.body.code, none.body.field]).toEqual([422, "VALIDATION_ERROR", "file"]);
    const picture = [await colourPng(0, 75)];
    const absent = await upload({ training_job_id: "99999" }, picture);
    expect([absent.status, absent.body.code]).toEqual([404, "JOB_NOT_FOUND"]);
    const nameless = await upload({ training_job_id: "" }, picture);
    expect([nameless.status, nameless.body.field]).toEqual([422, "training_job_id"]);
    const untrained = await job({ dataset_id: dataset.id });
    const early = await upload({ training_job_id: String(untrained.id) }, picture);
    expect([early.status, early.body.code]).toEqual([404, "CHECKPOINT_NOT_FOUND"]);
    const stranger = await member("guesser");
    expect((await upload({}, picture, stranger)).body.code).toBe("JOB_NOT_FOUND");
  });
});

describe("its checkpoints", () => {
  test("are listed newest first, with their roles, and come whole", async () => {
    const { status, body } = await ask("GET", `/training/jobs/${done.id}/checkpoints`);
    expect(status).toBe(200);
    contract.listCheckpoints.responses[200].schema.parse(body);
    const epochs = body.checkpoints.map(({ epoch }: { epoch: number }) => epoch);
    expect(epochs).toEqual([...epochs].sort((a, b) => b - a));
    const having = (role: string) =>
      body.checkpoints.filter(({ roles }: { roles: string[] }) => roles.includes(role));
    expect(having("last")).toMatchObject([{ epoch: EPOCHS, path: done.last_checkpoint_path }]);
    expect(having("best")).toMatchObject([{ epoch: done.best_epoch, metric: done.best_metric }]);
    expect(having("periodic").map(({ epoch }: { epoch: number }) => epoch)).toEqual([4, 3]);
    const [newest] = body.checkpoints;
    const file = await download(`/training/jobs/${done.id}/checkpoints/${newest.name}`);
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(bytes.length).toBe(newest.bytes);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(newest.sha256);
    const absent = await ask("GET", `/training/jobs/${done.id}/checkpoints/nothing.safetensors`);
    expect([absent.status, absent.body.code]).toEqual([404, "CHECKPOINT_NOT_FOUND"]);
  });

  test("lend their weights to other jobs of the project, and to no others", async () => {
    const begin = async (project_id: number, query: string) => {
      const made = await job(
        { dataset_id: dataset.id, epochs: 1, advanced_config: SMALL_PICTURES },
        { project_id },
      );
      const path = encodeURIComponent(done.best_checkpoint_path);
      return ask("POST", `/training/jobs/${made.id}/start?checkpoint_path=${path}${query}`);
    };
    for (const [project, query] of [
      [5, ""],
      [4, "&resume=true"],
    ] as const) {
      const { status, body } = await begin(project, query);
      expect([status, body.code]).toEqual([404, "CHECKPOINT_NOT_FOUND"]);
    }
    const { status, body } = await begin(4, "");
    expect(status, JSON.stringify(body)).toBe(200);
    expect((await until(body.id, "completed")).final_accuracy).toBeGreaterThan(0.8);
  });

  test("can be deleted", async () => {
    const { checkpoints } = (await ask("GET", `/training/jobs/${done.id}/checkpoints`)).body;
    const { name } = checkpoints.find(({ epoch }: { epoch: number }) => epoch === EPOCHS - 1);
    const path = `/training/jobs/${done.id}/checkpoints/${name}`;
    expect((await ask("DELETE", path)).status).toBe(200);
    expect((await ask("DELETE", path)).body.code).toBe("CHECKPOINT_NOT_FOUND");
  });
});

test("the exported model says in ONNX what test-inference says", async () => {
  const response = await download(`/training/jobs/${done.id}/export`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-disposition")).toMatch(
    /attachment; filename="cnn4-job-\d+-epoch-\d+\.onnx"/,
  );
  const session = await InferenceSession.create(Buffer.from(await response.arrayBuffer()));
  const blob = await colourPng(1, 80);
  const picture = await decodePicture(Buffer.from(await blob.arrayBuffer()), {
    maxBytes: 2 ** 20,
    maxPixels: 2 ** 20,
  });
  const [mean, std] = ["mean", "std"].map((name) => done.effective_config[`preprocessing.${name}`].effective);
  const pixels = 32 * 32;
  const data = new Float32Array(3 * pixels);
  for (let channel = 0; channel < 3; channel++) {
    for (let at = 0; at < pixels; at++) {
      data[channel * pixels + at] = (picture.data[at * 3 + channel]! / 255 - mean[channel]) / std[channel];
    }
  }
  const { probabilities } = await session.run({ images: new Tensor("float32", data, [1, 3, 32, 32]) });
  const { body } = await upload({ top_k: "3" }, [blob]);
  for (const { label_id, confidence } of body.predictions) {
    expect((probabilities!.data as Float32Array)[label_id]).toBeCloseTo(confidence, 5);
  }
  const absent = await ask("GET", `/training/jobs/${done.id}/export?checkpoint=none.safetensors`);
  expect([absent.status, absent.body.code]).toEqual([404, "CHECKPOINT_NOT_FOUND"]);
});

test("a finished job outlives its dataset, keeps its pictures, and goes with everything", async () => {
  expect((await ask("DELETE", `/datasets/${dataset.id}`)).status).toBe(200);
  const [first] = (await ask("GET", `/validation/results/${done.id}`)).body.results;
  const [image] = (await ask("GET", `/validation/images/${first.id}`)).body.images;
  expect((await fetch(url(image.url), { headers: admin().headers })).status).toBe(200);
  expect((await ask("DELETE", `/training/jobs/${done.id}`)).status).toBe(200);
  for (const [path, code] of [
    [`/training/jobs/${done.id}`, "JOB_NOT_FOUND"],
    [`/validation/images/${first.id}`, "VALIDATION_NOT_FOUND"],
    [`/training/jobs/${done.id}/checkpoints`, "JOB_NOT_FOUND"],
  ]) {
    expect((await ask("GET", path!)).body.code).toBe(code);
  }
});
