import type { Finding, Severity } from "../finding.ts";
import { compilePhraseList, type TorturedPhrase } from "./phrase-list.ts";
import { type PhraseTokens, singular, wordsOfPhrase } from "./phrase-tokens.ts";
import { matchPhrases, type PhraseNode } from "./phrase-trie.ts";
import { buildTermModel, type TermModel } from "./term-model.ts";

interface Hit {
  readonly start: number;
  readonly end: number;
  readonly term: string;
  readonly origin: "model" | "list";
}

/** Different phrases from which one slip, or one unusual term of the author's own, no longer explains them. */
const SOME = 2;
const MANY = 3;
/** Words in which many must stand: in a book three unusual wordings are nothing. */
const WITHIN_WORDS = 4_000;

let model: TermModel | null = null;
let termsInSingular: ReadonlySet<string> | null = null;

export interface TorturedSearch {
  readonly findings: readonly Finding<"phrases.tortured">[];
  /** Different phrases. */
  readonly distinct: number;
}

/**
 * Phrases in which the words of a technical term are replaced by synonyms of their other meanings.
 *
 * Severity: the model's own terms are chosen so that honest English has fewer than one match in 100,000 words; yet
 * one match may still be a translator's choice (low), two different ones are worth a look, and only three different
 * ones of the model, dense enough, are what chance does not yield: at one in 100,000, a text of 8,000 words has three
 * with a probability below 0.0001. An operator's list is trusted less, since its phrases were not chosen for that:
 * alone it never makes more than a medium finding. O(words).
 */
export function findTortured(
  text: string,
  tokens: PhraseTokens,
  words: number,
  extra: readonly TorturedPhrase[],
): TorturedSearch {
  const hits = collectHits(tokens, extra);
  const distinct = (from: readonly Hit[]) =>
    new Set(from.map(({ start, end }) => wordsAt(tokens, start, end))).size;
  const all = distinct(hits);
  const severity = severityOf(all, distinct(hits.filter(({ origin }) => origin === "model")), words);
  const findings = hits.map(({ start, end, term, origin }): Finding<"phrases.tortured"> => {
    const span = { start: tokens.starts[start] ?? 0, end: tokens.ends[end - 1] ?? 0 };
    const phrase = text.slice(span.start, span.end).replace(/\s+/g, " ");
    return {
      rule: "phrases.tortured",
      severity,
      value: phrase,
      threshold: null,
      span,
      facts: { phrase, expected: term, origin, distinct: all },
    };
  });
  return { findings, distinct: all };
}

function severityOf(all: number, ofModel: number, words: number): Severity {
  if (ofModel >= MANY && ofModel * WITHIN_WORDS >= words) return "high";
  return all >= SOME ? "medium" : "low";
}

/** Matches of the model, and of the list where the model has none; a list may call a well-formed term tortured. */
function collectHits(tokens: PhraseTokens, extra: readonly TorturedPhrase[]): Hit[] {
  model ??= buildTermModel();
  const { variants, terms } = model;
  const own = hitsOf(variants, tokens, "model");
  if (extra.length === 0) return own;
  termsInSingular ??= new Set(terms.map((term) => inSingular(wordsOfPhrase(term).map(({ word }) => word))));
  const isTerm = (phrase: string) => termsInSingular?.has(phrase) === true;
  const taken = new Uint8Array(tokens.count);
  for (const { start, end } of own) taken.fill(1, start, end);
  const listed = hitsOf(compilePhraseList(extra), tokens, "list").filter(
    ({ start, end }) =>
      !taken.subarray(start, end).includes(1) && !isTerm(inSingular(tokens.words.slice(start, end))),
  );
  return [...own, ...listed].sort((a, b) => a.start - b.start);
}

function hitsOf(root: PhraseNode<string>, tokens: PhraseTokens, origin: Hit["origin"]): Hit[] {
  const matches = matchPhrases(root, tokens).filter(({ value }) => value !== "");
  return matches.map(({ first, last, value }) => ({
    start: first,
    end: last,
    term: value,
    origin,
  }));
}

const wordsAt = ({ words }: PhraseTokens, start: number, end: number) => words.slice(start, end).join(" ");

const inSingular = (words: readonly string[]) => words.map(singular).join(" ");
