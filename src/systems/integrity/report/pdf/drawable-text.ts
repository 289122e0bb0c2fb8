import { spellInvisible } from "../content/invisible-characters.ts";

const REPLACEMENT = "\ufffd";
const SPACES = /\s+/g;
/** They choose a look or join pictograms, and draw nothing themselves. */
const SELECTORS = /[\ufe00-\ufe0f\u200c\u200d]/g;
const BEYOND_ASCII = /[^\0-\x7f]/u;

/** Makes texts drawable with fonts that lack characters. */
export class DrawableText {
  readonly #hasGlyph: (codePoint: number) => boolean;
  readonly #known = new Map<string, boolean>();

  constructor(hasGlyph: (codePoint: number) => boolean) {
    this.#hasGlyph = hasGlyph;
  }

  /** One line: white space is a space, invisible characters are spelled, what the fonts lack is U+FFFD. O(length). */
  of(text: string): string {
    const visible = spellInvisible(text).replace(SPACES, " ").replace(SELECTORS, "");
    if (!BEYOND_ASCII.test(visible)) return visible;
    let drawable = "";
    for (const character of visible) drawable += this.#isKnown(character) ? character : REPLACEMENT;
    return drawable;
  }

  #isKnown(character: string): boolean {
    const known = this.#known.get(character);
    if (known !== undefined) return known;
    const has = this.#hasGlyph(character.codePointAt(0)!);
    this.#known.set(character, has);
    return has;
  }
}
