import { wordsOfPhrase } from "./phrase-tokens.ts";
import { PhraseNode } from "./phrase-trie.ts";

/** A phrase that somebody wrote for a term: `counterfeit consciousness` for artificial intelligence. */
export interface TorturedPhrase {
  readonly tortured: string;
  readonly correct: string;
}

const MOST_PHRASES = 50_000;
const LONGEST = 300;
const MOST_WORDS = 12;
/** A term that a list's makers could not name. */
const IN_BRACKETS = /\([^()]*\)|\[[^[\]]*\]/g;
const UNKNOWN = /^[?\s.()-]*$/;

/**
 * The phrases of an operator's own list, in the form of the Problematic Paper Screener: `{phrases: [{tortured,
 * correct}]}`. Entries that would find honest text are left out: single words, phrases that are the term itself or part
 * of it, and those for which no term is known. O(size).
 * @throws RangeError when the value is no such list, or has more than 50,000 phrases
 */
export function parsePhraseList(json: unknown): TorturedPhrase[] {
  const phrases = isRecord(json) ? json.phrases : undefined;
  if (!Array.isArray(phrases))
    throw new RangeError('a list of phrases is {"phrases": [{"tortured", "correct"}]}');
  if (phrases.length > MOST_PHRASES) throw new RangeError(`a list of phrases has at most ${MOST_PHRASES}`);
  return phrases.map(readEntry).filter(isUsable);
}

function readEntry(entry: unknown, index: number): TorturedPhrase {
  const { tortured, correct } = isRecord(entry) ? entry : {};
  if (!isText(tortured) || !isText(correct)) {
    throw new RangeError(
      `phrase ${index + 1} needs "tortured" and "correct", texts of at most ${LONGEST} characters`,
    );
  }
  return { tortured: tortured.trim(), correct: correct.trim() };
}

function isUsable({ tortured, correct }: TorturedPhrase): boolean {
  const words = wordsOfPhrase(tortured).map(({ word }) => word);
  if (words.length < 2 || words.length > MOST_WORDS || UNKNOWN.test(correct)) return false;
  const phrase = ` ${words.join(" ")} `;
  return [correct, correct.replace(IN_BRACKETS, " ")].every((term) => !asWords(term).includes(phrase));
}

const asWords = (text: string) =>
  ` ${wordsOfPhrase(text)
    .map(({ word }) => word)
    .join(" ")} `;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === "string" && value.length <= LONGEST;

/** Tries of lists that are in use; a list is compiled once, and forgotten with it. */
const compiled = new WeakMap<readonly TorturedPhrase[], PhraseNode<string>>();

/** The list as a trie whose matches are the terms. O(words of the list), once per list. */
export function compilePhraseList(list: readonly TorturedPhrase[]): PhraseNode<string> {
  const known = compiled.get(list);
  if (known !== undefined) return known;
  const root = new PhraseNode<string>();
  for (const { tortured, correct } of list) root.addLiteral(wordsOfPhrase(tortured), correct);
  compiled.set(list, root);
  return root;
}
