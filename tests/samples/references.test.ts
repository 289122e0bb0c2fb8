import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { prepareText } from "../../src/algorithms/text/prepared-text.ts";
import { analyseReferences } from "../../src/algorithms/text/references/analyse-references.ts";
import { parseReference } from "../../src/algorithms/text/references/parse-reference.ts";

/**
 * Real entries whose fields people tagged, and essays that people wrote; both stay outside the repository, and this is
 * skipped where they are not there. The parser was tuned on the sequences with even numbers; figures are of the odd ones.
 */

const SAMPLES = fileURLToPath(new URL("../../../shared/samples/integrity/", import.meta.url));
const TAGGED = `${SAMPLES}references/core.xml`;
const OPTIONS = { currentYear: 2026 };

interface Tagged {
  readonly raw: string;
  readonly all: (...tags: string[]) => string[];
}

async function taggedEntries(): Promise<Tagged[]> {
  const xml = await readFile(TAGGED, "utf8");
  return [...xml.matchAll(/<sequence>(.*?)<\/sequence>/gs)].map(([, inside = ""]) => {
    const pieces = [...inside.matchAll(/<([\w-]+)>(.*?)<\/\1>/gs)].map(([, tag = "", text = ""]) => ({
      tag,
      text: decode(text),
    }));
    return {
      raw: pieces.map(({ text }) => text).join(" "),
      all: (...tags) => pieces.filter(({ tag }) => tags.includes(tag)).map(({ text }) => text),
    };
  });
}

const decode = (text: string) =>
  text
    .replaceAll(/\s+/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&")
    .trim();

/** Without what leads to a container, the punctuation around, and case. */
const bare = (text: string) =>
  text
    .replace(/^(?:in|dans|en|em):?\s+/iu, "")
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")
    .replaceAll(/[*_]/g, "")
    .toLowerCase();

const tokens = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const numbers = (text: string) => (text.match(/[A-Za-z]?\d+[A-Za-z]?/g) ?? []).join(" ").toLowerCase();

function f1(expected: string, actual: string): number {
  const left = tokens(expected);
  const counts = new Map<string, number>();
  for (const token of left) counts.set(token, (counts.get(token) ?? 0) + 1);
  let hits = 0;
  const right = tokens(actual);
  for (const token of right) {
    const count = counts.get(token) ?? 0;
    if (count > 0) hits++;
    counts.set(token, count - 1);
  }
  return hits === 0 ? Number(left.length === right.length) : (2 * hits) / (left.length + right.length);
}

/** The first surname of tagged authors, told by other means than the parser's; the whole of a body's name will do. */
function firstSurname(author: string): string {
  const first = author.split(/;|,? (?:and|et|y|und|with) |,? &|,? et al/u)[0]!.trim();
  const [head = "", second = ""] = first.split(/,\s?/);
  const leading = /^(?:\p{Lu}\p{Ll}?\.[ -]?)+/u;
  if (leading.test(head)) return bare(head.replace(leading, ""));
  const behind = /^(.*?)\s(?:\p{Lu}{1,3}(?:-\p{Lu})?|(?:\p{Lu}\.[ -]?)+)$/u.exec(head.replace(/[:.,]+$/, ""));
  if (behind !== null) return bare(behind[1]!);
  const words = head.replace(/[.:,]+$/, "").trim();
  const inverted =
    !words.includes(" ") ||
    /^(?:\p{Lu}\.|\p{Lu}{1,2}$)/u.test(second) ||
    words === words.toUpperCase() ||
    /^(?:de|van|von|del|da|la|le|di|du)\s/i.test(words);
  if (second !== "" && inverted) return bare(words);
  const capitals = /^((?:\p{Lu}[\p{Lu}'’-]{2,}\s?)+)\s\p{Lu}\p{Ll}/u.exec(words);
  return bare(capitals?.[1] ?? words.split(" ").at(-1)!);
}

class Score {
  readonly #fields = new Map<string, { count: number; exact: number; f1: number }>();

  add(field: string, expected: string, actual: string, exact = bare(expected) === bare(actual)): void {
    const sums = this.#fields.get(field) ?? { count: 0, exact: 0, f1: 0 };
    this.#fields.set(field, {
      count: sums.count + 1,
      exact: sums.exact + Number(exact),
      f1: sums.f1 + f1(expected, actual),
    });
  }

  exact(field: string): number {
    const { count, exact } = this.#fields.get(field)!;
    return exact / count;
  }

  toString(): string {
    return [...this.#fields]
      .map(
        ([field, { count, exact, f1: sum }]) =>
          `${field.padEnd(20)} n ${String(count).padStart(4)}  exact ${((100 * exact) / count).toFixed(1)} %  token F1 ${(sum / count).toFixed(3)}`,
      )
      .join("\n");
  }
}

function scoreEntry({ raw, all }: Tagged, score: Score): void {
  const parsed = parseReference(raw);
  const [author] = all("author");
  if (author !== undefined) score.add("author, whole", author, parsed.authorText);
  if (author !== undefined && !/^[—–_-]/.test(author)) {
    const surname = parsed.authors[0]?.surname ?? "";
    const whole = bare(surname) === bare(author);
    score.add(
      "author, first",
      firstSurname(author),
      surname,
      whole || bare(surname) === firstSurname(author),
    );
  }
  const years = all("date").flatMap((date) => date.match(/\b(?:1[4-9]|20)\d\d/g) ?? []);
  if (years.length > 0) {
    const year = String(parsed.year ?? "");
    score.add("year", years[0]!, year, years.includes(year));
  }
  const texts = [
    ["title", all("title"), parsed.title],
    ["container", all("journal", "container-title"), parsed.container],
    ["publisher", all("publisher"), parsed.publisher],
    ["location", all("location"), parsed.place],
  ] as const;
  for (const [field, [expected], actual] of texts) {
    if (expected !== undefined) score.add(field, expected, actual);
  }
  const [volume] = all("volume");
  if (volume !== undefined && !/:\s?\d+[-–]\d/.test(volume)) {
    const actual = numbers(`${parsed.volume} ${parsed.issue}`);
    score.add("volume and issue", numbers(volume), actual, numbers(volume) === actual);
  }
  const [pages] = all("pages");
  if (pages !== undefined) {
    score.add("pages", numbers(pages), numbers(parsed.pages), numbers(pages) === numbers(parsed.pages));
  }
  const [doi] = all("doi");
  if (doi !== undefined) score.add("doi", doi.replace(/^.*?(?=10\.)/, ""), parsed.doi ?? "");
  const [url] = all("url");
  if (url !== undefined) score.add("url", url.replace(/^URL:?\s*/i, ""), parsed.url ?? "");
}

async function essays(): Promise<{ name: string; text: string }[]> {
  const folders = ["es-essays", "en-human-machine/human", "en-human-machine/chatgpt", "style-change"];
  const files = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(SAMPLES + folder))
        .filter((name) => name.endsWith(".txt"))
        .map((name) => `${folder}/${name}`),
    ),
  );
  const texts = await Promise.all(
    files.flat().map(async (name) => ({ name, text: await readFile(SAMPLES + name, "utf8") })),
  );
  const csv = await readFile(`${SAMPLES}pt-essays/essays.csv`, "utf8");
  const portuguese = csv
    .replaceAll("\\xa0", " ")
    .replaceAll("', '", "\n\n")
    .split(/\]",\d+\n/);
  return [...texts, ...portuguese.map((text, index) => ({ name: `pt-essays/${index}`, text }))];
}

