import { findWords } from "../words.ts";

interface Node {
  readonly next: Map<string, Node>;
  /** The phrase that ends here, as it is written in its list. */
  phrase: string | null;
}

const node = (): Node => ({ next: new Map(), phrase: null });

/** Phrases, found among folded words. */
export class PhraseList {
  readonly #root = node();

  /** One phrase a line. */
  constructor(lines: string) {
    for (const line of lines.split("\n")) {
      const words = comparable(findWords(line).folded);
      if (words.length === 0) continue;
      let at = this.#root;
      for (const word of words) {
        const next = at.next.get(word) ?? node();
        at.next.set(word, next);
        at = next;
      }
      at.phrase = line;
    }
  }

  /** The longest phrase that begins at a word. O(its length). */
  at(words: readonly string[], index: number): { phrase: string; words: number } | null {
    let found: { phrase: string; words: number } | null = null;
    let at: Node | undefined = this.#root;
    for (let offset = 0; at !== undefined; offset++) {
      if (at.phrase !== null) found = { phrase: at.phrase, words: offset };
      const word: string | undefined = words[index + offset];
      at = word === undefined ? undefined : at.next.get(word);
    }
    return found;
  }

  /** How often each phrase comes, those that lie within another left out. O(words). */
  count(words: readonly string[]): Map<string, number> {
    const counts = new Map<string, number>();
    for (let index = 0; index < words.length; ) {
      const found = this.at(words, index);
      if (found !== null) counts.set(found.phrase, (counts.get(found.phrase) ?? 0) + 1);
      index += found?.words ?? 1;
    }
    return counts;
  }
}

/** Folded words with one kind of apostrophe. */
export function comparable(folded: readonly string[]): readonly string[] {
  return folded.map((word) => (word.includes("’") ? word.replaceAll("’", "'") : word));
}
