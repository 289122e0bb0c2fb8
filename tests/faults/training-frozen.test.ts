import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  EVERYTHING,
  stripesPng,
  type TrainingPlace,
  trainingPlace,
  undisturbed,
} from "../support/training-place.ts";

/** What a job trains on is frozen for it: datasets change and go meanwhile, and the disk is freed with the last user. */

/** Files below a folder of the store. */
async function stored(place: TrainingPlace, folder: string): Promise<string[]> {
  const entries = await readdir(join(place.dataDir, "training", folder), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function replace(place: TrainingPlace, dataset: string, path: string, index: number): Promise<void> {
  const form = new FormData();
  form.append("files", await stripesPng(2, index), path);
  await place.get("POST", `/datasets/${dataset}/files`, form);
}

describe("a dataset that changes while a job trains on it", () => {
  it("changes nothing for the job, not even when its trainer has to begin again", async () => {
    const place = await trainingPlace();
    await place.start();
    const dataset = await place.stripes();
    const expected = await undisturbed(place, dataset);
    const before = (await stored(place, "blobs")).length;
    const job = await place.started(dataset, EVERYTHING);
    await place.trainer();
    for (const index of [0, 1, 2]) await place.get("DELETE", `/datasets/${dataset}/file/across/${index}.png`);
    await replace(place, dataset, "down/0.png", 900);
    expect(await place.ask("DELETE", `/datasets/${dataset}`)).toMatchObject({
      status: 409,
      body: { code: "INVALID_STATUS" },
    });
    process.kill(await place.trainer(), "SIGKILL");
    expect(await place.until(job, "completed")).toMatchObject({ restarts: 1 });
    expect(await place.rows(job)).toEqual(expected);
    expect(await stored(place, "blobs")).toHaveLength(before + 1); // nothing collected, one came

    // the dataset goes; its pictures stay for whoever looks at the job's validations
    await place.get("DELETE", `/datasets/${dataset}`);
    const [{ id }] = (await place.get("GET", `/validation/results/${job}`)).results;
    const { images } = await place.get("GET", `/validation/images/${id}`);
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) {
      expect((await place.ask("GET", image.url.replace("/api/v1", ""))).status).toBe(200);
    }
    for (const { id: each } of (await place.get("GET", "/training/jobs")).jobs) {
      expect((await stored(place, "blobs")).length).toBe(before);
      await place.get("DELETE", `/training/jobs/${each}`);
    }
    for (const folder of ["blobs", "snapshots", "outputs"]) expect(await stored(place, folder)).toEqual([]);
  });

  it("gives a job that is started afresh its new pictures, and lets the old ones go", async () => {
    const place = await trainingPlace();
    await place.start();
    const dataset = await place.stripes();
    const job = await place.started(dataset);
    await place.trainer();
    const first = await stored(place, "blobs");
    await place.get("POST", `/training/stop/${job}`);
    await place.get("DELETE", `/datasets/${dataset}/file/across/0.png`);
    expect(await stored(place, "blobs")).toHaveLength(first.length); // frozen for the job
    await place.get("POST", `/training/jobs/${job}/start`);
    expect(await stored(place, "blobs")).toHaveLength(first.length - 1);
    expect(await stored(place, "snapshots")).toHaveLength(1);
    await place.until(job, "completed");
  });
});

describe("what a killed server left behind", () => {
  it("is deleted at the next start, and nothing else", async () => {
    const place = await trainingPlace();
    await place.start();
    const job = await place.started(await place.stripes());
    await place.until(job, "completed");
    const folders = ["blobs", "snapshots", "outputs"];
    const before = await Promise.all(folders.map((folder) => stored(place, folder)));
    const outputs = (await place.get("GET", `/training/jobs/${job}`)).output_dir;
    await place.server().end("SIGKILL");
    const leftovers = [
      join(outputs, "checkpoints", "epoch_0002_run_9.safetensors"), // a checkpoint without its row
      join(
        place.dataDir,
        "training",
        "outputs",
        "job_20200101_000000_99",
        "checkpoints",
        "epoch_0001_run_1.pth",
      ),
      join(place.dataDir, "training", "blobs", "ab", "ab".repeat(32)),
      join(place.dataDir, "training", "snapshots", `${"cd".repeat(32)}.json`),
    ];
    for (const path of leftovers) {
      await mkdir(join(path, ".."), { recursive: true });
      await writeFile(path, "left behind");
    }
    await place.start();
    await expect.poll(() => Promise.all(folders.map((folder) => stored(place, folder)))).toEqual(before);
  });
});
