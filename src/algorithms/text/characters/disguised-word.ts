import { type ConfusableKind, confusable } from "./confusables.ts";

/** A word some of whose letters pass for Latin ones. */
export interface DisguisedWord {
  readonly start: number;
  readonly end: number;
  readonly word: string;
  /** What a reader sees. */
  readonly looksLike: string;
  /** Letters that pass for others, each once. */
  readonly letters: readonly string[];
  /** Without any Latin letter. */
  readonly whole: boolean;
}

interface Letter {
  readonly is: string;
  readonly latin: string | null;
  readonly kind: ConfusableKind | "latin" | "other";
}

const LATIN = /\p{Script=Latin}/u;
const LOWER_LATIN = /^[a-zß-öø-ÿ]$/u;
const LETTER = /\p{L}|\p{Nl}/u;
const LONGEST = 100;

/** Latin letters that a word needs before a mathematical letter inside it counts as disguised. */
const LATIN_AROUND_SYMBOL = 4;
/** What prose looks like once its letters are read as Latin ones; formulas mix their capitals. */
const PROSE = /^(?:\p{Lu}?\p{Ll}+|\p{Lu}+)$/u;
const GREEK = /\p{Script=Greek}/u;
/** Latin letters that a word needs before a Greek one in it is no formula. */
const LATIN_AROUND_GREEK = 2;

/**
 * Whether a word is disguised: all its letters are Latin or pass for Latin, and at least one passes. Symbols of
 * formulas, fullwidth and mathematical letters count only in company that no formula has: a Greek ν by itself is none,
 * beside a Greek ο it is. O(length), at most 100 units.
 */
export function readDisguise(word: string, start: number): DisguisedWord | "foreign" | "plain" {
  if (word.length > LONGEST) return "plain";
  const letters = [...word].filter((one) => LETTER.test(one)).map(classify);
  if (letters.some(({ kind }) => kind === "other")) return "foreign";
  const passing = letters.filter(({ kind }) => kind !== "latin");
  const latin = letters.length - passing.length;
  const looksLike = [...word].map((one) => confusable(one)?.latin ?? one).join("");
  if (passing.length === 0 || !letters.every((letter, index) => counts(letter, index, letters, latin))) {
    return "plain";
  }
  if (GREEK.test(word) && (latin < LATIN_AROUND_GREEK || !PROSE.test(looksLike))) return "plain";
  return {
    start,
    end: start + word.length,
    word,
    looksLike,
    letters: [...new Set(passing.map(({ is }) => is))],
    whole: latin === 0,
  };
}

function classify(is: string): Letter {
  const passes = confusable(is);
  if (passes !== null) return { is, latin: passes.latin, kind: passes.kind };
  return { is, latin: null, kind: LATIN.test(is) ? "latin" : "other" };
}

function counts({ kind }: Letter, index: number, letters: readonly Letter[], latin: number): boolean {
  if (kind === "latin" || kind === "letter") return true;
  if (kind === "fullwidth") return latin > 0;
  if (kind === "symbol") return letters.some((letter) => letter.kind === "letter");
  const before = letters[index - 1]?.is ?? "";
  const after = letters[index + 1]?.is ?? "";
  return latin >= LATIN_AROUND_SYMBOL && LOWER_LATIN.test(before) && LOWER_LATIN.test(after);
}
