import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { examineImage, isImageName } from "../../src/systems/training/datasets/examine-image.ts";
import { exportDataset } from "../../src/systems/training/datasets/export/export-dataset.ts";
import { manifestOf } from "../../src/systems/training/datasets/freeze-manifest.ts";
import { indexDataset } from "../../src/systems/training/datasets/index/index-dataset.ts";
import { summarise } from "../../src/systems/training/datasets/report/summarise.ts";
import { readZip } from "../../src/systems/training/datasets/zip/read-zip.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Real datasets, which stay outside the repository: skipped where they are not there. */

const SAMPLES = fileURLToPath(new URL("../../../shared/samples/training/", import.meta.url));
const limits = { maxBytes: 20_000_000, maxPixels: 20_000_000 };

async function examined(name: string) {
  const root = `${SAMPLES}${name}/`;
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length).replace(/^\/+/, ""));
  const files = await Promise.all(
    paths.map(async (path) => {
      const bytes = await readFile(root + path);
      const found = isImageName(path) ? await examineImage(bytes, path, limits) : null;
      const isImage = found !== null && !("code" in found);
      const size = isImage ? { width: found.width, height: found.height } : { width: null, height: null };
      return { path, isImage, ...size, bytes: bytes.length, sha256: "" };
    }),
  );
  const readText = (path: string) => readFile(root + path, "utf8");
  return { root, files, index: await indexDataset({ format: "auto", files, readText, seed: 42 }) };
}

describe.skipIf(!existsSync(SAMPLES))("real datasets", () => {
  it("blood cells: VOC annotations beside the pictures, no problem, exported and read again", async () => {
    const { root, files, index } = await examined("blood-cells");
    expect(index).toMatchObject({ format: "voc", taskType: "object_detection", problemCounts: {} });
    expect(index.classes).toEqual(["Platelets", "RBC", "WBC"]);
    const { classDistribution, images } = summarise(index);
    expect(images).toEqual({ train: 6, val: 2, test: 0 });
    const boxes = index.images.flatMap((image) => image.boxes).length;
    expect(Object.values(classDistribution).reduce((sum, count) => sum + count, 0)).toBe(boxes);

    const facts = files.map((file) => ({ ...file, width: file.width ?? 0, height: file.height ?? 0 }));
    const request = {
      id: "b",
      name: "Blood cells",
      taskType: index.taskType,
      manifest: manifestOf(index, facts),
    };
    const zip = `${await temporaryFolder()}/coco.zip`;
    const openFile = async ({ path }: { path: string }) => createReadStream(root + path);
    await pipeline(exportDataset({ ...request, format: "coco", openFile }), createWriteStream(zip));
    const names: string[] = [];
    await readZip(zip, { maxBytes: 1e8 }, async (path) => void names.push(path));
    expect(names.sort().slice(0, 3)).toEqual([
      "annotations/instances_train.json",
      "annotations/instances_val.json",
      "images/train/BloodImage_00003.jpg",
    ]);
  });

  it("digits: folders as classes, 60 of each, 80 / 20", async () => {
    const { index } = await examined("digits");
    expect(index).toMatchObject({
      format: "imagefolder",
      taskType: "image_classification",
      problemCounts: {},
    });
    const { classes, warnings } = summarise(index);
    expect(classes.map(({ name, train, val }) => [name, train, val])).toEqual(
      [..."0123456789"].map((name) => [name, 48, 12]),
    );
    expect(warnings).toEqual([]);
  });
});
