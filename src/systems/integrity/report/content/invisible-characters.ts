/*
 * Characters that nobody sees and that change what is seen: controls, directions, joiners between letters that never
 * join. A report shows them by their code, so that they can neither hide nor turn the report's own words around.
 */

/** All but tab, line feed and carriage return. The joiners are left alone where scripts and pictograms need them. */
const INVISIBLE =
  /(?![\t\n\r])\p{Cc}|[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|(?<=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d])[\u200c\u200d]/gu;

/** A piece of a text: as it stands, or an invisible character's code (`U+200B`). */
export type VisiblePiece = { readonly text: string } | { readonly code: string };

/** O(length). */
export function splitInvisible(text: string): VisiblePiece[] {
  const pieces: VisiblePiece[] = [];
  const whole = text.toWellFormed();
  let done = 0;
  for (const match of whole.matchAll(INVISIBLE)) {
    if (match.index > done) pieces.push({ text: whole.slice(done, match.index) });
    pieces.push({ code: codeOf(match[0]) });
    done = match.index + match[0].length;
  }
  if (done < whole.length) pieces.push({ text: whole.slice(done) });
  return pieces;
}

/** The text with invisible characters as `[U+200B]`. O(length). */
export function spellInvisible(text: string): string {
  return text.toWellFormed().replace(INVISIBLE, (character) => `[${codeOf(character)}]`);
}

function codeOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}
