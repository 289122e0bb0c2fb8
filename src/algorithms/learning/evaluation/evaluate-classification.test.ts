import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateClassification } from "./evaluate-classification.ts";

interface Answer {
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly calibrationError: number;
  readonly confusion: number[][];
  /** `curve`: recall, precision, threshold. */
  readonly perClass: readonly (Record<string, number> & { readonly curve: readonly number[][] })[];
  readonly losses: number[];
  readonly confidences: number[];
  readonly top: number[][];
}

const { cases } = JSON.parse(
  readFileSync(new URL("../../../../tests/vectors/learning-evaluation.json", import.meta.url), "utf8"),
) as { cases: Record<string, { logits: number[]; labels: number[]; answer: Answer }> };

const LARGE = Math.fround(3e38);
const named = (count: number) => Array.from({ length: count }, (_, index) => `class ${index}`);

/** That two structures are the same but for 5e-8 in their numbers. */
function close(actual: unknown, expected: unknown): void {
  const matcher = JSON.parse(JSON.stringify(expected), (_, part) =>
    typeof part === "number" ? expect.closeTo(part, 7) : part,
  );
  expect(actual).toEqual(matcher);
}

describe.each(Object.entries(cases))("%s", (_, { logits, labels, answer }) => {
  const classes = named(answer.perClass.length);
  const { report, pictures } = evaluateClassification({
    logits: Float32Array.from(logits),
    labels,
    classes,
  });

  it("has the reference's loss, metrics, confusions and calibration error", () => {
    const { loss, metrics, calibrationError, confusion } = answer;
    close(
      [report.loss, report.metrics, report.calibrationError, report.confusion],
      [loss, metrics, calibrationError, confusion],
    );
  });

  it("has the reference's numbers of each class", () => {
    for (const [index, { curve: _, ...scores }] of answer.perClass.entries())
      close(report.perClass[classes[index] as string], scores);
  });

  it("has the reference's precision-recall curves, at no more than 101 points", () => {
    for (const [index, { curve }] of answer.perClass.entries()) {
      const shown = report.prCurves[classes[index] as string];
      const points = shown?.recall.map((recall, at) => [recall, shown.precision[at], shown.thresholds[at]]);
      close(points, curve);
      expect(points?.length).toBeLessThanOrEqual(101);
    }
  });

  it("has the reference's loss, confidence and likeliest classes of each picture", () => {
    close(
      pictures.map(({ loss }) => loss),
      answer.losses,
    );
    close(
      pictures.map(({ confidence }) => confidence),
      answer.confidences,
    );
    expect(pictures.map(({ top }) => top.map(({ label }) => label))).toEqual(answer.top);
    expect(pictures.map(({ predictedLabel }) => predictedLabel)).toEqual(answer.top.map(([first]) => first));
    expect(pictures.map(({ trueLabel }) => trueLabel)).toEqual(labels);
  });
});

describe("evaluateClassification", () => {
  it("gives finite numbers in their ranges whatever the logits", () => {
    const pictures = fc.integer({ min: 1, max: 7 }).chain((classes) =>
      fc.record({
        classes: fc.constant(named(classes)),
        rows: fc.array(
          fc.record({
            label: fc.nat(classes - 1),
            logits: fc.array(fc.float({ noNaN: true, min: -LARGE, max: LARGE }), {
              minLength: classes,
              maxLength: classes,
            }),
          }),
          { maxLength: 20 },
        ),
      }),
    );
    fc.assert(
      fc.property(pictures, ({ classes, rows }) => {
        const { report } = evaluateClassification({
          logits: Float32Array.from(rows.flatMap(({ logits }) => logits)),
          labels: rows.map(({ label }) => label),
          classes,
        });
        const { loss, confusion, ...others } = report;
        expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(rows.length);
        expect(loss).toBeGreaterThanOrEqual(0);
        JSON.stringify(others, (key, part) => {
          if (typeof part === "number" && key !== "support" && !(part >= 0 && part <= 1 + 1e-12))
            throw new Error(`${key}: ${part}`);
          return part;
        });
      }),
    );
  });

  it("gives zeros and empty curves without pictures, with every class named", () => {
    const { report, pictures } = evaluateClassification({
      logits: new Float32Array(0),
      labels: [],
      classes: ["cat", "dog"],
    });
    expect(pictures).toEqual([]);
    expect(JSON.parse(JSON.stringify(report))).toEqual({
      loss: 0,
      metrics: { accuracy: 0, precision: 0, recall: 0, f1: 0, top5_accuracy: 0 },
      perClass: {
        cat: { precision: 0, recall: 0, f1: 0, support: 0, averagePrecision: 0 },
        dog: { precision: 0, recall: 0, f1: 0, support: 0, averagePrecision: 0 },
      },
      confusion: [
        [0, 0],
        [0, 0],
      ],
      prCurves: {
        cat: { precision: [], recall: [], thresholds: [] },
        dog: { precision: [], recall: [], thresholds: [] },
      },
      calibrationError: 0,
    });
  });

  it("keeps a class whose name means something to JavaScript", () => {
    const { report } = evaluateClassification({
      logits: Float32Array.of(2, 1),
      labels: [0],
      classes: ["__proto__", "constructor"],
    });
    expect(Object.keys(report.perClass)).toEqual(["__proto__", "constructor"]);
    expect(JSON.stringify(report.prCurves)).toContain('"__proto__":{"precision":[1]');
  });

  it("takes the lower label where logits are equal", () => {
    const logits = Float32Array.of(1, 3, 3, 0, 3, 2, 2, 1);
    const { pictures } = evaluateClassification({ logits, labels: [7], classes: named(8) });
    expect(pictures[0]?.top.map(({ label }) => label)).toEqual([1, 2, 4, 5, 6]);
  });

  it("says that a model has diverged instead of reporting NaN", () => {
    for (const broken of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() =>
        evaluateClassification({ logits: Float32Array.of(0, broken), labels: [0], classes: ["a", "b"] }),
      ).toThrow(/picture 0 are not finite/);
  });

  it("refuses sizes that do not fit and labels that are no class", () => {
    const logits = new Float32Array(4);
    expect(() => evaluateClassification({ logits, labels: [0], classes: ["a", "b"] })).toThrow(RangeError);
    expect(() => evaluateClassification({ logits, labels: [0, 2], classes: ["a", "b"] })).toThrow(RangeError);
    expect(() => evaluateClassification({ logits: new Float32Array(0), labels: [], classes: [] })).toThrow(
      RangeError,
    );
  });
});
