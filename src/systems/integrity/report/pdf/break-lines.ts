/** Text of one look within a paragraph. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly colour?: string;
  /** Background. */
  readonly tint?: string;
}

/** A piece of a line that is drawn at once. Points. */
export interface Fragment extends Run {
  readonly x: number;
  readonly width: number;
}

export type Line = readonly Fragment[];

/** Width of a text in points. */
export type Measure = (text: string, bold: boolean) => number;

/** A space ends a word; it is drawn with it. */
const WORDS = /[^ ]+ ?| /g;
/** Long words, such as addresses, rather break behind these. */
const BREAKABLE = /[/.?&=_,;:-]/;

/**
 * Breaks runs into lines of a width. Words that do not fit a line are broken between characters, so that nothing runs
 * over the margin.
 *
 * Complexity: O(length).
 */
export function breakLines(runs: readonly Run[], width: number, measure: Measure): Line[] {
  const lines: Line[] = [];
  let line: Fragment[] = [];
  let filled = 0;
  const nextLine = () => {
    lines.push(line);
    line = [];
    filled = 0;
  };
  for (const word of joinWords(runs).flatMap((word) => fitted(word, width, measure))) {
    if (filled > 0 && filled + widthOf(word, measure, true) > width) nextLine();
    for (const piece of word) {
      const pieceWidth = measure(piece.text, piece.bold === true);
      addPiece(line, piece, filled, pieceWidth);
      filled += pieceWidth;
    }
  }
  if (line.length > 0 || lines.length === 0) lines.push(line);
  return lines;
}

/** What may not be parted: pieces of runs up to the next space. */
type Word = readonly Run[];

function joinWords(runs: readonly Run[]): Word[] {
  const words: Word[] = [];
  let word: Run[] = [];
  for (const run of runs) {
    for (const [text] of run.text.matchAll(WORDS)) {
      word.push({ ...run, text });
      if (text.endsWith(" ")) {
        words.push(word);
        word = [];
      }
    }
  }
  if (word.length > 0) words.push(word);
  return words;
}

/** The space at a line's end may hang over. */
function widthOf(word: Word, measure: Measure, trimmed: boolean): number {
  const last = word.at(-1)!;
  const total = word.reduce((sum, { text, bold }) => sum + measure(text, bold === true), 0);
  return trimmed && last.text.endsWith(" ") ? total - measure(" ", last.bold === true) : total;
}

/** The word itself, or pieces of it that fit a line each. */
function fitted(word: Word, width: number, measure: Measure): Word[] {
  if (widthOf(word, measure, true) <= width) return [word];
  const parts: Word[] = [];
  let part: Run[] = [];
  let filled = 0;
  for (const run of word) {
    let text = "";
    for (const character of run.text) {
      const advance = measure(character, run.bold === true);
      const isFull = filled + advance > width && character !== " ";
      const isGoodPlace = filled > width * 0.7 && BREAKABLE.test(text.at(-1) ?? "");
      if (filled > 0 && (isFull || isGoodPlace)) {
        if (text !== "") part.push({ ...run, text });
        parts.push(part);
        part = [];
        text = "";
        filled = 0;
      }
      text += character;
      filled += advance;
    }
    if (text !== "") part.push({ ...run, text });
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

/** Adds a piece to a line, joined with the one before it where they look the same. */
function addPiece(line: Fragment[], piece: Run, x: number, width: number): void {
  const last = line.at(-1);
  if (
    last !== undefined &&
    last.bold === piece.bold &&
    last.colour === piece.colour &&
    last.tint === piece.tint
  ) {
    line[line.length - 1] = { ...last, text: last.text + piece.text, width: last.width + width };
  } else {
    line.push({ ...piece, x, width });
  }
}
