import { foldWord } from "../../../../algorithms/text/fold.ts";
import type { CrossrefRecord } from "./crossref-record.ts";
import type { ReferenceQuery } from "./reference-register.ts";

/** From here on two titles are the same work's; below the other they are evidently not. */
const SAME_TITLE = 0.9;
const OTHER_TITLE = 0.4;
/** Shorter titles say too little: `Editorial`, `Introducción`. In words. */
const SHORTEST_TITLE = 3;
/** A title that is whole in a longer one is the same with its subtitle left out, if it has as many words. */
const SHORTEST_PART = 4;

const SMALL = new Set(
  "de del la las los el lo y e and of the a an in en on for para da do das dos o os as un una um uma".split(
    " ",
  ),
);

/** How a reference and a record agree. */
export type Agreement = "same" | "other_people" | "unclear" | "other_work";

/** Whether a reference has a title long enough to be looked for. */
export function hasTitle({ title }: ReferenceQuery): boolean {
  return title !== null && wordsOf(title).size >= SHORTEST_TITLE;
}

/**
 * Compares title, first author and year (one year more or less is a matter of print and online). A different title by
 * the same author is no evidently different work, because titles are registered in translation; nor is one whose words
 * or authors stand elsewhere in the entry, because then the entry was read wrongly.
 */
export function compareRecord(reference: ReferenceQuery, record: CrossrefRecord): Agreement {
  const author = agreesOnAuthor(reference, record);
  const year = agreesOnYear(reference, record);
  const people = author !== false && year !== false;
  if (!hasTitle(reference)) return author === true && people ? "same" : "unclear";
  const title = reference.title ?? "";
  const similarity = Math.max(0, ...record.titles.map((registered) => titleSimilarity(title, registered)));
  if (similarity >= SAME_TITLE) return people ? "same" : "other_people";
  const titled = record.titles.some((registered) => wordsOf(registered).size >= SHORTEST_TITLE);
  if (similarity >= OTHER_TITLE || !titled || standsInEntry(reference, record)) return "unclear";
  return author === false || (author === null && year === false) ? "other_work" : "unclear";
}

/** Whether the whole entry has most words of the registered title, or one of the registered names. */
function standsInEntry({ entry }: ReferenceQuery, { titles, names }: CrossrefRecord): boolean {
  if (entry === undefined) return false;
  const words = wordsOf(entry);
  const share = (text: string) => common(wordsOf(text), words) / Math.max(1, wordsOf(text).size);
  return titles.some((title) => share(title) >= 0.5) || names.some((name) => share(name) === 1);
}

/** Share of words that two titles have in common, 0..1, whatever their order, case and accents. */
export function titleSimilarity(one: string, other: string): number {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  if (a.size === 0 || b.size === 0) return 0;
  const shared = common(a, b);
  const smaller = Math.min(a.size, b.size);
  if (shared === smaller && smaller >= SHORTEST_PART) return 1;
  return (2 * shared) / (a.size + b.size);
}

/** Null where one side does not say. */
function agreesOnAuthor({ firstAuthor }: ReferenceQuery, { names }: CrossrefRecord): boolean | null {
  if (firstAuthor === null || names.length === 0) return null;
  const words = wordsOf(firstAuthor);
  return names.some((name) => common(words, wordsOf(name)) > 0);
}

function agreesOnYear({ year }: ReferenceQuery, { years }: CrossrefRecord): boolean | null {
  if (year === null || years.length === 0) return null;
  return years.some((registered) => Math.abs(registered - year) <= 1);
}

function common(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let count = 0;
  for (const word of one) if (other.has(word)) count++;
  return count;
}

function wordsOf(text: string): Set<string> {
  const words = foldWord(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => word.length > 1 && !SMALL.has(word)));
}
