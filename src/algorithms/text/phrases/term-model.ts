import { foldWord } from "../fold.ts";
import { wordsOfPhrase } from "./phrase-tokens.ts";
import { PhraseNode } from "./phrase-trie.ts";
import { COMPUTING_TERMS } from "./terms/computing.ts";
import { LEGITIMATE_PHRASES } from "./terms/legitimate.ts";
import { MEDICINE_TERMS } from "./terms/medicine.ts";
import { MORE_TERMS } from "./terms/more-terms.ts";
import { PHYSICS_TERMS } from "./terms/physics.ts";
import { SET_PHRASES } from "./terms/set-phrases.ts";
import { SPANISH_SUBSTITUTES, SPANISH_TERMS } from "./terms/spanish.ts";
import { STATISTICS_TERMS } from "./terms/statistics.ts";
import { SUBSTITUTES } from "./terms/substitutes.ts";
import { SYSTEM_TERMS } from "./terms/systems.ts";

/** A fair synonym, a word that replaces the term's in other contexts, and one that does in a term only by a spinning tool. */
const FAIR = 0.4;
const ORDINARY = 0.9;
const ODD = 2;
const WEIGHTS: Readonly<Record<string, number>> = { "?": FAIR, "!": ODD };

/** A word, or several, in the place of a term's word. */
interface Variant {
  readonly words: readonly string[];
  readonly weight: number;
}

/** Terms that share their substitutes; strict where longer ones need as much as those of two words. */
const GROUPS = [
  {
    lines: [COMPUTING_TERMS, SYSTEM_TERMS, STATISTICS_TERMS, MEDICINE_TERMS, PHYSICS_TERMS],
    substitutes: SUBSTITUTES,
    strict: false,
  },
  { lines: [MORE_TERMS], substitutes: SUBSTITUTES, strict: true },
  { lines: [SPANISH_TERMS], substitutes: SPANISH_SUBSTITUTES, strict: false },
];

/** The value of a match that is no finding. */
const WELL_FORMED = "";

/** Terms, and what is written for them. */
export interface TermModel {
  /** Matches' values are the terms; empty for phrases that only look like a variant. */
  readonly variants: PhraseNode<string>;
  /** The terms themselves. */
  readonly terms: readonly string[];
}

/**
 * The terms with everything that may stand for their words: a trie whose paths are the variants. A variant counts when
 * its replaced words weigh enough: two where the term has two words, one where it has more, since then the words that
 * stayed say which term it is.
 */
export function buildTermModel(): TermModel {
  const root = new PhraseNode<string>();
  const terms: string[] = [];
  // First come, first matched: they go before the terms whose variants they would be.
  for (const phrase of LEGITIMATE_PHRASES.split(/[;\n]/)) root.addLiteral(wordsOfPhrase(phrase), WELL_FORMED);
  for (const { lines, substitutes, strict } of GROUPS) {
    const variants = new VariantReader(substitutes);
    for (const written of lines.flatMap((some) => some.split(/[;\n]/)).flatMap(expand)) {
      const term = addTerm(root, written, variants, strict);
      if (term !== null) terms.push(term);
    }
  }
  for (const [phrase, term] of readPairs(SET_PHRASES, "=")) root.addLiteral(wordsOfPhrase(phrase), term);
  return { variants: root, terms };
}

/** A term with a `!` behind it needs as much as one of two words. */
function addTerm(
  root: PhraseNode<string>,
  written: string,
  variants: VariantReader,
  strict: boolean,
): string | null {
  const [term = "", mark] = written.trim().split("!");
  const parts = term.split(" ");
  if (parts.length < 2) return null;
  let node = root;
  for (const part of parts) node = node.after(part, () => variants.of(part));
  const needs = strict || parts.length === 2 || mark !== undefined ? ODD : ORDINARY;
  const value = parts.map((part) => part.split("(")[0]).join(" ");
  node.end ??= { value, needs };
  return value;
}

/** Reads `random(arbitrary|irregular)`: in brackets what nobody writes for the word in this term. */
class VariantReader {
  readonly #substitutes: ReadonlyMap<string, readonly Variant[]>;
  readonly #read = new Map<string, readonly Variant[]>();

  constructor(substitutes: string) {
    this.#substitutes = readSubstitutes(substitutes);
  }

  of(part: string): readonly Variant[] {
    const known = this.#read.get(part);
    if (known !== undefined) return known;
    const [word = "", odd = ""] = part.replace(")", "").split("(");
    const own = odd === "" ? [] : odd.split("|").map((one) => ({ words: folded(one), weight: ODD }));
    const taken = new Set([foldWord(word), ...own.map(({ words }) => words.join(" "))]);
    const others = (this.#substitutes.get(word) ?? []).filter(({ words }) => !taken.has(words.join(" ")));
    const variants = [{ words: [foldWord(word)], weight: 0 }, ...own, ...others];
    this.#read.set(part, variants);
    return variants;
  }
}

/** `{a|b} c`: one term each. */
function expand(written: string): string[] {
  const open = written.indexOf("{");
  if (open < 0) return [written];
  const close = written.indexOf("}", open);
  return written
    .slice(open + 1, close)
    .split("|")
    .flatMap((one) => expand(written.slice(0, open) + one + written.slice(close + 1)));
}

function readSubstitutes(lines: string): Map<string, readonly Variant[]> {
  const read = (other: string): Variant => ({
    words: folded(other.replace(/[!?]$/, "")),
    weight: WEIGHTS[other.at(-1) ?? ""] ?? ORDINARY,
  });
  return new Map(readPairs(lines, ":").map(([word, others]) => [word, others.split(" ").map(read)]));
}

const folded = (words: string) => words.split("_").map(foldWord);

function readPairs(lines: string, mark: string): [string, string][] {
  return lines
    .split("\n")
    .filter((line) => line.includes(mark))
    .map((line) => {
      const [left = "", right = ""] = line.split(mark);
      return [left.trim(), right.trim()];
    });
}
