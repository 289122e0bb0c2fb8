/**
 * Similarity over 10,000 generated documents: which keys find the source of a copied passage, how exactly the alignment
 * finds its place, and what that costs. Single-threaded, about two minutes.
 *
 *     node bench/integrity/similarity.ts [documents] [queries of each kind]
 */
import { seededRandom } from "../../src/algorithms/anomaly/seeded-random.ts";
import { alignFingerprints, alignTexts } from "../../src/algorithms/text/similarity/align.ts";
import { candidateKeys } from "../../src/algorithms/text/similarity/candidate-keys.ts";
import {
  packFingerprints,
  unpackFingerprints,
} from "../../src/algorithms/text/similarity/fingerprint-codec.ts";
import { everyShingle, fingerprint } from "../../src/algorithms/text/similarity/fingerprints.ts";
import type { Passage } from "../../src/algorithms/text/similarity/passages.ts";
import { findWords, type Words } from "../../src/algorithms/text/words.ts";
import { generateDocument, type PlantedPassage, plantPassage } from "./corpus.ts";
import { PostingsIndex } from "./similarity-index.ts";
import { type Judged, plagdet } from "./similarity-plagdet.ts";
import { bytesOfARow } from "./similarity-rows.ts";
import { SCHEMES } from "./similarity-schemes.ts";

const DOCUMENTS = Number(process.argv[2] ?? 10_000);
const QUERIES = Number(process.argv[3] ?? 100);
const EDIT_RATES = [0, 0.1, 0.2, 0.3, 0.4, 0.5];
const PASSAGE_WORDS = [60, 100, 200, 300];
const ALIGNED = 10;

interface Query extends PlantedPassage {
  readonly editRate: number;
  readonly words: number;
  readonly origin: number;
}

const indices = SCHEMES.map(() => new PostingsIndex());
const packed: Uint8Array[] = [];
let wordsInAll = 0;
for (let document = 0; document < DOCUMENTS; document++) {
  const words = wordsOf(document);
  wordsInAll += words.count;
  packed.push(packFingerprints(fingerprint(words)));
  for (const [at, { keysOf }] of SCHEMES.entries()) indices[at]!.add(document, new Set(keysOf(words)));
}
printSizes();
const queries = [...drawQueries()];
printRecall("all passages", queries);
printRecall(
  "passages of 60 words",
  queries.filter(({ words }) => words === 60),
);
printAlignment();
printUnrelated();

function wordsOf(document: number): Words {
  return findWords(generateDocument(document).text);
}

/** Documents in which a passage of a stored one was planted. */
function* drawQueries(): Generator<Query> {
  const random = seededRandom(1);
  for (const editRate of EDIT_RATES) {
    for (const words of PASSAGE_WORDS) {
      for (let query = 0; query < QUERIES; query++) {
        const origin = random.below(DOCUMENTS);
        const host = generateDocument(DOCUMENTS + random.below(1e9)).text;
        const planted = plantPassage(host, generateDocument(origin).text, { words, editRate }, random);
        yield { ...planted, editRate, words, origin };
      }
    }
  }
}

function printSizes(): void {
  const rowBytes = bytesOfARow(DOCUMENTS, (document) => candidateKeys(wordsOf(document)));
  const bytes = packed.reduce((sum, { length }) => sum + length, 0);
  console.log(
    `${DOCUMENTS} documents, ${whole(wordsInAll / DOCUMENTS)} words; packed fingerprints ${whole(bytes / DOCUMENTS)} bytes; a row in SQLite ${rowBytes.toFixed(1)} bytes\n`,
  );
  table(
    ["keys", "rows a document", "bytes a document"],
    SCHEMES.map(({ name }, at) => {
      const rows = indices[at]!.rows / DOCUMENTS;
      return [name, whole(rows), whole(rows * rowBytes)];
    }),
  );
}

function printRecall(title: string, asked: readonly Query[]): void {
  console.log(`\nSource among the first 10 / 30 candidates, percent, by edited words: ${title}\n`);
  table(
    ["keys", ...EDIT_RATES.map(percent)],
    [...SCHEMES.entries(), ...SCHEMES.slice(0, 1).entries()].map(([at, { name, keysOf }], row) => [
      row < SCHEMES.length ? name : `${name}, ranked by their number alone`,
      ...EDIT_RATES.map((rate) => {
        const ranks = asked
          .filter(({ editRate }) => editRate === rate)
          .map(({ text, origin }) => {
            const found = indices[at]!.candidates(
              new Set(keysOf(findWords(text))),
              row < SCHEMES.length ? "rarity" : "number",
            );
            return found.includes(origin) ? found.indexOf(origin) : Number.POSITIVE_INFINITY;
          });
        const within = (limit: number) =>
          whole((100 * ranks.filter((rank) => rank < limit).length) / ranks.length);
        return `${within(10)} / ${within(30)}`;
      }),
    ]),
  );
}

