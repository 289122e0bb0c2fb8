import { describe, expect, it } from "vitest";
import { stripesPng, type TrainingPlace, trainingPlace } from "../support/training-place.ts";
import { pythonWithTorch } from "./python-with-torch.ts";

/** A real server with a real worker: over HTTP there and back, through stops and kills on either side. */

const python = pythonWithTorch();
const RESNET = { framework: "timm", model_name: "resnet18", epochs: 4, batch_size: 8 };
const SETTINGS = {
  preprocessing: { image_size: 32 },
  augmentation: { enabled: true, random_flip: true, random_crop: true },
  label_smoothing: 0.1,
  max_restarts: 10,
};

const withPython = () => trainingPlace({ QUATRAIN_PYTHON: python ?? "", QUATRAIN_TRAINING_STOP_GRACE: "20" });

/** Processes of the worker's jobs. */
async function jobProcesses(place: TrainingPlace): Promise<number[]> {
  const children = [...(await place.children())];
  return children.filter(([, words]) => words.includes("job_process")).map(([pid]) => pid);
}

async function jobProcess(place: TrainingPlace): Promise<number> {
  await expect.poll(() => jobProcesses(place), { timeout: 60_000 }).toHaveLength(1);
  return (await jobProcesses(place))[0]!;
}

/** Four pictures with a box in each. @returns the dataset's id */
async function boxes(place: TrainingPlace): Promise<string> {
  const form = new FormData();
  form.set("name", "Boxes");
  form.set("format", "coco");
  const [images, annotations] = [[] as object[], [] as object[]];
  for (let id = 1; id <= 4; id++) {
    form.append("files", await stripesPng(0, id), `images/${id}.png`);
    images.push({ id, file_name: `${id}.png`, width: 24, height: 24 });
    annotations.push({ id, image_id: id, category_id: 1, bbox: [2, 2, 10, 10] });
  }
  const document = { images, annotations, categories: [{ id: 1, name: "stripe" }] };
  form.append("files", new Blob([JSON.stringify(document)]), "annotations.json");
  return (await place.get("POST", "/datasets", form)).id;
}

describe.skipIf(python === null)("a server with a Python worker", () => {
  it("trains over HTTP, and goes on with the same figures after a stop and after a kill", {
    timeout: 240_000,
  }, async () => {
    const place = await withPython();
    await place.start();
    const dataset = await place.stripes();
    const straight = await place.started(dataset, SETTINGS, RESNET);
    expect(await place.until(straight, "completed", 100_000)).toMatchObject({
      engine: "python",
      current_epoch: 4,
      restarts: 0,
      error_message: null,
    });
    const expected = await place.rows(straight);
    expect(expected).toHaveLength(4);
    const { checkpoints } = await place.get("GET", `/training/jobs/${straight}/checkpoints`);
    expect(checkpoints.map(({ name }: { name: string }) => name)).toContain("attempt-1-epoch-0004.pth");
    expect((await place.get("GET", `/validation/results/${straight}`)).results).toHaveLength(4);
    const form = new FormData();
    form.set("training_job_id", String(straight));
    form.append("file", await stripesPng(0, 0), "picture.png");
    const { predictions } = await place.get("POST", "/test-inference", form);
    expect(predictions.map(({ label }: { label: string }) => label).sort()).toEqual([
      "across",
      "down",
      "slanting",
    ]);

    const stopped = await place.started(dataset, SETTINGS, RESNET);
    await place.untilEpoch(stopped, 1);
    const answer = await place.ask("POST", `/training/stop/${stopped}`);
    const left = await jobProcesses(place);
    expect(answer).toMatchObject({ status: 200, body: { status: "stopped" } });
    expect(left).toEqual([]);
    await place.get("POST", `/training/jobs/${stopped}/start?resume=true`);
    await place.until(stopped, "completed", 100_000);
    expect(await place.rows(stopped)).toEqual(expected);

    const killed = await place.started(dataset, SETTINGS, RESNET);
    process.kill(await jobProcess(place), "SIGKILL");
    expect(await place.until(killed, "completed", 100_000)).toMatchObject({ restarts: 1, attempt: 2 });
    expect(await place.rows(killed)).toEqual(expected);
    expect(await jobProcesses(place)).toEqual([]);
  });

  it("leaves no process behind when it ends or is killed, and goes on when it is back", {
    timeout: 240_000,
  }, async () => {
    const place = await withPython();
    await place.start();
    const job = await place.started(await place.stripes(), SETTINGS, RESNET);
    await jobProcess(place);
    expect((await place.server().end("SIGTERM")).code).toBe(0); // 1 where it took longer than 10 s
    expect(await place.children()).toEqual(new Map());
    await place.start();
    await jobProcess(place);
    expect(await place.get("GET", `/training/jobs/${job}`)).toMatchObject({ restarts: 0, status: "running" });
    await place.server().end("SIGKILL");
    await expect.poll(() => place.children()).toEqual(new Map());
    await place.start();
    expect(await place.until(job, "completed", 100_000)).toMatchObject({ restarts: 1 });
    expect(await place.rows(job)).toHaveLength(4);
  });

  it("says why it cannot train what its Python lacks, and how to attach one where none is", async () => {
    const yolo = {
      framework: "ultralytics",
      model_name: "yolov8n",
      task_type: "object_detection",
      epochs: 1,
    };
    const refusals: string[] = [];
    for (const place of [await withPython(), await trainingPlace()]) {
      await place.start();
      const job = await place.job(await boxes(place), {}, yolo);
      const answer = await place.ask("POST", `/training/jobs/${job}/start`);
      expect(answer).toMatchObject({ status: 503, body: { code: "TRAINING_SERVICE_UNAVAILABLE" } });
      expect(await place.get("GET", `/training/jobs/${job}`)).toMatchObject({
        status: "pending",
        attempt: 0,
      });
      refusals.push(answer.body.detail);
    }
    expect(refusals[0]).toMatch(/cannot train ultralytics: .*ultralytics/);
    expect(refusals[1]).toMatch(/none is attached: set QUATRAIN_PYTHON to a Python with torch/);
  });
});
