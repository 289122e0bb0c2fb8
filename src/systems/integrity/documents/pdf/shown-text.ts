import { accented } from "./accents.ts";
import type { GraphicsState } from "./graphics-state.ts";
import type { Glyph, PageFont } from "./run.ts";

/** Wider gaps within a line are spaces, in font sizes: pdf.js' own limit is 0.102. */
export const SPACE_FROM = 0.11;

const LIGATURES = /[\ufb00-\ufb06]/g;

/** What an operator shows, and where along the line, in text space from where it begins. */
export interface ShownText {
  readonly text: string;
  /** Where the first letter begins and the last one ends. */
  readonly start: number;
  readonly end: number;
  /** Where what follows begins. */
  readonly advance: number;
}

/**
 * Puts together the characters of one operator: gaps become spaces, ligatures their letters, an accent that is printed
 * over a letter one character with it. O(glyphs). ISO 32000-1, section 9.4.4.
 */
export function shownText(
  glyphs: readonly (Glyph | number)[],
  state: GraphicsState,
  font: PageFont | undefined,
): ShownText {
  const { fontSize, charSpacing, wordSpacing, scale } = state;
  const unit = (font?.isType3Font ? (font.fontMatrix?.[0] ?? 0.001) : 0.001) * fontSize;
  const spaceFrom = SPACE_FROM * Math.abs(fontSize);
  const characters: string[] = [];
  let start = 0;
  let end = 0;
  let gap = 0;
  for (const glyph of glyphs) {
    if (typeof glyph === "number") {
      gap -= (glyph / 1000) * fontSize;
      continue;
    }
    if (typeof glyph?.unicode !== "string") continue;
    const last = characters.at(-1) ?? " ";
    if (characters.length === 0) start = gap;
    const letter = gap < -spaceFrom ? accented(last, glyph.unicode) : null;
    if (letter !== null) characters[characters.length - 1] = letter;
    else {
      if (gap > spaceFrom && last !== " " && !glyph.isSpace) characters.push(" ");
      characters.push(glyph.unicode);
    }
    end += gap + glyph.width * unit + charSpacing + (glyph.isSpace ? wordSpacing : 0);
    gap = 0;
  }
  const text = characters.join("").replace(LIGATURES, (ligature) => ligature.normalize("NFKC"));
  return { text, start: start * scale, end: end * scale, advance: (end + gap) * scale };
}