function printAlignment(): void {
  console.log(
    `\nAfter the alignment of the first ${ALIGNED} candidates, by edited words. Wrong: passages found in other documents.\n`,
  );
  const rows = EDIT_RATES.flatMap((rate) => {
    const asked = queries.filter(({ editRate }) => editRate === rate);
    return [
      ["texts", ...alignmentRow(asked, alignWithTexts)],
      ["fingerprints", ...alignmentRow(asked, alignWithFingerprints)],
    ].map(([mode, ...cells]) => [percent(rate), mode!, ...cells]);
  });
  table(
    [
      "edited",
      "kept",
      "source first",
      "PlagDet",
      "precision",
      "recall",
      "granularity",
      "wrong",
      "keys ms",
      "find ms",
      "align ms",
    ],
    rows,
  );
}

type AlignAll = (words: Words, candidates: readonly number[]) => { found: Passage[][]; ms: number };

function alignWithTexts(words: Words, candidates: readonly number[]): { found: Passage[][]; ms: number } {
  const sources = candidates.map(wordsOf);
  const started = performance.now();
  return { found: sources.map((source) => alignTexts(words, source)), ms: performance.now() - started };
}

function alignWithFingerprints(
  words: Words,
  candidates: readonly number[],
): { found: Passage[][]; ms: number } {
  const started = performance.now();
  const shingles = everyShingle(words);
  const found = candidates.map((document) =>
    alignFingerprints(shingles, unpackFingerprints(packed[document]!)),
  );
  return { found, ms: performance.now() - started };
}

function alignmentRow(asked: readonly Query[], align: AlignAll): string[] {
  const judged: Judged[] = [];
  const spent = { keys: 0, find: 0, align: 0 };
  let first = 0;
  let wrong = 0;
  for (const { text, suspicious, source, origin } of asked) {
    const words = findWords(text);
    const started = performance.now();
    packFingerprints(fingerprint(words));
    const keys = candidateKeys(words);
    const keyed = performance.now();
    const candidates = indices[0]!.candidates(keys).slice(0, ALIGNED);
    spent.keys += keyed - started;
    spent.find += performance.now() - keyed;
    const { found, ms } = align(words, candidates);
    spent.align += ms;
    const matched = found.map((passages) =>
      passages.reduce((sum, { matchedWords }) => sum + matchedWords, 0),
    );
    const most = Math.max(...matched);
    if (most > 0 && candidates[matched.indexOf(most)] === origin) first++;
    wrong += found.filter((passages, at) => candidates[at] !== origin && passages.length > 0).length;
    judged.push({
      truth: [{ document: origin, suspicious, source }],
      found: found.flatMap((passages, at) =>
        passages.map((passage) => ({ ...passage, document: candidates[at]! })),
      ),
    });
  }
  const quality = plagdet(judged);
  return [
    ((100 * first) / asked.length).toFixed(1),
    ...[quality.plagdet, quality.precision, quality.recall, quality.granularity].map((value) =>
      value.toFixed(3),
    ),
    String(wrong),
    ...[spent.keys, spent.find, spent.align].map((ms) => (ms / asked.length).toFixed(2)),
  ];
}

/** Documents in which nothing was planted. */
function printUnrelated(): void {
  const asked = Array.from({ length: 5 * QUERIES }, (_, query) => wordsOf(-1 - query));
  const flagged = (align: AlignAll) =>
    asked.filter((words) => {
      const candidates = indices[0]!.candidates(candidateKeys(words)).slice(0, ALIGNED);
      return align(words, candidates).found.some((passages) => passages.length > 0);
    }).length;
  console.log(
    `\nOf ${asked.length} documents without a copied passage, with a passage all the same: ${flagged(alignWithTexts)} (texts), ${flagged(alignWithFingerprints)} (fingerprints)`,
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]!.length)));
  const line = (row: readonly string[]) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join("  ");
  for (const row of [head, ...rows]) console.log(line(row));
}

function percent(rate: number): string {
  return `${whole(100 * rate)} %`;
}

function whole(value: number): string {
  return value.toFixed(0);
}
