/**
 * Letters that look like Latin ones in the usual typefaces: pairs of the letter and what it passes for. Only shapes that
 * a reader takes for the Latin letter stand here; small capitals such as Cyrillic т or н do not.
 */
const CYRILLIC =
  "аa еe оo рp сc хx уy іi ѕs јj ԁd һh ԛq ԝw ӏl ѵv АA ВB ЕE ІI ЈJ КK МM НH ОO РP СC ТT ХX УY ЅS ԌG ԚQ ԜW ѴV ӀI ҮY";
const GREEK_LETTERS = "οo ϲc ϳj ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC ͿJ";
/** Greek letters that formulas and names of substances use: NFκB, hν, TNFα. */
const GREEK_SYMBOLS = "αa νv ρp ιi κk υu γy ηn τt χx ωw";
const OTHERS =
  "օo հh ոn սu ցg ᎪA ᏴB ᏟC ᎠD ᎬE ᎻH ᎫJ ᏦK ᏞL ᎷM ᏢP ᏚS ᎢT ᏙV ᎳW ᏃZ ⅼl ⅰi ⅽc ⅾd ⅿm ⅴv ⅹx ⅬL ⅠI ⅭC ⅮD ⅯM ⅤV ⅩX";

/** How sure a letter's company makes it that it passes for another. */
export type ConfusableKind = "letter" | "symbol" | "fullwidth" | "mathematical";

export interface Confusable {
  readonly latin: string;
  readonly kind: ConfusableKind;
}

const TABLE: ReadonlyMap<string, Confusable> = new Map(
  [
    [CYRILLIC, "letter"],
    [GREEK_LETTERS, "letter"],
    [OTHERS, "letter"],
    [GREEK_SYMBOLS, "symbol"],
  ].flatMap(([pairs = "", kind]) =>
    pairs.split(" ").map((pair) => {
      const [letter = "", latin = ""] = [...pair];
      return [letter, { latin, kind: kind as ConfusableKind }] as const;
    }),
  ),
);

/** Every place where a letter of the table, a fullwidth or a mathematical one may stand. */
export const MAY_BE_CONFUSABLE =
  /[\u0370-\u058F\u13A0-\u13F5\u2160-\u217F\uFF21-\uFF3A\uFF41-\uFF5A\u{1D400}-\u{1D7CB}]/gu;

/** The Latin letter that a letter passes for; null when it passes for none. */
export function confusable(letter: string): Confusable | null {
  const known = TABLE.get(letter);
  if (known !== undefined) return known;
  const point = letter.codePointAt(0) ?? 0;
  if (point >= 0xff21 && point <= 0xff5a) return plain(letter, "fullwidth");
  if (point >= 0x1d400 && point <= 0x1d7cb) return plain(letter, "mathematical");
  return null;
}

function plain(letter: string, kind: ConfusableKind): Confusable | null {
  const latin = letter.normalize("NFKC");
  return /^[A-Za-z]$/.test(latin) ? { latin, kind } : null;
}
