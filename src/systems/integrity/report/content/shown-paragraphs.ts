import { findParagraphs } from "../../../../algorithms/text/sections.ts";
import { mergeSpans, type Span } from "../../../../algorithms/text/span.ts";
import { wordEndBefore, wordStartFrom } from "./cut-text.ts";

/** A paragraph of the text, or the piece of one that is shown. UTF-16 offsets. */
export interface ShownParagraph extends Span {
  /** UTF-16 units of paragraphs between this and the one shown before it. */
  readonly skipped: number;
  /** The paragraph goes on before or behind what is shown. */
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

export interface ShownText {
  readonly paragraphs: readonly ShownParagraph[];
  /** False where only what lies around findings is shown. */
  readonly isWhole: boolean;
  /** UTF-16 units behind the last shown paragraph. */
  readonly skippedAtEnd: number;
}

/** Texts up to this length are shown whole, of longer ones as much as this at most. UTF-16 units. */
export const WHOLE_UP_TO = 200_000;

/** Shown around a place. */
const AROUND = 600;
/** Of a longer place only the beginning is shown. */
const LONGEST_PLACE = 3_000;

/** The text by paragraphs: all of it, or what lies around some places. O(length + places log places). */
export function shownParagraphs(text: string, places: readonly Span[]): ShownText {
  const paragraphs = findParagraphs(text);
  if (text.length <= WHOLE_UP_TO) {
    const shown = paragraphs.map((span) => ({ ...span, skipped: 0, cutBefore: false, cutAfter: false }));
    return { paragraphs: shown, isWhole: true, skippedAtEnd: 0 };
  }
  const shown = cutTo(text, paragraphs, windowsAround(places));
  const end = shown.at(-1)?.end ?? 0;
  return {
    paragraphs: shown,
    isWhole: false,
    skippedAtEnd: Math.max(0, (paragraphs.at(-1)?.end ?? 0) - end),
  };
}

/** Around the first places, as many as there is room for. */
function windowsAround(places: readonly Span[]): Span[] {
  const windows = mergeSpans(
    places.map(({ start, end }) => ({
      start: Math.max(0, start - AROUND),
      end: Math.min(end, start + LONGEST_PLACE) + AROUND,
    })),
  );
  let room = WHOLE_UP_TO;
  return windows.flatMap(({ start, end }) => {
    const length = Math.min(end - start, room);
    room -= length;
    return length > 0 ? [{ start, end: start + length }] : [];
  });
}

function cutTo(text: string, paragraphs: readonly Span[], windows: readonly Span[]): ShownParagraph[] {
  const shown: ShownParagraph[] = [];
  let at = 0;
  let shownUntil = 0;
  for (const window of windows) {
    while (at < paragraphs.length && paragraphs[at]!.end <= window.start) at++;
    for (let index = at; index < paragraphs.length && paragraphs[index]!.start < window.end; index++) {
      const paragraph = paragraphs[index]!;
      const from = window.start > paragraph.start;
      const to = window.end < paragraph.end;
      const start = from ? wordStartFrom(text, window.start, paragraph.end) : paragraph.start;
      const end = to ? wordEndBefore(text, window.end, start) : paragraph.end;
      if (start >= end) continue;
      const skipped = text.slice(shownUntil, start).trim().length;
      shown.push({ start, end, skipped, cutBefore: from, cutAfter: to });
      shownUntil = end;
    }
  }
  return shown;
}
