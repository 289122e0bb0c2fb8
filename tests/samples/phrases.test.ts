import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findCharacters } from "../../src/algorithms/text/characters/find-characters.ts";
import { findPhrases } from "../../src/algorithms/text/phrases/find-phrases.ts";
import { parsePhraseList, type TorturedPhrase } from "../../src/algorithms/text/phrases/phrase-list.ts";
import { prepareText } from "../../src/algorithms/text/prepared-text.ts";
import { checkStatistics } from "../../src/algorithms/text/statistics/check-statistics.ts";

/** A published list of tortured phrases and texts by people, which stay outside the repository. */

const SAMPLES = fileURLToPath(new URL("../../../shared/samples/integrity/", import.meta.url));

async function phraseList(): Promise<{ all: TorturedPhrase[]; usable: TorturedPhrase[] }> {
  const json = JSON.parse(await readFile(`${SAMPLES}tortured-phrases/tortured-phrases.json`, "utf8"));
  return { all: json.phrases, usable: parsePhraseList(json) };
}

const isFound = (phrase: string, extra: readonly TorturedPhrase[] = []) =>
  findPhrases(prepareText(`We use ${phrase}.`), { extra }).findings.some(
    ({ rule }) => rule === "phrases.tortured",
  );

/** Essays and pages by people, in three languages. */
async function textsByPeople(): Promise<string[]> {
  const folders = ["es-essays", "en-human-machine/human", "style-change"];
  const texts = await Promise.all(
    folders.map(async (folder) => {
      const names = (await readdir(SAMPLES + folder)).filter((name) => name.endsWith(".txt"));
      return Promise.all(names.map((name) => readFile(`${SAMPLES}${folder}/${name}`, "utf8")));
    }),
  );
  return [...texts.flat(), await readFile(`${SAMPLES}pt-essays/essays.csv`, "utf8")];
}

describe.skipIf(!existsSync(SAMPLES))("published phrases and texts by people", () => {
  it("the model knows at least one in ten of the published phrases", async () => {
    const { all } = await phraseList();
    const known = all.filter(({ tortured }) => isFound(tortured)).length;
    console.log(`the model finds ${known} of ${all.length} published phrases`);
    expect(known / all.length).toBeGreaterThan(0.1);
  });

  it("given as an operator's list, every usable phrase is found but those that are terms of their own", async () => {
    const { all, usable } = await phraseList();
    const found = usable.filter(({ tortured }) => isFound(tortured, usable)).length;
    console.log(`${usable.length} of ${all.length} phrases are usable, ${found} of them are found`);
    expect(usable.length / all.length).toBeGreaterThan(0.9);
    expect(found / usable.length).toBeGreaterThan(0.999);
  });

  it("in texts by people neither phrases, characters nor numbers are found", async () => {
    const texts = await textsByPeople();
    const findings = texts.flatMap((text) => {
      const prepared = prepareText(text);
      return [findPhrases, findCharacters, checkStatistics].flatMap((analyse) => analyse(prepared).findings);
    });
    expect(texts.length).toBeGreaterThan(20);
    expect(findings).toEqual([]);
  });
});
