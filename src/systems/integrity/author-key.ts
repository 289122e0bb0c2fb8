import { foldWord } from "../../algorithms/text/fold.ts";
import { findWords } from "../../algorithms/text/words.ts";
import { ANONYMOUS_AUTHOR } from "./case-record.ts";

const NOBODY = new Set(["", foldWord(ANONYMOUS_AUTHOR), "anonymous", "anonymo"]);

/** An author as authors are compared: words without case and accents; null for nobody in particular. */
export function authorKey(author: string | null): string | null {
  const key = findWords(author ?? "").folded.join(" ");
  return NOBODY.has(key) ? null : key;
}

/** Whether a document's author (as compared) is the one named; nobody in particular is nobody's author. */
export function isSameAuthor(key: string | null, author: string | null): boolean {
  return key !== null && key === authorKey(author);
}
