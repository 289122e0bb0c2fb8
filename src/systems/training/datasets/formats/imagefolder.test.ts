import { describe, expect, it } from "vitest";
import { indexed, placed } from "../index/testing.ts";

/** `count` pictures in a folder. */
const pictures = (folder: string, count = 1) =>
  Array.from({ length: count }, (_, at) => `${folder}/${at}.png`);

describe("imagefolder", () => {
  it("reads train, val and test with their synonyms, and nested folders as parts of a class", async () => {
    const index = await indexed([
      "Training/cat/1.png",
      "valid/cat/2.png",
      "eval/dog/a/b/3.png",
      "test/dog/4.png",
    ]);
    expect(placed(index)).toEqual({
      "Training/cat/1.png": "train cat",
      "eval/dog/a/b/3.png": "val dog",
      "test/dog/4.png": "test dog",
      "valid/cat/2.png": "val cat",
    });
    expect(index).toMatchObject({ classes: ["cat", "dog"], taskType: "image_classification", problems: [] });
  });

  it("splits 80 / 20 where there are only classes, the same share of each", async () => {
    const index = await indexed([...pictures("cat", 10), ...pictures("dog", 20)]);
    const validation = index.images.filter(({ split }) => split === "val");
    expect(validation.filter(({ label }) => label === 0)).toHaveLength(2);
    expect(validation.filter(({ label }) => label === 1)).toHaveLength(4);
    expect(index.images).toEqual((await indexed([...pictures("dog", 20), ...pictures("cat", 10)])).images);
  });

  it("takes the validation out of train where there is only train, and leaves test alone", async () => {
    const index = await indexed([...pictures("train/cat", 10), ...pictures("test/cat", 5)]);
    const count = (split: string) => index.images.filter((image) => image.split === split).length;
    expect([count("train"), count("val"), count("test")]).toEqual([8, 2, 5]);
  });

  it("classes may be called train, valid and test", async () => {
    expect((await indexed(["train/1.png", "bus/1.png"])).classes).toEqual(["bus", "train"]);
    expect((await indexed(["valid/a/1.png", "invalid/1.png"])).classes).toEqual(["invalid", "valid"]);
  });

  it("passes over a folder around the dataset, whatever else lies beside it", async () => {
    const index = await indexed(["set/train/cat/1.png", "set/val/cat/2.png"], { "README.md": "hello" });
    expect(placed(index)).toEqual({ "set/train/cat/1.png": "train cat", "set/val/cat/2.png": "val cat" });
  });

  it("sorts classes by their characters and joins spellings of one name", async () => {
    const index = await indexed([
      "10/1.png",
      "2/1.png",
      "B/1.png",
      "a/1.png",
      "é/1.png",
      "é/2.png".normalize("NFD"),
    ]);
    expect(index.classes).toEqual(["10", "2", "B", "a", "é"]);
  });

  it("says which pictures lie in no class or beside the splits", async () => {
    const index = await indexed([
      "0.png",
      "train/1.png",
      "train/cat/1.png",
      "val/cat/1.png",
      "more/cat/1.png",
    ]);
    expect(index.images).toHaveLength(2);
    expect(index.problems.map(({ path, code }) => [path, code])).toEqual([
      ["0.png", "outside_split"],
      ["train/1.png", "image_without_class"],
      ["more/cat/1.png", "outside_split"],
    ]);
  });

  it("has no training pictures where only val and test are there, and says so", async () => {
    const index = await indexed(["val/cat/1.png", "test/cat/2.png"]);
    expect(index.problemCounts).toEqual({ no_training_images: 1 });
  });

  it("is empty where there is no picture", async () => {
    expect(await indexed([], { "a.txt": "a" })).toMatchObject({ classes: [], images: [], problems: [] });
  });

  it("lists a thousand problems at most, two hundred of a kind, and counts all", async () => {
    const index = await indexed([
      ...pictures("cat", 3),
      ...Array.from({ length: 500 }, (_, at) => `${at}.png`),
    ]);
    expect(index.problems).toHaveLength(200);
    expect(index.problemCounts).toEqual({ image_without_class: 500 });
  });
});
