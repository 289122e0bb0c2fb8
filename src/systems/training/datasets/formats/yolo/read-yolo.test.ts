import { describe, expect, it } from "vitest";
import { indexed, placed } from "../../index/testing.ts";

const yaml = (text: string) => `# made by a tool\n${text}`;
const names = "nc: 2\nnames: ['cat', 'dog'] # two\n";
const LINE = "1 0.5 0.5 0.2 0.25\n";

describe("yolo", () => {
  it("reads images/<split> and labels/<split>, boxes in pixels", async () => {
    const index = await indexed(["images/train/1.png", "images/val/2.png"], {
      "data.yaml": yaml(`train: images/train\nval: images/val\n${names}`),
      "labels/train/1.txt": LINE,
      "labels/val/2.txt": "0 0.5 0.5 1 1\r\n\r\n",
    });
    expect(placed(index)).toEqual({ "images/train/1.png": "train dog", "images/val/2.png": "val cat" });
    expect(index.images[0]?.boxes).toEqual([{ label: 1, x: 40, y: 30, width: 20, height: 20 }]);
    expect(index).toMatchObject({
      classes: ["cat", "dog"],
      format: "yolo",
      taskType: "object_detection",
      problems: [],
    });
  });

  it.each([
    ["a map of names", "train: ../train/images\nval: ../valid/images\nnames:\n  0: cat\n  1: dog\n"],
    [
      "a list of names",
      'path: ../datasets/pets\ntrain: train/images\nval: valid/images\nnames:\n- "cat"\n- dog\n',
    ],
    ["a map in one line", "train: ./train/images/\nval: [valid/images]\nnames: {0: cat, 1: 'dog'}\n"],
    ["a list over lines", "train: train/images\nval: valid/images\nnames: [\n  cat,\n  dog\n]\n"],
  ])("reads <split>/images with %s", async (_, text) => {
    const index = await indexed(["train/images/1.png", "valid/images/2.png"], {
      "data.yaml": text,
      "train/labels/1.txt": LINE,
      "valid/labels/2.txt": LINE,
    });
    expect(placed(index)).toEqual({ "train/images/1.png": "train dog", "valid/images/2.png": "val dog" });
    expect(index.problems).toEqual([]);
  });

  it("reads darknet's lists and names, labels beside the pictures", async () => {
    const index = await indexed(["obj_train_data/1.png", "obj_train_data/2.png"], {
      "obj.names": "cat\ndog\n",
      "obj.data": "classes = 2\ntrain = data/train.txt\n",
      "train.txt": "data/obj_train_data/1.png\n",
      "valid.txt": "data/obj_train_data/2.png\n",
      "obj_train_data/1.txt": LINE,
      "obj_train_data/2.txt": LINE,
    });
    expect(placed(index)).toEqual({ "obj_train_data/1.png": "train dog", "obj_train_data/2.png": "val dog" });
    expect(index.problems).toEqual([]);
  });

  it("lists that data.yaml names win over folders", async () => {
    const index = await indexed(["images/1.png", "images/2.png"], {
      "data.yaml": `train: lists/a.txt\nval: lists/b.txt\n${names}`,
      "lists/a.txt": "./images/2.png\n",
      "lists/b.txt": "./images/1.png\n",
      "labels/1.txt": LINE,
      "labels/2.txt": LINE,
    });
    expect(placed(index)).toEqual({ "images/1.png": "val dog", "images/2.png": "train dog" });
  });

  it("splits anew where one folder is both splits", async () => {
    const index = await indexed(["images/1.png", "images/2.png"], {
      "data.yaml": `train: images\nval: images\n${names}`,
      "labels/1.txt": LINE,
      "labels/2.txt": LINE,
    });
    expect(index.images.map(({ split }) => split).sort()).toEqual(["train", "val"]);
    expect(index.problemCounts).toEqual({ same_folder_twice: 1 });
  });

  it("takes the box around an outline, and passes over a confidence", async () => {
    const index = await indexed(["images/1.png"], {
      "classes.txt": "cat\n",
      "labels/1.txt": "0 0.1 0.1 0.5 0.2 0.3 0.5\n0 0.5 0.5 0.1 0.1 0.99\n",
    });
    expect(
      index.images[0]?.boxes.map(({ x, y, width, height }) => [x, y, width, height].map(Math.round)),
    ).toEqual([
      [10, 8, 40, 32],
      [45, 36, 10, 8],
    ]);
  });

  it("says what does not fit together, and keeps the rest", async () => {
    const index = await indexed(["images/1.png", "images/2.png"], {
      "data.yaml": "nc: 3\nnames: [cat, dog]\n",
      "labels/1.txt": `${LINE}7 0.5 0.5 0.1 0.1\n0 0.9 0.5 0.4 0.1\n0 nan 0.5 0.1 0.1\n-1 0 0 1 1\nhello\n0 5 5 0.1 0.1\n`,
      "labels/3.txt": LINE,
    });
    expect(index.images.map(({ boxes }) => boxes.length)).toEqual([2, 0]);
    expect(index.problemCounts).toEqual({
      class_count: 1,
      unknown_class: 1,
      box_clipped: 1,
      bad_label_line: 3,
      box_outside: 1,
      annotation_without_image: 1,
      image_without_annotation: 1,
    });
  });

  it("calls classes by their numbers where nothing names them", async () => {
    const index = await indexed(["images/1.png"], { "labels/1.txt": LINE });
    expect(index).toMatchObject({ classes: ["0", "1"], problemCounts: { no_class_names: 1 } });
    const texts = { "labels/1.txt": "999999999 0.5 0.5 0.1 0.1" };
    await expect(indexed(["images/1.png"], texts)).rejects.toMatchObject({ code: "too_many_classes" });
  });
});
