import { describe, expect, it } from "vitest";
import { indexed, placed } from "../index/testing.ts";

const CLASSES = [
  { id: 7, name: "dog" },
  { id: 3, name: "cat", color: "#ff0000", supercategory: "animal" },
];
const canonical = {
  format_version: "1.0",
  dataset_id: "d",
  dataset_name: "Pets",
  task_type: "image_classification",
  classes: CLASSES,
  splits: { train: 2, val: 1 },
  images: [
    {
      id: 1,
      file_name: "images/1.png",
      width: 100,
      height: 80,
      split: "train",
      annotation: { class_id: 3, class_name: "cat" },
    },
    {
      id: 2,
      file_name: "2.png",
      width: 100,
      height: 80,
      split: "val",
      annotation: { class_id: 7, class_name: "dog" },
    },
  ],
  statistics: { class_distribution: { cat: 1, dog: 1 } },
};
const found = { "images/1.png": "train cat", "images/2.png": "val dog" };
const images = ["images/1.png", "images/2.png"];

describe("dice", () => {
  it("A: the canonical form, file names with and without images/, classes by their ids", async () => {
    const index = await indexed(images, { "annotations.json": canonical });
    expect(placed(index)).toEqual(found);
    expect(index).toMatchObject({ classes: ["cat", "dog"], format: "dice", shape: "dice-a", problems: [] });
  });

  it("A with boxes: in pixels, cut to the picture", async () => {
    const boxed = {
      ...canonical,
      task_type: "object_detection",
      statistics: {},
      images: [
        {
          id: 1,
          file_name: "1.png",
          split: "train",
          annotations: [
            {
              class_id: 7,
              class_name: "dog",
              bbox: [10, 20, 30, 40],
              segmentation: [[1, 2, 3]],
              keypoints: [],
            },
            { class_id: 3, bbox: [90, 70, 30, 40] },
          ],
        },
        { id: 2, file_name: "2.png", split: "val", annotations: [] },
      ],
    };
    const index = await indexed(images, { "annotations.json": boxed });
    expect(index.taskType).toBe("object_detection");
    expect(index.images).toEqual([
      {
        path: "images/1.png",
        split: "train",
        label: 1,
        boxes: [
          { label: 1, x: 10, y: 20, width: 30, height: 40 },
          { label: 0, x: 90, y: 70, width: 10, height: 10 },
        ],
      },
      { path: "images/2.png", split: "val", label: -1, boxes: [] },
    ]);
    expect(index.problemCounts).toEqual({ box_clipped: 1 });
  });

  it("B: lists of categories, images and annotations", async () => {
    const lists = {
      images: canonical.images.map(({ annotation, ...image }) => image),
      annotations: [
        { id: 1, image_id: 1, category_id: 3 },
        { id: 2, image_id: "2", category_id: 7 },
      ],
      categories: CLASSES,
    };
    const index = await indexed(images, { "annotations.json": lists });
    expect(placed(index)).toEqual(found);
    expect(index).toMatchObject({ classes: ["cat", "dog"], shape: "dice-b", problems: [] });
  });

  it("C: annotations that name their picture, in annotation.json below a folder", async () => {
    const named = {
      categories: CLASSES,
      annotations: [
        { image_path: "images/1.png", category_id: 3, split: "train" },
        { image_path: "./images\\2.png", category_id: 7, split: "val" },
      ],
    };
    const inside = images.map((path) => `pets/${path}`);
    const index = await indexed(inside, { "pets/annotation.json": named });
    expect(placed(index)).toEqual({ "pets/images/1.png": "train cat", "pets/images/2.png": "val dog" });
    expect(index).toMatchObject({ shape: "dice-c", problems: [] });
  });

  it("D: folders", async () => {
    const index = await indexed(["train/cat/1.png", "val/dog/2.png"], {}, "dice");
    expect(placed(index)).toEqual({ "train/cat/1.png": "train cat", "val/dog/2.png": "val dog" });
    expect(index).toMatchObject({ format: "dice", shape: "dice-d" });
  });

  it("takes splits from lists of ids or names, else from the folders", async () => {
    const images = canonical.images.map(({ split, ...image }) => image);
    const listed = { ...canonical, images, splits: { training: [1], validation: ["2.png"] } };
    expect(placed(await indexed(["images/1.png", "images/2.png"], { "annotations.json": listed }))).toEqual(
      found,
    );
    const folders = {
      ...canonical,
      images: images.map((image) => ({ ...image, file_name: `${image.id}.png` })),
    };
    const index = await indexed(["train/1.png", "val/2.png"], { "annotations.json": folders });
    expect(placed(index)).toEqual({ "train/1.png": "train cat", "val/2.png": "val dog" });
  });

  it("classes may be a list or a map of names, or missing", async () => {
    const { classes, ...without } = canonical;
    const images = canonical.images.map((image) => ({
      ...image,
      annotation: { class_name: image.annotation.class_name },
    }));
    const numbered = [0, 1].map((class_id, at) => ({ ...canonical.images[at], annotation: { class_id } }));
    const read = async (document: object) =>
      placed(await indexed(["images/1.png", "images/2.png"], { "annotations.json": document }));
    expect(await read({ ...without, images })).toEqual(found);
    expect(await read({ ...canonical, classes: ["cat", "dog"], images: numbered })).toEqual(found);
    expect(await read({ ...canonical, classes: { 0: "cat", 1: "dog" }, images: numbered })).toEqual(found);
  });

  it("says what does not fit together, and keeps the rest", async () => {
    const document = {
      ...canonical,
      num_classes: 5,
      images: [
        ...canonical.images,
        { id: 1, file_name: "3.png", annotation: { class_id: 3 } },
        { id: 4, file_name: "4.png", annotation: { class_id: 99 } },
        { id: 5, file_name: "missing.png", annotation: { class_id: 3 } },
        { id: 6, file_name: "6.png", width: 5, height: 5, annotation: { class_id: 3, class_name: "dog" } },
        { id: 7, file_name: "6.png", annotation: { class_id: 3 } },
        { id: 8 },
        "nonsense",
      ],
      statistics: { class_distribution: { cat: 1, dog: 1 } },
    };
    const index = await indexed(["images/1.png", "images/2.png", "4.png", "6.png", "9.png"], {
      "annotations.json": document,
    });
    expect(placed(index)).toEqual({ ...found, "6.png": "train cat" });
    expect(index.problemCounts).toEqual({
      duplicate_image_id: 1,
      unknown_class: 1,
      image_without_annotation: 2,
      annotation_without_image: 1,
      size_contradiction: 1,
      duplicate_image: 1,
      bad_entry: 1,
      class_contradiction: 1,
      class_count: 2,
      no_split: 1,
    });
    expect(index.problems.every(({ message }) => message.length > 10)).toBe(true);
  });

  it("says where the task and the annotations contradict each other", async () => {
    const boxes = canonical.images.map((image) => ({
      ...image,
      annotation: { ...image.annotation, bbox: [1, 1, 5, 5] },
    }));
    const detection = await indexed(images, { "annotations.json": { ...canonical, images: boxes } });
    expect(detection).toMatchObject({
      taskType: "object_detection",
      problemCounts: { task_contradiction: 1 },
    });
    const classification = await indexed(images, {
      "annotations.json": { ...canonical, task_type: "object_detection" },
    });
    expect(classification).toMatchObject({
      taskType: "image_classification",
      problemCounts: { task_contradiction: 1 },
    });
  });

  it("does not take another picture of the same name for one that is missing", async () => {
    const document = {
      classes: ["cat"],
      images: [{ id: 1, file_name: "cat/1.png", annotation: { class_id: 0 } }],
    };
    const index = await indexed(["dog/1.png"], { "annotations.json": document });
    expect(index.images).toEqual([]);
    expect(index.problemCounts).toEqual({ annotation_without_image: 1, image_without_annotation: 1 });
  });
});
