import { existsSync, readdirSync, readFileSync } from "node:fs";
import { analyseText } from "../../src/systems/integrity/engine/analyse-text.ts";
import { generateDocument } from "./corpus.ts";

/*
 * What is found in documents in which nothing should be: generated ones, and essays of people. A finding may be right
 * all the same (a citation without an entry), but hardly one of severity high.   node bench/integrity/false-alarms.ts
 */

const SAMPLES = new URL("../../../shared/samples/integrity/", import.meta.url).pathname;
const GENERATED = 500;

interface Group {
  readonly name: string;
  readonly texts: readonly string[];
}

function textsIn(folder: string): string[] {
  if (!existsSync(SAMPLES + folder)) return [];
  const names = readdirSync(SAMPLES + folder).filter((name) => name.endsWith(".txt"));
  return names.map((name) => readFileSync(`${SAMPLES}${folder}/${name}`, "utf8"));
}

/** The column of essays is a Python list of paragraphs, read well enough for this. */
function portugueseEssays(): string[] {
  const path = `${SAMPLES}pt-essays/essays.csv`;
  if (!existsSync(path)) return [];
  const lists = [...readFileSync(path, "utf8").matchAll(/"\[('.*?')\]"/gs)].filter(
    ([list]) => list.length > 1_000,
  );
  return lists.map(([, list]) =>
    [...list!.matchAll(/'((?:[^'\\]|\\.)*)'/gs)]
      .map(([, paragraph]) => paragraph!.replaceAll("\\xa0", " "))
      .join("\n\n"),
  );
}

const groups: readonly Group[] = [
  {
    name: "generated, Spanish",
    texts: Array.from({ length: GENERATED }, (_, seed) => generateDocument(5_000_000 + seed).text),
  },
  { name: "essays of learners, Spanish", texts: textsIn("es-essays") },
  { name: "essays of people, English", texts: textsIn("en-human-machine/human") },
  { name: "essays of people, Portuguese", texts: portugueseEssays() },
];

for (const { name, texts } of groups) {
  const rules = new Map<string, number>();
  let [any, high, words, ms] = [0, 0, 0, 0];
  for (const text of texts) {
    const begun = performance.now();
    const { findings, words: count } = analyseText({ text, currentYear: 2026, earlierTexts: [] }, []);
    ms += performance.now() - begun;
    words += count;
    if (findings.length > 0) any++;
    if (findings.some(({ severity }) => severity === "high")) high++;
    for (const { rule, severity } of findings) {
      const key = `${rule} ${severity}`;
      rules.set(key, (rules.get(key) ?? 0) + 1);
    }
  }
  const perThousand = ((ms / Math.max(words, 1)) * 1_000).toFixed(1);
  console.log(
    `${name}: ${texts.length} texts, ${any} with a finding, ${high} with one of severity high; ${perThousand} ms for 1,000 words`,
  );
  for (const [rule, count] of [...rules].sort((a, b) => b[1] - a[1])) console.log(`  ${count} ${rule}`);
}
