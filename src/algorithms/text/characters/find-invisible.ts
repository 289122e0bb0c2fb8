import type { Facts, Finding, Severity } from "../finding.ts";
import { hiddenText, INVISIBLE_RUN, type InvisibleKind, kindOfRun } from "./invisible-run.ts";
import { severityOfExtent } from "./severity.ts";

/** Words from which characters inside them are systematic, if they make one word in a hundred, too. */
const SYSTEMATIC_FROM = 10;
/** Spaces so narrow that a word with one inside looks whole. */
const NARROW_SPACE = /(?<=\p{Ll})[\u2006\u2008-\u200A\u205F](?=\p{Ll})/gu;
const MARKS_OF_DIRECTION = /^[\u061C\u200E\u200F]+$/;
const LONGEST_SHOWN = 80;

interface Run {
  readonly start: number;
  readonly end: number;
  readonly kind: Exclude<InvisibleKind, "fine"> | "narrow_space";
  readonly characters: string;
  readonly before: string;
}

export interface InvisibleSearch {
  readonly findings: readonly Finding<"characters.invisible">[];
  readonly characters: number;
  readonly softHyphens: number;
}

/**
 * Characters that a reader cannot see. Runs are one finding each; soft hyphens, which word processors leave, and narrow
 * spaces, which typesetting uses, are one finding all together, at the first. O(length).
 */
export function findInvisible(text: string, words: number, rightToLeft: boolean): InvisibleSearch {
  const runs = [...text.matchAll(INVISIBLE_RUN)].flatMap((match) => readRun(text, match, rightToLeft));
  const narrow = [...text.matchAll(NARROW_SPACE)].map((match) => toRun(match, "narrow_space", ""));
  const soft = runs.filter(({ kind }) => kind === "soft_hyphen");
  const inWords = runs.filter(({ kind }) => kind === "in_word");
  const severity = severityOfExtent(
    { affected: inWords.length, distinct: inWords.length, words },
    SYSTEMATIC_FROM,
    true,
  );
  const single = runs.filter(({ kind }) => kind !== "soft_hyphen");
  const findings = [
    ...single.map((run) =>
      describe(run, severityOf(run, severity), countPoints(run.characters), inWords.length),
    ),
    ...[soft, narrow].flatMap((group) =>
      group[0] === undefined ? [] : [describe(group[0], "low", group.length, 0)],
    ),
  ];
  return {
    findings,
    characters: single.reduce((sum, { characters }) => sum + countPoints(characters), 0),
    softHyphens: soft.length,
  };
}

function readRun(text: string, match: RegExpExecArray, rightToLeft: boolean): Run[] {
  const [characters] = match;
  if (rightToLeft && MARKS_OF_DIRECTION.test(characters)) return [];
  const before = pointBefore(text, match.index);
  const after = text.codePointAt(match.index + characters.length);
  const kind = kindOfRun(characters, before, after === undefined ? "" : String.fromCodePoint(after));
  return kind === "fine" ? [] : [toRun(match, kind, before)];
}

function toRun(match: RegExpExecArray, kind: Run["kind"], before: string): Run {
  const [characters] = match;
  return { start: match.index, end: match.index + characters.length, kind, characters, before };
}

function pointBefore(text: string, at: number): string {
  if (at === 0) return "";
  const unit = text.charCodeAt(at - 1);
  const low = unit >= 0xdc00 && unit < 0xe000 && at > 1;
  return text.slice(at - (low ? 2 : 1), at);
}

/** A message that nobody can see is hard evidence; what stands between words is mostly left by a copy. */
function severityOf({ kind }: Run, inWords: Severity): Severity {
  if (kind === "hidden_text") return "high";
  return kind === "in_word" ? inWords : "low";
}

function describe(
  run: Run,
  severity: Severity,
  count: number,
  inWords: number,
): Finding<"characters.invisible"> {
  const facts: Facts = {
    kind: run.kind,
    characters: [...new Set(run.characters)].slice(0, 5).map(codeOf),
    count,
    affected_words: inWords,
    hidden: hiddenText(run.characters, run.before)?.slice(0, LONGEST_SHOWN) ?? "",
  };
  return {
    rule: "characters.invisible",
    severity,
    value: count,
    threshold: 1,
    span: { start: run.start, end: run.end },
    facts,
  };
}

function countPoints(run: string): number {
  let count = 0;
  for (const _ of run) count++;
  return count;
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