describe.skipIf(!existsSync(TAGGED))("references of samples", () => {
  it("tagged entries: fields are read as people read them", async () => {
    const entries = await taggedEntries();
    const score = new Score();
    entries.forEach((entry, index) => {
      if (index % 2 === 1) scoreEntry(entry, score);
    });
    console.log(`odd sequences of ${entries.length}\n${score}`);
    expect(score.exact("year")).toBeGreaterThan(0.95);
    expect(score.exact("author, first")).toBeGreaterThan(0.85);
    expect(score.exact("title")).toBeGreaterThan(0.75);
    expect(score.exact("container")).toBeGreaterThan(0.6);
    expect(score.exact("pages")).toBeGreaterThan(0.85);
  });

  it("tagged entries, every one of them cited: nothing is said to be missing or uncited", async () => {
    const entries = (await taggedEntries()).filter(
      ({ all, raw }) =>
        /^\p{Lu}[\p{L}'’-]+, \p{Lu}\./u.test(raw) && /^\(\d{4}[a-z]?\)/.test(all("date")[0] ?? ""),
    );
    let found = 0;
    for (let at = 0; at + 20 <= entries.length; at += 20) {
      const part = entries
        .slice(at, at + 20)
        .map(({ raw }) => raw)
        .sort();
      const cited = part.map(
        (raw) => `Esto lo ha mostrado un estudio (${raw.split(",")[0]}, ${/\d{4}[a-z]?/.exec(raw)![0]}).`,
      );
      const text = `Un ensayo\n\n${cited.join(" ")}\n\nReferencias\n\n${part.join("\n")}\n`;
      const { findings, signals } = analyseReferences(prepareText(text), OPTIONS);
      found += signals?.entries ?? 0;
      expect(findings.filter(({ rule }) => /uncited|missing|malformed/.test(rule))).toEqual([]);
    }
    console.log(`${found} of ${entries.length - (entries.length % 20)} entries in lists of twenty`);
  });

  it("essays without references: nothing is found", async () => {
    const texts = await essays();
    for (const { name, text } of texts) {
      expect({ name, ...analyseReferences(prepareText(text), OPTIONS) }).toEqual({
        name,
        findings: [],
        coverage: { done: false, reason: "no_references" },
      });
    }
    console.log(`${texts.length} texts`);
  });
});
