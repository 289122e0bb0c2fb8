import type { Finding } from "../finding.ts";
import type { Span } from "../span.ts";
import { COUNT, NUMBER, type ReportedNumber, readCount, readNumber } from "./reported-number.ts";

const MEAN = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:M|[x\\u0058]\\u0304|x̄|[Mm]edia|[Mm]ean|[Mm]édia|[Pp]romedio)(?:\\s(?:fue|was|foi|es|is|era))?(?:\\s(?:de|of))?\\s?=?\\s?(${NUMBER})`,
  "gu",
);
const SAMPLE = new RegExp(
  `(?<![\\p{L}\\p{N}])[nN]\\s?=\\s?(${COUNT})|(?<![\\p{L}\\p{N}.,])(${COUNT})\\s(?:participant|estudiant|student|alumn|pacient|patient|person|sujet|subject|encuestad|respondent|voluntari|volunteer|docent|profesor|teacher|aluno)`,
  "giu",
);
/** Answers that are whole numbers. */
const WHOLE =
  /likert|\benteros?\b|\bintegers?\b|\bwhole numbers?\b|\binteiros?\b|escala (?:de|del) \d{1,2} (?:al? \d{1,2}|puntos|pontos)|(?:from|between) [01] (?:to|and) \d{1,2}|\d{1,2}[\s-]points? (?:\p{L}+ )?(?:scale|item)|\b[01]\s?(?:[-–]|to)\s?\d{1,2} scale/iu;
/** Means over several answers of one person have a finer grain, which the text need not tell. */
const SEVERAL_ITEMS =
  /[íi]tems\b|\bitens\b|preguntas|questions|perguntas|sub-?escala|sub-?scale|cuestionario|questionnaire|questionário|inventor|compuest|composite|compost|dimensi|factor|total|promedi(?:o|ar|ado|aron) (?:de los|de las|entre)|averag(?:ed|ing)|(?:suma|sum|soma) (?:de|of)/iu;

/** Before a sentence, in UTF-16 units: where its scale may have been described. */
const CONTEXT = 500;

/** One mean that no set of whole answers of its sample has. */
export interface MeanCheck {
  readonly findings: readonly Finding<"statistics.grim">[];
  readonly checked: number;
}

/**
 * GRIM: the mean of n whole numbers is a whole number over n. Tested only where mean and sample stand in one sentence,
 * the answers are said to be whole numbers, and nothing speaks of several answers per person.
 * Source: N. Brown and J. Heathers, "The GRIM test" (2017). O(length of the sentence).
 */
export function checkMeans(text: string, sentence: Span): MeanCheck {
  const written = text.slice(sentence.start, sentence.end);
  const pairs = pairMeans(written);
  if (pairs.length === 0) return { findings: [], checked: 0 };
  const context = text.slice(Math.max(0, sentence.start - CONTEXT), sentence.end);
  if (!WHOLE.test(context) || SEVERAL_ITEMS.test(context)) return { findings: [], checked: 0 };
  const coarse = pairs.filter(({ mean, n }) => 2 * mean.half * n < 1);
  const findings = coarse
    .filter(({ mean, n }) => !isMeanOfWholes(mean, n))
    .map((pair) => describe(pair, sentence.start));
  return { findings, checked: coarse.length };
}

interface Pair {
  readonly mean: ReportedNumber;
  readonly n: number;
  readonly start: number;
  readonly end: number;
  readonly written: string;
}

/** Means with their samples: one sample for all, or as many samples as means, in order. */
function pairMeans(sentence: string): Pair[] {
  const means = [...sentence.matchAll(MEAN)];
  if (means.length === 0) return [];
  const samples = [...sentence.matchAll(SAMPLE)].map((match) => readCount(match[1] ?? match[2] ?? ""));
  if (samples.length !== 1 && samples.length !== means.length) return [];
  return means.flatMap((match, index) => {
    const mean = readNumber(match[1] ?? "");
    const n = samples[samples.length === 1 ? 0 : index] ?? 0;
    if (mean === null || n < 2) return [];
    return [{ mean, n, start: match.index, end: match.index + match[0].length, written: match[1] ?? "" }];
  });
}

function isMeanOfWholes({ value, half }: ReportedNumber, n: number): boolean {
  const low = Math.ceil((value - half) * n - 1e-9);
  return low <= (value + half) * n + 1e-9;
}

function describe(pair: Pair, offset: number): Finding<"statistics.grim"> {
  const { mean, n } = pair;
  const total = mean.value * n;
  return {
    rule: "statistics.grim",
    severity: "medium",
    value: mean.value,
    threshold: mean.half,
    span: { start: offset + pair.start, end: offset + pair.end },
    facts: {
      mean: pair.written,
      n,
      below: fourDecimals(Math.floor(total) / n),
      above: fourDecimals(Math.ceil(total) / n),
    },
  };
}

const fourDecimals = (mean: number) => Number(mean.toFixed(4));
