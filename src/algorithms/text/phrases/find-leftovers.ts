import type { Finding, Severity } from "../finding.ts";
import type { Span } from "../span.ts";
import {
  buildLeftoverPhrases,
  FIRST_PERSON,
  JOINED_TO_MODEL,
  type LeftoverPhrase,
} from "./leftover-phrases.ts";
import type { PhraseTokens } from "./phrase-tokens.ts";
import { matchPhrases, type PhraseMatch, type PhraseNode } from "./phrase-trie.ts";
import { liesWithin, quotedPlaces } from "./quoted-places.ts";
import { findResidue, type Residue } from "./residue.ts";

type Kind = LeftoverPhrase | Residue["kind"];

interface Leftover {
  readonly span: Span;
  readonly kind: Kind;
  readonly severity: Severity;
}

/** A text that speaks of models so often is about them, and what it says in their words may be an example. */
const ABOUT_MODELS_FROM = 2;
const ABOUT_MODELS =
  /\b(?:chat-?gpt|gpt-?\d|llms?|openai|copilot|modelos? de lenguaje|modelos? de linguagem|(?:large )?language models?|ia generativa|generative ai|inteligencia artificial generativa|inteligência artificial generativa)\b/giu;
/** Behind a model's role, in words: where the first person must follow. */
const FIRST_PERSON_WITHIN = 8;
const NAMES_MODEL =
  /(?:\bai|\bia|model|assistant|intelligence|lenguaje|linguagem|artificial|virtual|chatgpt|modelo de ia)$/;
const SENTENCE_END = /[.!?\n]/;

let phrases: PhraseNode<LeftoverPhrase> | null = null;

/**
 * What language models and their interfaces leave in a text. Marks of an interface and a model's words about itself are
 * high; what a person might write as well is medium or low. Words within quotation marks are somebody's example and no
 * finding; in a text about language models nothing in words is more than medium. O(length).
 */
export function findLeftovers(text: string, tokens: PhraseTokens): Finding<"phrases.model_leftover">[] {
  const residues = findResidue(text);
  phrases ??= buildLeftoverPhrases();
  const spoken = matchPhrases(phrases, tokens).flatMap((match) => readPhrase(text, tokens, match));
  if (residues.length === 0 && spoken.length === 0) return [];
  const quoted = quotedPlaces(text);
  const aboutModels = countMentions(text, spoken) >= ABOUT_MODELS_FROM;
  const kept = [
    ...residues.map((one) => (liesWithin(one.span, quoted) ? { ...one, severity: "low" as const } : one)),
    ...spoken
      .filter(({ span }) => !liesWithin(span, quoted))
      .map((one) => (aboutModels && one.severity === "high" ? { ...one, severity: "medium" as const } : one)),
  ].sort((a, b) => a.span.start - b.span.start);
  return withoutOverlaps(kept).map(({ span, kind, severity }) => describe(text, span, kind, severity));
}

/** The first of those that share a place: an opening and the phrase that begins with its end are one. */
function withoutOverlaps(leftovers: readonly Leftover[]): Leftover[] {
  let end = 0;
  return leftovers.filter(({ span }) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}

/** Mentions of language models outside what they said. */
function countMentions(text: string, spoken: readonly Leftover[]): number {
  const places = spoken.map(({ span }) => span);
  let count = 0;
  for (const match of text.matchAll(ABOUT_MODELS)) {
    const end = match.index + match[0].length;
    if (!liesWithin({ start: match.index, end }, places)) count++;
    if (count >= ABOUT_MODELS_FROM) break;
  }
  return count;
}

function readPhrase(text: string, tokens: PhraseTokens, match: PhraseMatch<LeftoverPhrase>): Leftover[] {
  const { first, last, value: kind } = match;
  const span = { start: tokens.starts[first] ?? 0, end: tokens.ends[last - 1] ?? 0 };
  const words = tokens.words.slice(first, last).join(" ");
  const goesOn = tokens.joined[last] === true;
  if (NAMES_MODEL.test(words) && goesOn && !JOINED_TO_MODEL.has(tokens.words[last] ?? "")) return [];
  if (kind === "as_model" && !(beginsClause(tokens, first) && firstPersonFollows(text, tokens, last)))
    return [];
  return [{ span, kind, severity: severityOf(kind, beginsLine(text, span.start)) }];
}

function severityOf(kind: LeftoverPhrase, atLineStart: boolean): Severity {
  if (kind === "self_reference" || kind === "as_model") return "high";
  if (kind === "limits") return "medium";
  return kind === "answer_frame" && atLineStart ? "medium" : "low";
}

/** `..., como modelo de lenguaje, no puedo` and not `lo usamos como modelo de lenguaje`. */
function beginsClause({ joined, words }: PhraseTokens, first: number): boolean {
  const before = words[first - 1];
  return !joined[first] || before === "que" || before === "that" || before === "but" || before === "pero";
}

function firstPersonFollows(text: string, { words, starts, ends }: PhraseTokens, from: number): boolean {
  for (let at = from; at < from + FIRST_PERSON_WITHIN; at++) {
    const start = starts[at];
    if (
      start === undefined ||
      SENTENCE_END.test(text.slice(ends[at - 1], Math.min(start, (ends[at - 1] ?? 0) + 20)))
    )
      return false;
    if (FIRST_PERSON.has(words[at] ?? "")) return true;
  }
  return false;
}

function beginsLine(text: string, start: number): boolean {
  return /(?:^|\n)[^\p{L}\p{N}\n]{0,6}$/u.test(text.slice(Math.max(0, start - 8), start)) || start < 4;
}

function describe(
  text: string,
  span: Span,
  kind: Kind,
  severity: Severity,
): Finding<"phrases.model_leftover"> {
  const phrase = text.slice(span.start, span.end).replace(/\s+/g, " ");
  return {
    rule: "phrases.model_leftover",
    severity,
    value: phrase,
    threshold: null,
    span,
    facts: { phrase, kind },
  };
}
