/** Fewest characters of a text that is analysed or compared with, after trimming. Source: contracts/integrity.md "Parámetros". */
export const MIN_TEXT_LENGTH = 50;

/** Whether a text can be stored as it is: no database keeps NUL and halves of pairs. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\u0000");
}

/** A text with what cannot be stored replaced by U+FFFD, one character for one, so that places in it stay. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\u0000", "\ufffd");
}
