/** Accents that old TeX fonts print over the letter that follows, as characters that combine with it. */
const ACCENTS: Readonly<Record<string, string>> = {
  "´": "\u0301",
  "`": "\u0300",
  "¨": "\u0308",
  "˜": "\u0303",
  ˆ: "\u0302",
  "¸": "\u0327",
  ˇ: "\u030c",
};

/** A letter with the accent that was printed before it, in the same place; null when that is no accent. */
export function accented(accent: string, letter: string): string | null {
  const mark = ACCENTS[accent];
  return mark === undefined ? null : ((letter === "ı" ? "i" : letter) + mark).normalize("NFC");
}
