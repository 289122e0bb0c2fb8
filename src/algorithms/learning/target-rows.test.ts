import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clipByNorm, gradientNorm } from "./gradient-norm.ts";
import { softTargetRows, targetRows } from "./target-rows.ts";

interface Case {
  readonly logits: number[][];
  readonly labels: number[];
  readonly probabilities: number[][] | null;
  readonly smoothing: number;
  readonly classWeights: number[] | null;
  readonly maxNorm: number;
  readonly answer: { loss: number; gradient: number[][]; norm: number; clipped: number[][] };
}

const { losses } = JSON.parse(
  readFileSync(new URL("../../../tests/vectors/learning-updates.json", import.meta.url), "utf8"),
) as { losses: Case[] };

const CLASSES = 4;
const softmax = (row: readonly number[]) => {
  const parts = row.map(Math.exp);
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => part / sum);
};

/** Targets of a case, two rows longer than it has pictures. */
function targetsOf({ logits, labels, probabilities, smoothing, classWeights }: Case): Float32Array {
  const options = {
    classes: CLASSES,
    smoothing,
    classWeights: classWeights && Float32Array.from(classWeights),
    rows: logits.length + 2,
  };
  return probabilities === null
    ? targetRows(labels, options)
    : softTargetRows(Float32Array.from(probabilities.flat()), options);
}

describe.each(losses)("smoothing $smoothing, weights $classWeights, hard or soft", (example) => {
  const targets = targetsOf(example);
  const shares = example.logits.map(softmax);

  it("gives torch's loss as minus the sum of targets times log-probabilities", () => {
    const logarithms = shares.flat().map(Math.log);
    const loss = -logarithms.reduce((sum, logarithm, at) => sum + logarithm * (targets[at] as number), 0);
    expect(loss).toBeCloseTo(example.answer.loss, 6);
  });

  it("gives torch's gradient of the logits, and clips it as torch does", () => {
    // of - sum(T * log softmax): softmax * (sum of the row's targets) - T
    const gradient = shares.flatMap((row, at) => {
      const ofRow = targets.subarray(at * CLASSES, (at + 1) * CLASSES);
      const sum = ofRow.reduce((total, target) => total + target, 0);
      return row.map((share, index) => share * sum - (ofRow[index] as number));
    });
    const halves = new Map([
      ["head", Float32Array.from(gradient.slice(0, 10))],
      ["tail", Float32Array.from(gradient.slice(10))],
    ]);
    const now = () => [...halves.values()].flatMap((values) => [...values]);
    for (const [at, value] of example.answer.gradient.flat().entries())
      expect(now()[at]).toBeCloseTo(value, 6);

    expect(gradientNorm(halves)).toBeCloseTo(example.answer.norm, 6);
    expect(clipByNorm(halves, example.maxNorm)).toBeCloseTo(example.answer.norm, 6);
    for (const [at, value] of example.answer.clipped.flat().entries())
      expect(now()[at]).toBeCloseTo(value, 6);
  });

  it("leaves rows beyond the pictures at 0", () => {
    expect(targets).toHaveLength((example.logits.length + 2) * CLASSES);
    expect(targets.subarray(example.logits.length * CLASSES).every((target) => target === 0)).toBe(true);
  });
});

describe("targetRows", () => {
  const options = { classes: 2, smoothing: 0.1, classWeights: null, rows: 2 };

  it("is 0 where all labels weigh nothing, where torch's loss is not a number", () => {
    const targets = targetRows([1, 1], { ...options, classWeights: Float32Array.of(1, 0) });
    expect([...targets]).toEqual([0, 0, 0, 0]);
  });

  it("refuses labels that are no class, and more of them than rows", () => {
    expect(() => targetRows([2], options)).toThrow(/label 2/);
    expect(() => targetRows([-1], options)).toThrow(RangeError);
    expect(() => targetRows([0, 0, 0], options)).toThrow(/do not fit/);
    expect(() => softTargetRows(new Float32Array(6), options)).toThrow(RangeError);
    expect(() => softTargetRows(new Float32Array(3), options)).toThrow(RangeError);
  });
});

describe("clipByNorm", () => {
  it("leaves gradients of 0 as they are", () => {
    const gradients = new Map([["w", new Float32Array(3)]]);
    expect(clipByNorm(gradients, 1)).toBe(0);
    expect([...(gradients.get("w") ?? [])]).toEqual([0, 0, 0]);
  });

  it("shows a gradient that is not a number in the norm", () => {
    expect(clipByNorm(new Map([["w", Float32Array.of(1, Number.NaN)]]), 1)).toBeNaN();
  });
});
