/**
 * What has been read out of an entry leaves one of these private characters, so that what is still to be read keeps its
 * borders. `oneLine` takes them out of the entry first.
 */
export const MARK = {
  date: "\uE000",
  pages: "\uE001",
  volume: "\uE002",
  identifier: "\uE003",
  editor: "\uE004",
  genre: "\uE005",
  edition: "\uE006",
} as const;

const ANY_MARK = /[\uE000-\uE006]/g;

/** An entry in one line, letters and accents composed, without marks of ours. O(length). */
export function oneLine(entry: string): string {
  return entry.normalize("NFC").replace(ANY_MARK, " ").replace(/\s+/g, " ").trim();
}

/** Text up to the next thing that was read out, and the rest. */
export function upToMark(text: string): { before: string; after: string } {
  const at = text.search(ANY_MARK);
  return at < 0 ? { before: text, after: "" } : { before: text.slice(0, at), after: text.slice(at) };
}

/** Stretches of text between marks, without empty ones. */
export function betweenMarks(text: string): string[] {
  return text
    .split(ANY_MARK)
    .map(trimPunctuation)
    .filter((part) => part !== "");
}

const LEADING = /^[\s.,;:)\]/–—|*_\uE000-\uE006-]+/;
const TRAILING = /[\s.,;:([/–—|*_\uE000-\uE006-]+$/;

/** Without the punctuation that parts fields; brackets and quotes that belong to the text stay. */
export function trimPunctuation(text: string): string {
  return text.replace(LEADING, "").slice(0, 2_000).replace(TRAILING, "");
}

/** A field as it is handed out: what was read out of its middle leaves a space. */
export function fieldText(text: string): string {
  return trimPunctuation(text.replace(ANY_MARK, " ").replace(/\s+/g, " "));
}
