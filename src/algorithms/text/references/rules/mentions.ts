import type { PreparedText } from "../../prepared-text.ts";
import type { DocumentReferences } from "../document-references.ts";
import { latin } from "../latin.ts";
import { acronymOf, type ReferenceEntry, significantWords } from "../reference-entry.ts";

/** Counts how often the names of entries stand in the running text, other than in citations that mean something else. */
export class Mentions {
  readonly #counts = new Map<string, number>();

  /** O(words + citations + length of the entries). */
  constructor({ words }: PreparedText, references: DocumentReferences) {
    for (const entry of references.entries)
      for (const word of keysOf(entry).flat()) this.#counts.set(word, 0);
    let list = 0;
    for (let index = 0; index < words.count; index++) {
      const start = words.starts[index]!;
      while (list < references.lists.length && references.lists[list]!.end <= start) list++;
      if (start >= (references.lists[list]?.start ?? Number.POSITIVE_INFINITY)) continue;
      for (const part of partsOf(words.folded[index]!)) this.#add(part, 1);
    }
    for (const { citation } of references.citations) {
      for (const word of citation.words) for (const part of partsOf(word)) this.#add(part, -1);
    }
  }

  /** Whether the text names the entry outside the citations that were recognised. */
  has(entry: ReferenceEntry): boolean {
    return keysOf(entry).some(
      (words) => words.length > 0 && words.every((word) => (this.#counts.get(word) ?? 0) > 0),
    );
  }

  #add(word: string, count: number): void {
    const known = this.#counts.get(word);
    if (known !== undefined) this.#counts.set(word, known + count);
  }
}

/** Word groups, of which one must be there whole: the first author's surname, an acronym, or how the title begins. */
function keysOf({ reference }: ReferenceEntry): string[][] {
  const [first] = reference.authors;
  if (first === undefined) {
    const head = significantWords(reference.title || reference.raw.slice(0, 80)).slice(0, 3);
    return [head.flatMap((word) => partsOf(word).slice(0, 1))];
  }
  const surname = significantWords(first.surname).flatMap((word) => partsOf(word).slice(-1));
  const acronym = acronymOf(`${first.given} ${first.surname}`);
  const bracketed = latin(String.raw`[[(](\p{Lu}[\p{Lu}.&-]{1,12})[\])]`).exec(reference.authorText)?.[1];
  const short = [acronym, bracketed === undefined ? "" : significantWords(bracketed).join("")];
  return [surname, surname.slice(0, 1), ...short.filter((word) => word.length > 2).map((word) => [word])];
}

/** A hyphenated name may be cited by either half. */
function partsOf(word: string): string[] {
  return word.includes("-") ? [word, ...word.split("-")] : [word];
}
