import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Language } from "../../src/algorithms/text/language.ts";
import { measureMachineFeatures } from "../../src/algorithms/text/machine-text/machine-features.ts";
import { machineScore } from "../../src/algorithms/text/machine-text/machine-score.ts";
import {
  MACHINE_TEXT_THRESHOLD,
  MACHINE_TEXT_WORDS,
} from "../../src/algorithms/text/machine-text/machine-text.ts";
import { MEASURED_RATES } from "../../src/algorithms/text/machine-text/measured-rates.ts";
import { MODEL_ESSAYS } from "../../src/algorithms/text/machine-text/model-essays.ts";
import { prepareText } from "../../src/algorithms/text/prepared-text.ts";

/** Essays by people and by models, which stay outside the repository: skipped where they are not there. */

const SAMPLES = fileURLToPath(new URL("../../../shared/samples/integrity/", import.meta.url));

async function essays(folder: string, ending: string): Promise<string[]> {
  const names = (await readdir(SAMPLES + folder)).filter((name) => name.endsWith(ending)).sort();
  return Promise.all(names.map((name) => readFile(`${SAMPLES}${folder}/${name}`, "utf8")));
}

/** The essay column holds a Python list of paragraphs, its quotes doubled by the CSV. */
async function portugueseEssays(): Promise<string[]> {
  const csv = await readFile(`${SAMPLES}pt-essays/essays.csv`, "utf8");
  return [...csv.matchAll(/"\[('(?:[^"]|"")*)\]"/g)].map(([, list]) =>
    [...list!.replaceAll('""', '"').matchAll(/'((?:[^'\\]|\\.)*)'(?:, |$)/g)]
      .map(([, paragraph]) => paragraph!.replaceAll("\\xa0", " ").replaceAll("\\'", "'"))
      .join("\n\n"),
  );
}

const model = (language: Language) =>
  MODEL_ESSAYS.filter((essay) => essay.language === language).map(({ text }) => text);

describe.skipIf(!existsSync(SAMPLES))("essays whose writers are known", () => {
  it("are reported as often as the explanation says", async () => {
    const groups: Record<string, [Language, string[]]> = {
      en_essays_people: ["en", await essays("en-human-machine/human", ".txt")],
      es_essays_learners: ["es", await essays("es-essays", ".original.txt")],
      es_essays_learners_corrected: ["es", await essays("es-essays", ".corrected.txt")],
      pt_essays_people: ["pt", await portugueseEssays()],
      en_essays_model: ["en", await essays("en-human-machine/chatgpt", ".txt")],
      es_essays_model: ["es", model("es")],
      pt_essays_model: ["pt", model("pt")],
    };
    const rates = Object.entries(groups).map(([group, [language, texts]]) => {
      const scored = texts.map((text) => {
        const prepared = prepareText(text);
        return {
          words: prepared.words.count,
          score: machineScore(measureMachineFeatures(prepared, language)),
        };
      });
      const reported = scored.filter(({ score }) => score >= MACHINE_TEXT_THRESHOLD);
      const long = scored.filter(({ words }) => words >= MACHINE_TEXT_WORDS);
      console.log(
        `${group}: ${reported.length} of ${texts.length} reported with the limit lifted, ` +
          `${long.filter(({ score }) => score >= MACHINE_TEXT_THRESHOLD).length} of ${long.length} of at least ` +
          `${MACHINE_TEXT_WORDS} words; largest score ${Math.max(...scored.map(({ score }) => score)).toFixed(2)}`,
      );
      return { group, texts: texts.length, reported: reported.length };
    });
    expect(rates.find(({ group }) => group === "es_essays_learners_corrected")?.reported).toBe(0);
    for (const { group, texts, reported } of MEASURED_RATES)
      expect(rates).toContainEqual({ group, texts, reported });
  });
});
