import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { QuatrainError } from "../../../../platform/errors/quatrain-error.ts";
import type { DatasetFormat } from "./dataset-index.ts";
import { indexed } from "./testing.ts";

/** Fields that readers look at, with values of any type. */
const KEYS = [
  ..."id name images image_id image_path file_name annotation annotations class_id class_name categories classes".split(
    " ",
  ),
  ..."category_id bbox split splits width height iscrowd statistics class_distribution num_classes task_type".split(
    " ",
  ),
  ..."train val __proto__ constructor toString".split(" "),
];
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(
      null,
      true,
      0,
      1,
      2,
      -1,
      1e308,
      0.5,
      "",
      "0",
      "1",
      "1.png",
      "images/1.png",
      "../1.png",
      "cat",
      "train",
      "NaN",
    ),
    fc.string({ maxLength: 5 }),
    fc.array(fc.oneof(fc.double(), fc.nat(100)), { minLength: 4, maxLength: 4 }),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie("any"), { maxKeys: 8 }),
  ),
})).any;
const document = fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 12 });
const lines = fc
  .array(
    fc.oneof(
      fc.constantFrom("0 0.5 0.5 0.1 0.1", "0", "1e999 1 1 1 1", "names: [a", "train: {"),
      fc.string(),
    ),
  )
  .map((drawn) => drawn.join("\n"));
const PICTURES = ["1.png", "images/1.png", "images/train/2.png", "JPEGImages/3.jpg"];

describe("indexDataset", () => {
  it.each(["dice", "coco", "yolo", "voc", "imagefolder", "auto"] as const)(
    "%s: whatever stands in the files, an index that holds together or an error in the user's terms",
    async (format) => {
      await fc.assert(
        fc.asyncProperty(document, lines, lines, async (json, labels, other) => {
          const texts = {
            "annotations.json": json,
            "data.yaml": `${other}\nnames: [a, b]`,
            "labels/1.txt": labels,
            "labels/train/2.txt": other,
            "Annotations/3.xml": `<annotation><object><name>${labels}</name></object></annotation>`,
            "ImageSets/Main/train.txt": other,
          };
          await holdsTogether(texts, format);
        }),
        { numRuns: 150 },
      );
    },
  );
});

async function holdsTogether(texts: Record<string, unknown>, format: DatasetFormat | "auto"): Promise<void> {
  let index: Awaited<ReturnType<typeof indexed>>;
  try {
    index = await indexed(PICTURES, texts, format);
  } catch (error) {
    if (!(error instanceof QuatrainError)) throw error;
    expect(error.status).toBeLessThan(500);
    return;
  }
  const { classes, images, taskType } = index;
  expect(new Set(classes).size).toBe(classes.length);
  expect(new Set(images.map(({ path }) => path)).size).toBe(images.length);
  const lowest = taskType === "object_detection" ? -1 : 0;
  for (const { path, label, boxes, split } of images) {
    expect(PICTURES).toContain(path);
    expect(["train", "val", "test"]).toContain(split);
    expect(label).toBeGreaterThanOrEqual(lowest);
    expect(label).toBeLessThan(classes.length);
    for (const { label, x, y, width, height } of boxes) {
      expect(classes[label]).toBeDefined();
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(100.001);
      expect(y + height).toBeLessThanOrEqual(80.001);
      expect(Math.min(width, height)).toBeGreaterThan(0);
    }
  }
}

describe("bounds", () => {
  const many = (count: number, write: (at: number) => unknown) =>
    Array.from({ length: count }, (_, at) => write(at));

  it.each([
    [
      "classes that are listed",
      { "annotations.json": { images: [], classes: many(10_001, (at) => `c${at}`) } },
    ],
    [
      "classes that are named",
      {
        "annotations.json": {
          annotations: many(10_001, (at) => ({ image_path: "1.png", class_name: `c${at}` })),
        },
      },
    ],
  ])("refuses more than 10,000 %s", async (_, texts) => {
    await expect(indexed(PICTURES, texts)).rejects.toMatchObject({ code: "too_many_classes", status: 400 });
  });

  it("refuses more than 10,000 classes of folders", async () => {
    const folders = many(10_001, (at) => `c${at}/1.png`) as string[];
    await expect(indexed(folders)).rejects.toMatchObject({ code: "too_many_classes" });
  });

  it("refuses more than one and a half million entries", { timeout: 60_000 }, async () => {
    const texts = { "annotations.json": `{"annotations": [${"{},".repeat(1_500_000)}{}]}` };
    await expect(indexed(PICTURES, texts)).rejects.toMatchObject({
      code: "too_many_annotations",
      status: 400,
    });
  });
});
