import { readDegreesOfFreedom } from "./degrees-of-freedom.ts";
import { EXPONENT, MINUS, NUMBER, type ReportedNumber, readNumber } from "./reported-number.ts";
import type { Relation, ReportedTest, TestKind } from "./reported-test.ts";
import { Scanner } from "./scanner.ts";

/** Letters of the tests, italics of formula editors among them; chi-squared by its names in three languages. */
const HEAD =
  /(?<![\p{L}\p{N}_.'’])(?:([t𝑡])|([F𝐹])|([r𝑟])|([zZ𝑧])|(Q(?:_?[A-Za-z]{1,4})?)|(?:\\?chi|ji|qui|[χΧ𝜒Xx])[\s-]?(?:²|\^?2|\^\{2\}|cuadrad[oa]|quadrado|squared?))(?![\p{L}\p{N}])/gu;
const KINDS: readonly TestKind[] = ["t", "F", "r", "z", "Q"];

/** What flattened subscripts leave: `t28 =`, `F2,57 =`. Small numbers behind a t may be times of measurement. */
const SUBSCRIPTED = /(?<![\p{L}\p{N}_.'’])(?:(t)_?([1-9]\d{1,3})|(F)_?(\d{1,3},\s?\d{1,4}))(?=\s?=)/gu;

const BRACKETED = /[\s_]?[([{]([^()[\]{}]{1,40})[)\]}]/y;
const VALUE = new RegExp(`\\s?=\\s?((?:${MINUS})?${NUMBER})`, "uy");
const SEPARATOR = /[\s$]{0,4}(?:[,;:]|y|and|e|con|with|com)?[\s$]{0,4}([([])?[\s$]?/y;
const DEGREES = new RegExp(
  `(?:df|gl|g\\.\\s?l\\.|d\\.\\s?f\\.|grados de libertad|degrees of freedom|graus de liberdade)\\s?[=:]?\\s?(${NUMBER}(?:\\s?[;y,]\\s?${NUMBER})?)`,
  "uy",
);
const SAMPLE_SIZE = /[nN]\s?=\s?(\d{1,7})(?!\d)/y;
const EFFECT = new RegExp(
  `(?:Cohen['’]s d|d de Cohen|Cramer['’]s V|V de Cramer|MSE|SE|EE|EP|OR|RR|HR|(?:partial )?[ηω]_?[²2p]{0,3}|τ²|I[²2]|[dgφVβbB])\\s?[=<>≈]\\s?(?:${MINUS})?${NUMBER}\\s?%?`,
  "uy",
);
const INTERVAL = /(?:95\s?%\s?)?(?:IC|CI)\s?(?:del\s)?(?:95\s?%)?\s?[=:]?\s?[([][^()[\]]{1,30}[)\]]/y;
const P_NAME =
  "(?:valor(?:es)?[\\s-](?:de\\s)?p|p[\\s-]?valor|p[\\s-]?value|[pP𝑝]|[Ss]ig\\.?)(?:\\s?\\([^()]{1,16}\\))?";
const P = new RegExp(`${P_NAME}\\s?([=<>≤≥])\\s?(${NUMBER}(?:${EXPONENT})?)`, "uy");
const NOT_SIGNIFICANT = /(?:[pP𝑝]\s?=?\s?)?n\.?\s?s\.?(?![\p{L}\p{N}])/uy;

/** Most items between a statistic and its p: effect sizes, intervals, sample sizes. */
const MOST_ITEMS = 7;

/** Tests with a statistic, the degrees of freedom and a p, in order. O(length); every step reads a bounded stretch. */
export function findReportedTests(text: string): ReportedTest[] {
  const tests: ReportedTest[] = [];
  for (const { start, after, kind, df } of headsIn(text)) {
    if (start < (tests.at(-1)?.span.end ?? 0)) continue;
    const test = readTest(new Scanner(text, after), start, kind, df);
    if (test !== null) tests.push(test);
  }
  return tests;
}

interface Head {
  readonly start: number;
  readonly after: number;
  readonly kind: TestKind;
  /** Those of a flattened subscript; null where they follow. */
  readonly df: readonly number[] | null;
}

function headsIn(text: string): Head[] {
  const heads: Head[] = [];
  for (const match of text.matchAll(HEAD)) {
    const kind = KINDS.find((_, index) => match[index + 1] !== undefined) ?? "chi2";
    heads.push({ start: match.index, after: match.index + match[0].length, kind, df: null });
  }
  for (const match of text.matchAll(SUBSCRIPTED)) {
    const kind = match[1] === undefined ? "F" : "t";
    const df = readDegreesOfFreedom(kind, match[2] ?? match[4] ?? "");
    if (df !== null) heads.push({ start: match.index, after: match.index + match[0].length, kind, df });
  }
  return heads.sort((a, b) => a.start - b.start);
}

function readTest(scanner: Scanner, start: number, kind: TestKind, given: readonly number[] | null) {
  let df = given;
  if (df === null) {
    const inside = scanner.take(BRACKETED)?.[1];
    if (inside !== undefined) {
      df = readDegreesOfFreedom(kind, inside);
      if (df === null) return null;
    }
  }
  const statistic = readNumber(scanner.take(VALUE)?.[1] ?? "");
  if (statistic === null) return null;
  const rest = readItems(scanner, kind);
  if (rest === null) return null;
  const known = df ?? rest.df ?? (kind === "z" ? [] : null);
  if (known === null || rest.p.value > 1) return null;
  return { ...rest, kind, statistic, df: known, span: { start, end: scanner.at } };
}

interface Rest {
  readonly df: readonly number[] | null;
  readonly relation: Relation;
  readonly p: ReportedNumber;
  readonly writtenP: string;
}

/** What follows the statistic, up to its p; null when something else comes first. */
function readItems(scanner: Scanner, kind: TestKind): Rest | null {
  let df: readonly number[] | null = null;
  for (let item = 0; item < MOST_ITEMS; item++) {
    const opened = scanner.take(SEPARATOR)?.[1];
    const p = readP(scanner);
    if (p !== null) {
      if (opened !== undefined) scanner.take(/\s?[)\]]/y);
      return { df, ...p };
    }
    const degrees = scanner.take(DEGREES)?.[1];
    const size = degrees === undefined ? scanner.take(SAMPLE_SIZE)?.[1] : undefined;
    if (degrees !== undefined) df = readDegreesOfFreedom(kind, degrees);
    else if (size !== undefined) df ??= fromSampleSize(kind, Number(size));
    else if (scanner.take(EFFECT) === null && scanner.take(INTERVAL) === null) return null;
    if (opened !== undefined) scanner.take(/\s?[)\]]/y);
  }
  return null;
}

/** A correlation's degrees of freedom follow from its sample; those of other tests do not. */
function fromSampleSize(kind: TestKind, size: number): readonly number[] | null {
  return kind === "r" && size > 2 ? [size - 2] : null;
}

function readP(scanner: Scanner): Omit<Rest, "df"> | null {
  const stated = scanner.take(P);
  if (stated !== null) {
    const p = readNumber(stated[2] ?? "");
    return p === null ? null : { relation: stated[1] as Relation, p, writtenP: stated[0] };
  }
  const words = scanner.take(NOT_SIGNIFICANT);
  return words === null ? null : { relation: ">", p: { value: 0.05, half: 0 }, writtenP: words[0] };
}
