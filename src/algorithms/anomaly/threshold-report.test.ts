import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auroc } from "./auroc.ts";
import { modifiedZScores } from "./outlying-scores.ts";
import { bestF1, confusionAt, f1Of, scoreHistogram, thresholdForFalseAlarms } from "./threshold-report.ts";

interface Case {
  readonly name: string;
  readonly ok: readonly number[];
  readonly ng: readonly number[];
  readonly bins: number;
  readonly rate: number;
  readonly auroc: number;
  readonly bestF1: number;
  readonly falseAlarmThreshold: number;
  readonly histogram: { readonly edges: number[]; readonly ok: number[]; readonly ng: number[] };
  readonly modifiedZ: readonly number[];
}

const { cases } = JSON.parse(readFileSync("tests/vectors/threshold-report.json", "utf8")) as {
  cases: readonly Case[];
};

describe.each(cases)("the figures of a calibration whose scores are $name, beside NumPy's", (one) => {
  it("AUROC and the best F1", () => {
    expect(auroc(one.ok, one.ng)).toBeCloseTo(one.auroc, 12);
    const best = bestF1(one.ok, one.ng);
    expect(best?.f1).toBeCloseTo(one.bestF1, 12);
    expect(f1Of(confusionAt(best!.threshold, one.ok, one.ng))).toBe(best?.f1);
  });

  it("the threshold of a false-alarm rate", () => {
    expect(thresholdForFalseAlarms(one.ok, one.rate)).toBe(one.falseAlarmThreshold);
  });

  it("the histogram", () => {
    const histogram = scoreHistogram(one.ok, one.ng, one.bins)!;
    expect(histogram.ok).toEqual(one.histogram.ok);
    expect(histogram.ng).toEqual(one.histogram.ng);
    for (const [at, edge] of one.histogram.edges.entries()) expect(histogram.edges[at]).toBeCloseTo(edge, 12);
  });

  it("the modified z-scores", () => {
    for (const [at, z] of modifiedZScores(one.ok).entries()) expect(z).toBeCloseTo(one.modifiedZ[at]!, 9);
  });
});

const scores = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), {
  minLength: 1,
  maxLength: 40,
});

describe("figures of any scores", () => {
  it("no threshold has a better F1 than the best", () => {
    fc.assert(
      fc.property(scores, scores, (ok, ng) => {
        const best = bestF1(ok, ng)!;
        for (const threshold of [...ok, ...ng, Number.NEGATIVE_INFINITY])
          expect(f1Of(confusionAt(threshold, ok, ng))).toBeLessThanOrEqual(best.f1 + 1e-12);
        expect(f1Of(confusionAt(best.threshold, ok, ng))).toBeCloseTo(best.f1, 12);
      }),
    );
  });

  it("the threshold of a rate keeps it, and the next lower score does not", () => {
    fc.assert(
      fc.property(scores, fc.double({ min: 0, max: 0.99, noNaN: true }), (ok, rate) => {
        const threshold = thresholdForFalseAlarms(ok, rate)!;
        const alarms = (at: number) => ok.filter((score) => score > at).length;
        expect(alarms(threshold)).toBeLessThanOrEqual(rate * ok.length + 1e-6);
        const lower = ok.filter((score) => score < threshold);
        if (lower.length > 0) expect(alarms(Math.max(...lower))).toBeGreaterThan(rate * ok.length - 1e-6);
      }),
    );
  });

  it("the histogram counts every score once", () => {
    fc.assert(
      fc.property(scores, scores, fc.integer({ min: 1, max: 30 }), (ok, ng, bins) => {
        const { ok: good, ng: bad } = scoreHistogram(ok, ng, bins)!;
        const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
        expect([sum(good), sum(bad)]).toEqual([ok.length, ng.length]);
      }),
    );
  });

  it("nothing comes of nothing", () => {
    expect(bestF1([], [1])).toBeNull();
    expect(thresholdForFalseAlarms([], 0.1)).toBeNull();
    expect(scoreHistogram([], [], 5)).toBeNull();
    expect(modifiedZScores([])).toEqual([]);
  });
});
