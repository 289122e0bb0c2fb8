import { describe, expect, it } from "vitest";
import { indexed } from "../index/testing.ts";
import { summarise } from "./summarise.ts";

const pictures = (folder: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${folder}/${at}.png`);

describe("summarise", () => {
  it("counts pictures by class and split", async () => {
    const index = await indexed([
      ...pictures("train/cat", 10),
      ...pictures("train/dog", 20),
      ...pictures("val/dog", 5),
      ...pictures("test/cat", 1),
    ]);
    const summary = summarise(index);
    expect(summary.images).toEqual({ train: 30, val: 5, test: 1 });
    expect(summary.classes).toEqual([
      { name: "cat", total: 11, train: 10, val: 0, test: 1 },
      { name: "dog", total: 25, train: 20, val: 5, test: 0 },
    ]);
    expect(summary.classDistribution).toEqual({ cat: 11, dog: 25 });
    expect(summary.imbalanceRatio).toBeCloseTo(25 / 11);
    expect(summary.warnings).toEqual([
      { code: "classes_not_validated", message: 'The class "cat" has none for validation' },
    ]);
  });

  it("counts boxes where there are boxes", () => {
    const box = (label: number) => ({ label, x: 0, y: 0, width: 1, height: 1 });
    const images = [{ path: "1.png", split: "train" as const, label: 1, boxes: [box(1), box(1), box(0)] }];
    const summary = summarise({ classes: ["a", "__proto__"], images, taskType: "object_detection" });
    expect(Object.entries(summary.classDistribution)).toEqual([
      ["a", 1],
      ["__proto__", 2],
    ]);
  });

  it("warns of what will show in the results", () => {
    const images = Array.from({ length: 33 }, (_, at) => {
      return {
        path: `${at}`,
        split: at === 31 ? ("test" as const) : ("train" as const),
        label: at < 31 ? 0 : at - 30,
        boxes: [],
      };
    });
    const { warnings, imbalanceRatio } = summarise({
      classes: ["a", "b", "c", "d", "e"],
      images,
      taskType: "image_classification",
    });
    expect(imbalanceRatio).toBe(31);
    expect(warnings.map(({ code }) => code)).toEqual([
      "no_validation_images",
      "imbalanced",
      "empty_classes",
      "classes_not_trained",
      "classes_not_validated",
      "few_images",
    ]);
  });

  it("has nothing to say about nothing but that", () => {
    const summary = summarise({ classes: [], images: [], taskType: "image_classification" });
    expect(summary).toMatchObject({ classDistribution: {}, imbalanceRatio: null });
    expect(summary.warnings.map(({ code }) => code)).toEqual([
      "no_training_images",
      "no_validation_images",
      "too_few_classes",
    ]);
  });
});
