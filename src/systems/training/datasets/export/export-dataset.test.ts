import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../../tests/support/temporary-folder.ts";
import { isImageName } from "../examine-image.ts";
import { className } from "../index/class-names.ts";
import type { DatasetFormat, DatasetIndex, DatasetTask } from "../index/dataset-index.ts";
import { indexDataset } from "../index/index-dataset.ts";
import type { Manifest, ManifestImage } from "../manifest.ts";
import { readZip } from "../zip/read-zip.ts";
import { exportDataset } from "./export-dataset.ts";

const SIZE = { width: 100, height: 80 };

/** Exports, unpacks and reads again. Contents of pictures are their paths. */
async function roundTrip(manifest: Manifest, taskType: DatasetTask, format: DatasetFormat) {
  const openFile = async ({ path }: ManifestImage) => Readable.from([Buffer.from(path)]);
  const dataset = { id: "d1", name: "Pets & more", taskType, manifest };
  const zip = `${await temporaryFolder()}/export.zip`;
  await pipeline(exportDataset({ ...dataset, format, openFile }), createWriteStream(zip));
  const contents = new Map<string, string>();
  await readZip(
    zip,
    { maxBytes: 1e9 },
    async (path, content) => void contents.set(path, await text(content)),
  );
  const files = [...contents.keys()].map((path) => ({ path, isImage: isImageName(path), ...SIZE }));
  const readText = async (path: string) => contents.get(path) ?? "";
  return { index: await indexDataset({ files, readText, format, seed: 7 }), contents };
}

/** What a dataset says, without names of files and order of classes. */
function said({ classes, images }: Pick<DatasetIndex, "classes" | "images">) {
  const round = (value: number) => Math.round(value * 1e6) / 1e6 + 0;
  return images
    .map(({ split, label, boxes }) =>
      JSON.stringify([
        split,
        classes[label] ?? null,
        boxes.map(({ label, x, y, width, height }) => [classes[label], ...[x, y, width, height].map(round)]),
      ]),
    )
    .sort();
}

function manifest(classes: string[], images: Partial<ManifestImage>[]): Manifest {
  return {
    classes,
    images: images.map((image, at) => {
      const { path = `${at}.png`, ...rest } = image;
      const facts = { sha256: "0".repeat(64), bytes: Buffer.byteLength(path), ...SIZE };
      return { path, ...facts, split: "train", label: 0, boxes: [], ...rest };
    }),
  };
}

const names = fc.uniqueArray(
  fc
    .oneof(
      fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }),
      fc.constantFrom("a: b", "#x", "'", '"', "0", "[a]", "<&>"),
    )
    .map(className)
    .filter((name) => name !== ""),
  { minLength: 2, maxLength: 5 },
);
const places = fc.constantFrom(
  "a/b/1.png",
  "a/1.png",
  "b/1.jpg",
  "B/1.png",
  "x.JPEG",
  " .y.png",
  "train/classes.png",
  "val/고양이.png",
);

/** Both sides have pictures, so that nothing is split anew. */
function manifests(task: DatasetTask): fc.Arbitrary<Manifest> {
  const number = (most: number) => fc.integer({ min: 0, max: 2 * most - 4 }).map((half) => half / 2);
  return fc.tuple(names, fc.uniqueArray(places, { minLength: 2 })).chain(([classes, paths]) => {
    const label = fc.nat(classes.length - 1);
    const eighths = fc.integer({ min: 1, max: 8 }).map((part) => part / 8);
    const box = fc
      .record({ label, x: number(SIZE.width), y: number(SIZE.height), across: eighths, down: eighths })
      .map(({ label, x, y, across, down }) => {
        return { label, x, y, width: (SIZE.width - x) * across, height: (SIZE.height - y) * down };
      });
    const images = paths.map((path, at) =>
      fc.record({
        path: fc.constant(path),
        split:
          at < 2
            ? fc.constant((["train", "val"] as const)[at] ?? "train")
            : fc.constantFrom("train" as const, "val" as const, "test" as const),
        label,
        boxes: task === "object_detection" ? fc.array(box, { maxLength: 3 }) : fc.constant([]),
      }),
    );
    return fc.tuple(...images).map((drawn) =>
      manifest(
        classes,
        drawn.map((image) =>
          task === "object_detection" ? { ...image, label: image.boxes[0]?.label ?? -1 } : image,
        ),
      ),
    );
  });
}

