import type { Finding } from "../finding.ts";
import { MAY_BE_CONFUSABLE } from "./confusables.ts";
import { type DisguisedWord, readDisguise } from "./disguised-word.ts";
import { severityOfExtent } from "./severity.ts";

/** Words from which letters of other scripts are systematic. */
const SYSTEMATIC_FROM = 5;
const WORD_ON = /[\p{L}\p{M}\p{N}]*/uy;
const WORD_PART = /[\p{L}\p{M}\p{N}]/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;
/** Fullwidth letters are at home among these. */
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const FULLWIDTH = /[\uFF21-\uFF5A]/;

/**
 * Words in which letters of another script pass for Latin ones: `fоrma` with a Cyrillic о. Words of one script are
 * fine, and so are the Greek letters of units, substances and formulas; but in a text without any Cyrillic word, one
 * that only has look-alikes (`а`, `оса`) is as disguised as a mixed one. O(length).
 */
export function findHomoglyphs(text: string, words: number): Finding<"characters.homoglyph">[] {
  const found: DisguisedWord[] = [];
  let hasCyrillicWords = false;
  let end = 0;
  for (const match of text.matchAll(MAY_BE_CONFUSABLE)) {
    if (match.index < end) continue;
    const start = wordStart(text, match.index, end);
    WORD_ON.lastIndex = match.index;
    end = match.index + (WORD_ON.exec(text)?.[0].length ?? 0);
    const word = text.slice(start, end);
    const disguise = readDisguise(word, start);
    if (disguise === "foreign") hasCyrillicWords ||= CYRILLIC.test(word);
    else if (disguise !== "plain") found.push(disguise);
  }
  const eastAsian = found.some(({ word }) => FULLWIDTH.test(word)) && EAST_ASIAN.test(text);
  const kept = found.filter(({ word, whole }) => {
    if (whole) return !hasCyrillicWords && CYRILLIC.test(word);
    return !(eastAsian && FULLWIDTH.test(word));
  });
  // A text that is mostly in look-alikes is in another language.
  if (kept.filter(({ whole }) => whole).length > words / 2) return [];
  return describe(kept, words);
}

/** Walks back over letters, but not over the border. */
function wordStart(text: string, from: number, border: number): number {
  let start = from;
  while (start > border) {
    const unit = text.charCodeAt(start - 1);
    const width = unit >= 0xdc00 && unit < 0xe000 && start - 1 > border ? 2 : 1;
    if (!WORD_PART.test(text.slice(start - width, start))) break;
    start -= width;
  }
  return start;
}

function describe(found: readonly DisguisedWord[], words: number): Finding<"characters.homoglyph">[] {
  const distinct = new Set(found.map(({ word }) => word)).size;
  const severity = severityOfExtent({ affected: found.length, distinct, words }, SYSTEMATIC_FROM, false);
  return found.map(({ start, end, word, looksLike, letters }) => ({
    rule: "characters.homoglyph",
    severity,
    value: found.length,
    threshold: 1,
    span: { start, end },
    facts: {
      word,
      looks_like: looksLike,
      letters: letters.map((letter) => `${letter} (${codeOf(letter)})`),
      affected_words: found.length,
      words,
    },
  }));
}

function codeOf(letter: string): string {
  return `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
