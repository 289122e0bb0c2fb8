import { describe, expect, it } from "vitest";
import { indexed, placed } from "../index/testing.ts";

const categories = [
  { id: 18, name: "dog" },
  { id: 17, name: "cat", supercategory: "animal" },
];
const box = (id: number, image_id: number, category_id: number, bbox: unknown = [10, 10, 20, 20]) => {
  return { id, image_id, category_id, bbox, area: 400, iscrowd: 0, segmentation: [] };
};
const instances = (file_name: string, annotations: (object | null)[]) => {
  return {
    info: {},
    licenses: [],
    images: [{ id: 1, file_name, width: 100, height: 80 }],
    annotations,
    categories,
  };
};

describe("coco", () => {
  it("reads one file per split, pictures in the folders of COCO's releases", async () => {
    const index = await indexed(["train2017/1.png", "val2017/1.png"], {
      "annotations/instances_train2017.json": instances("1.png", [box(1, 1, 17)]),
      "annotations/instances_val2017.json": instances("1.png", [box(1, 1, 18)]),
      "annotations/captions_val2017.json": {
        images: [{ id: 1, file_name: "1.png" }],
        annotations: [{ id: 1, image_id: 1, caption: "" }],
      },
    });
    expect(placed(index)).toEqual({ "train2017/1.png": "train cat", "val2017/1.png": "val dog" });
    expect(index).toMatchObject({
      classes: ["cat", "dog"],
      format: "coco",
      taskType: "object_detection",
      problems: [],
    });
    expect(index.images[0]?.boxes).toEqual([{ label: 0, x: 10, y: 10, width: 20, height: 20 }]);
  });

  it.each([
    ["one file and images/", "images/a/1.png", "coco.json", "a/1.png"],
    ["a file beside its pictures", "train/1.png", "train/_annotations.coco.json", "1.png"],
    [
      "paths of another machine",
      "data/images/1.png",
      "data/instances_all.json",
      "/home/me/data/images/1.png",
    ],
    ["Windows' paths", "images/1.png", "labels_coco.json", "C:\\data\\images\\1.png"],
    ["any name", "pictures/1.png", "export.json", "1.png"],
  ])("finds pictures: %s", async (_, picture, json, fileName) => {
    const index = await indexed([picture], { [json]: instances(fileName, [box(1, 1, 17)]) }, "coco");
    expect(Object.keys(placed(index))).toEqual([picture]);
    expect(index.problems).toEqual([]);
  });

  it("says what does not fit together, and keeps the rest", async () => {
    const annotations = [
      box(1, 1, 17),
      box(1, 1, 17),
      box(2, 99, 17),
      box(3, 1, 99),
      box(4, 1, 17, [90, 70, 100, 100]),
      box(5, 1, 17, [200, 10, 5, 5]),
      box(6, 1, 17, [10, 10, 0, -5]),
      box(7, 1, 17, ["1", null, 5, 5]),
      box(8, 1, 17, [1, 2]),
      box(9, 1, 17, null),
      { ...box(10, 1, 17), iscrowd: 1 },
      null,
    ];
    const index = await indexed(["1.png", "2.png"], {
      "instances_train.json": instances("1.png", annotations),
    });
    expect(index.images).toHaveLength(1);
    expect(index.images[0]?.boxes).toEqual([
      { label: 0, x: 10, y: 10, width: 20, height: 20 },
      { label: 0, x: 90, y: 70, width: 10, height: 10 },
    ]);
    expect(index.problemCounts).toEqual({
      duplicate_annotation_id: 1,
      annotation_without_image: 1,
      unknown_class: 1,
      box_clipped: 1,
      box_outside: 1,
      box_empty: 1,
      box_not_numbers: 2,
      annotation_without_box: 1,
      crowd_region: 1,
      bad_entry: 1,
      image_without_annotation: 1,
    });
  });

  it("understands Python's NaN, as no number", async () => {
    const json = JSON.stringify(instances("1.png", [box(1, 1, 17, ["NaN", 1, 1, 1])])).replace(
      '"NaN"',
      "NaN",
    );
    expect((await indexed(["1.png"], { "instances_all.json": json })).problemCounts).toEqual({
      box_not_numbers: 1,
    });
  });

  it("a picture without boxes is kept; one that two files claim belongs to the first", async () => {
    const index = await indexed(["1.png"], {
      "instances_train.json": instances("1.png", []),
      "instances_val.json": instances("1.png", [box(1, 1, 17)]),
    });
    expect(index.images).toEqual([{ path: "1.png", split: "train", label: -1, boxes: [] }]);
    expect(index).toMatchObject({ taskType: "object_detection", problemCounts: { duplicate_image: 1 } });
  });

  it.each([
    ["no JSON at all", {}],
    ["JSON about something else", { "package.json": { name: "x" } }],
  ])("refuses %s", async (_, texts) => {
    await expect(indexed(["1.png"], texts, "coco")).rejects.toMatchObject({
      code: "bad_annotations",
      status: 400,
    });
  });
});