describe("exportDataset", () => {
  it("dice gives back a classification dataset, the order of its classes and its paths too", async () => {
    await fc.assert(
      fc.asyncProperty(manifests("image_classification"), async (given) => {
        const { index } = await roundTrip(given, "image_classification", "dice");
        expect(index).toMatchObject({
          classes: given.classes,
          taskType: "image_classification",
          problemCounts: {},
        });
        expect(said(index)).toEqual(said(given));
        expect(index.images.map(({ path }) => path)).toEqual(
          given.images.map(({ path }) => `images/${path}`).sort(),
        );
      }),
      { numRuns: 25 },
    );
  });

  it.each(["dice", "coco", "yolo", "voc"] as const)("%s gives back a detection dataset", async (format) => {
    await fc.assert(
      fc.asyncProperty(manifests("object_detection"), async (given) => {
        const { index } = await roundTrip(given, "object_detection", format);
        expect(index.problems).toEqual([]);
        expect(said(index)).toEqual(said(given));
        if (format === "voc") return;
        expect(index.taskType).toBe("object_detection");
        expect(index.classes).toEqual(given.classes);
      }),
      { numRuns: 25 },
    );
  });

  it("imagefolder gives back a classification dataset with classes that folders can be called like", async () => {
    const given = manifest(
      ["dog", "고양이", "a b"],
      [
        { path: "x/1.png", label: 0 },
        { path: "y/1.png", label: 1, split: "val" },
        { path: "z/1.jpg", label: 2, split: "test" },
        { path: "2.png", label: 0 },
      ],
    );
    const { index, contents } = await roundTrip(given, "image_classification", "imagefolder");
    expect(said(index)).toEqual(said(given));
    expect([...contents.entries()]).toEqual([
      ["train/dog/1.png", "x/1.png"],
      ["val/고양이/1-2.png", "y/1.png"],
      ["test/a b/1-3.jpg", "z/1.jpg"],
      ["train/dog/2.png", "2.png"],
    ]);
  });

  it.each(["..", "a/b", ".hidden", "a\\b"])("says that no folder can be called %j", (name) => {
    const given = manifest([name], [{}]);
    const request = { id: "", name: "", taskType: "image_classification" as const, manifest: given };
    const openFile = async () => Readable.from([]);
    expect(() => exportDataset({ ...request, format: "imagefolder", openFile })).toThrow(
      expect.objectContaining({ code: "export_not_possible", status: 422 }),
    );
  });

  it.each([
    ["imagefolder", "object_detection"],
    ["coco", "image_classification"],
    ["yolo", "image_classification"],
    ["voc", "image_classification"],
  ] as const)("says that %s cannot hold %s", (format, taskType) => {
    const request = { id: "", name: "", taskType, manifest: manifest(["a"], [{}]), format };
    expect(() => exportDataset({ ...request, openFile: async () => Readable.from([]) })).toThrow(
      expect.objectContaining({ code: "export_not_possible" }),
    );
  });

  it("fails where a picture is not what the dataset says, or cannot be opened", async () => {
    const request = {
      id: "",
      name: "",
      taskType: "image_classification" as const,
      manifest: manifest(["a"], [{}]),
    };
    const longer = exportDataset({
      ...request,
      format: "dice",
      openFile: async () => Readable.from([Buffer.alloc(99)]),
    });
    await expect(text(longer)).rejects.toThrow("0.png has not the 5 bytes");
    const openFile = () => Promise.reject(new Error("gone"));
    await expect(text(exportDataset({ ...request, format: "dice", openFile }))).rejects.toThrow("gone");
  });
});
