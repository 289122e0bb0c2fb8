import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type PreparedText, prepareText } from "../../src/algorithms/text/prepared-text.ts";
import { compareWithEarlier } from "../../src/algorithms/text/style/earlier-texts.ts";
import { findSegments } from "../../src/algorithms/text/style/segments.ts";
import { findStyleChange } from "../../src/algorithms/text/style/style-change.ts";

/** Documents by known writers, which stay outside the repository: skipped where they are not there. */

const SAMPLES = fileURLToPath(new URL("../../../shared/samples/integrity/", import.meta.url));

async function essays(folder: string): Promise<string[]> {
  const names = (await readdir(SAMPLES + folder)).filter((name) => name.endsWith(".txt")).sort();
  return Promise.all(names.map((name) => readFile(`${SAMPLES}${folder}/${name}`, "utf8")));
}

/** Lines of a document, and whether the author changes between each and the next. */
async function problem(
  number: number,
): Promise<{ prepared: PreparedText; lines: number[]; changes: number[] }> {
  const text = await readFile(`${SAMPLES}style-change/problem-${number}.txt`, "utf8");
  const truth = await readFile(`${SAMPLES}style-change/truth-problem-${number}.json`, "utf8");
  const lines = [...text.matchAll(/[^\n]+/g)].map(({ index }) => index);
  return { prepared: prepareText(text), lines, changes: JSON.parse(truth).changes };
}

/** Borders between segments: where the author changes in truth, and where a finding begins or ends. */
async function borders(number: number): Promise<{ truth: boolean[]; found: boolean[] }> {
  const { prepared, lines, changes } = await problem(number);
  const segments = findSegments(prepared, "en");
  const { findings } = findStyleChange(prepared);
  const starts = segments.slice(1).map(({ pieces }) => pieces[0]!.span.start);
  return {
    truth: starts.map((start) => changes[lines.findIndex((line) => line >= start) - 1] === 1),
    found: starts.map((start, index) =>
      findings.some(({ span }) => span!.start === start || span!.end === segments[index]!.span.end),
    ),
  };
}

describe.skipIf(!existsSync(SAMPLES))("real documents", () => {
  it("by one writer hold no change of style, even where the topic changes", async () => {
    const people = await essays("en-human-machine/human");
    const model = await essays("en-human-machine/chatgpt");
    const analyses = [...people, model.join("\n\n"), ...model].map((text) =>
      findStyleChange(prepareText(text)),
    );
    const done = analyses.filter(({ coverage }) => coverage.done);
    const reported = done.filter(({ findings }) => findings.length > 0);
    console.log(`style: ${reported.length} of ${done.length} documents by one writer reported`);
    expect(done.length).toBeGreaterThanOrEqual(2);
    expect(reported).toEqual([]);
  });

  it("by several writers: borders of findings against changes of author", async () => {
    let [hits, found, truth] = [0, 0, 0];
    for (const number of [1, 2, 3]) {
      const segmented = await borders(number);
      found += segmented.found.filter(Boolean).length;
      truth += segmented.truth.filter(Boolean).length;
      hits += segmented.found.filter((is, index) => is && segmented.truth[index]).length;
    }
    const f1 = (2 * hits) / Math.max(1, found + truth);
    console.log(`style borders: ${hits} right of ${found} reported, ${truth} in truth, F1 ${f1.toFixed(3)}`);
    expect(found).toBeLessThanOrEqual(truth);
  });

  it("compared with other essays of the same model, or of people", async () => {
    const people = (await essays("en-human-machine/human")).map(prepareText);
    const model = (await essays("en-human-machine/chatgpt")).map(prepareText);
    const reported = (texts: PreparedText[], earlier: (text: PreparedText) => PreparedText[]) => {
      const all = texts.map((text) => compareWithEarlier(text, earlier(text)));
      const done = all.filter(({ coverage }) => coverage.done);
      return `${done.filter(({ findings }) => findings.length > 0).length} of ${done.length}`;
    };
    const others = (text: PreparedText) => model.filter((other) => other !== text);
    console.log(`style, earlier texts: model against itself ${reported(model, others)}`);
    console.log(`style, earlier texts: people against the model ${reported(people, () => model)}`);
    expect(reported(model, others)).toMatch(/^0 of/);
  });
});
