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

/** A word that may replace the term's word in many contexts, and one that does in a term only by a spinning tool. */
const ORDINARY = 1;
const ODD = 2;

/** A word, or several, in the place of a term's word. */
interface Variant {
  readonly words: readonly string[];
  readonly weight: number;
}

/** Terms that share their substitutes. */
const LANGUAGES = [
  {
    terms: [COMPUTING_TERMS, SYSTEM_TERMS, STATISTICS_TERMS, MEDICINE_TERMS, PHYSICS_TERMS, MORE_TERMS],
    substitutes: SUBSTITUTES,
  },
  { terms: [SPANISH_TERMS], substitutes: SPANISH_SUBSTITUTES },
];

/** The value of a match that is no finding. */
export const WELL_FORMED = "";

/**
 * The terms with everything that may stand for their words: a trie whose paths are the variants. A variant counts when
 * its replaced words weigh enough: two where the term has two words, one where it has more, since then the words that
 * stayed say which term it is. The value of a match is the term; `WELL_FORMED` for phrases that only look like a variant.
 */
export function buildTermModel(): PhraseNode<string> {
  const root = new PhraseNode<string>();
  // First come, first matched: they go before the terms whose variants they would be.
  for (const phrase of LEGITIMATE_PHRASES.split(/[;\n]/)) root.addLiteral(wordsOfPhrase(phrase), WELL_FORMED);
  for (const { terms, substitutes } of LANGUAGES) {
    const variants = new VariantReader(substitutes);
    for (const term of terms.flatMap((lines) => lines.split(/[;\n]/)).flatMap(expand))
      addTerm(root, term, variants);
  }
  for (const [phrase, term] of readPairs(SET_PHRASES, "=")) root.addLiteral(wordsOfPhrase(phrase), term);
  return root;
}

function addTerm(root: PhraseNode<string>, written: string, variants: VariantReader): void {
  const parts = written.trim().split(" ");
  if (parts.length < 2) return;
  let node = root;
  for (const part of parts) node = node.after(part, () => variants.of(part));
  const needs = parts.length === 2 ? ODD : ORDINARY;
  node.end ??= { value: parts.map((part) => part.split("(")[0]).join(" "), needs };
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
    words: folded(other.replace("!", "")),
    weight: other.endsWith("!") ? ODD : ORDINARY,
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
