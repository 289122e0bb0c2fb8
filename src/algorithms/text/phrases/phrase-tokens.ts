import { foldWord } from "../fold.ts";
import type { PreparedText } from "../prepared-text.ts";

/** The words of a text as phrases are compared: hyphened words apart, without the genitive's s. Columns. */
export interface PhraseTokens {
  readonly count: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly words: readonly string[];
  /** Whether only space or a hyphen stands before a word, so that it can go on a phrase. */
  readonly joined: readonly boolean[];
}

const HYPHEN = /[-·]/;
/** Between the words of a phrase: a space, also behind `ladies'` and `pre-`, a line's end with its indent, a hyphen, a slash. */
const JOINING = /^(?:['’-]?[^\S\n]{1,4}|[^\S\n]?\n[^\S\n]{0,8}|[-–/])$/;

/** O(length). */
export function phraseTokens({ text, words }: PreparedText): PhraseTokens {
  const tokens = {
    starts: [] as number[],
    ends: [] as number[],
    words: [] as string[],
    joined: [] as boolean[],
  };
  let last = -1;
  const push = (start: number, end: number, word: string) => {
    tokens.joined.push(last >= 0 && isJoining(text, last, start));
    tokens.starts.push(start);
    tokens.ends.push(end);
    tokens.words.push(normalWord(word));
    last = end;
  };
  for (let index = 0; index < words.count; index++) {
    const start = words.starts[index] ?? 0;
    const end = words.ends[index] ?? start;
    const folded = words.folded[index] ?? "";
    if (!HYPHEN.test(folded)) push(start, end, folded);
    else
      eachPart(text.slice(start, end), (part, at) =>
        push(start + at, start + at + part.length, foldWord(part)),
      );
  }
  return { count: tokens.words.length, ...tokens };
}

function isJoining(text: string, from: number, to: number): boolean {
  if (to - from === 1) {
    const unit = text.charCodeAt(from);
    return (
      unit === 0x20 || unit === 0x2d || unit === 0x0a || unit === 0xa0 || unit === 0x2f || unit === 0x2013
    );
  }
  return to - from <= 10 && JOINING.test(text.slice(from, to));
}

function eachPart(word: string, visit: (part: string, at: number) => void): void {
  let at = 0;
  for (const part of word.split(HYPHEN)) {
    if (part !== "") visit(part, at);
    at += part.length + 1;
  }
}

/** British spellings of words that terms have. */
const AMERICAN: ReadonlyMap<string, string> = new Map(
  (
    "tumour tumor, tumours tumors, neighbour neighbor, neighbours neighbors, colour color, colours colors, behaviour behavior, " +
    "fibre fiber, fibres fibers, centre center, labelled labeled, labelling labeling, modelling modeling, sulphuric sulfuric, " +
    "signalling signaling, randomised randomized, vapour vapor, grey gray, acknowledgement acknowledgment, " +
    "acknowledgements acknowledgments, clamour clamor, organisation organization, organisations organizations, " +
    "naïve naive, analogue analog, aluminium aluminum, leukaemia leukemia, oestrogen estrogen, programme program"
  )
    .split(", ")
    .map((pair) => pair.split(" ") as [string, string]),
);

/** One spelling of what is written in two ways; without the genitive. */
function normalWord(folded: string): string {
  const straight = folded.includes("’") ? folded.replaceAll("’", "'") : folded;
  const word = straight.length > 3 && straight.endsWith("'s") ? straight.slice(0, -2) : straight;
  return AMERICAN.get(word) ?? (word.includes("isation") ? word.replace("isation", "ization") : word);
}

/** A word of a phrase; `apart` when punctuation stands before it in the phrase, and so may in a text. */
export interface PhraseWord {
  readonly word: string;
  readonly apart: boolean;
}

const PHRASE_WORD = /([^\p{L}\p{N}\p{M}]*)([\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{N}\p{M}]+)*)/gu;
const PUNCTUATION = /[^\s\-–/·'’]|\s-\s/;

/** The words of a phrase as `phraseTokens` would have them. */
export function wordsOfPhrase(phrase: string): PhraseWord[] {
  return [...phrase.matchAll(PHRASE_WORD)].map(([, before = "", word = ""]) => ({
    word: normalWord(foldWord(word)),
    apart: PUNCTUATION.test(before),
  }));
}

/** The singular that an English or Spanish plural may have; the word itself where it is none. */
export function singular(word: string): string {
  if (word.length < 4 || !word.endsWith("s") || word.endsWith("ss")) return word;
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  return /(?:sses|shes|ches|xes)$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}
