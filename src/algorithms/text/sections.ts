import type { Span } from "./span.ts";

/** A sentence ends with its mark and closing quotes, before a space and something that can begin one; or with a line. */
const SENTENCE_END = /[.!?…]+["'”’»)\]]*(?=\s+["'“‘«¿¡([]*[\p{Lu}\p{N}])|\n\s*\n|\n(?=\s*[-•*\d])/gu;

/** Words before a full stop that end no sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:[A-ZÁÉÍÓÚÑ]|Sr|Sra|Srta|Dr|Dra|Prof|Ing|Lic|Mr|Mrs|Ms|St|vs|cf|etc|al|ed|eds|pp?|págs?|vol|núm|nº|no|fig|figs|cap|art|ej|i\.e|e\.g|p\.\s?ej)\.$/iu;

/** Sentences without the white space around them. O(length). */
export function findSentences(text: string): Span[] {
  const sentences: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length;
    if (match[0] === "." && ABBREVIATION.test(text.slice(Math.max(start, end - 12), end))) continue;
    pushTrimmed(sentences, text, start, end);
    start = end;
  }
  pushTrimmed(sentences, text, start, text.length);
  return sentences;
}

/** Paragraphs: apart by an empty line, or by every line where the text has no empty ones. O(length). */
export function findParagraphs(text: string): Span[] {
  const separator = /\n[^\S\n]*\n/.test(text.trim()) ? /\n(?:[^\S\n]*\n)+/g : /\n+/g;
  const paragraphs: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(separator)) {
    pushTrimmed(paragraphs, text, start, match.index);
    start = match.index + match[0].length;
  }
  pushTrimmed(paragraphs, text, start, text.length);
  return paragraphs;
}

function pushTrimmed(spans: Span[], text: string, from: number, to: number): void {
  let start = from;
  let end = to;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  if (start < end) spans.push({ start, end });
}

function isSpace(unit: number): boolean {
  return (
    unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0xa0 || unit === 0x2028 || unit === 0xfeff
  );
}
