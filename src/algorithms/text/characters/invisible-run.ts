/** Characters that leave no mark: zero-width ones, fillers, selectors of variants, tags, marks of direction. */
export const INVISIBLE_RUN =
  /(?:[\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u2060-\u2064\u206A-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|\u034F|\u17B4|\u17B5|[\u180B-\u180D]|\u180F|[\uFE00-\uFE0F]|[\u{E0000}-\u{E0FFF}])+/gu;

/** What a run of invisible characters is. */
export type InvisibleKind = "fine" | "soft_hyphen" | "in_word" | "between_words" | "hidden_text";

/** Scripts that need joiners, or breaks between words that no space marks. */
const NEEDS_JOINERS = /[\p{L}\p{M}]/u;
const PLAIN_SCRIPT = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;
const EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/u;
const LETTER = /\p{L}/u;
const FLAG = "\u{1F3F4}";
const SELECTORS = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;
const TAGS = /[\u{E0020}-\u{E007E}]/gu;

/** From so many in a row on, selectors and zero-width characters carry a message. */
const MESSAGE_FROM = 8;

/**
 * Tells what a run is from its neighbours, one code point each side, empty at the text's ends. Joiners inside emoji and
 * in scripts that need them are fine, a byte order mark is fine at the start, a soft hyphen is one of a word processor.
 * O(length of the run).
 */
export function kindOfRun(run: string, before: string, after: string): InvisibleKind {
  if (run === "\uFEFF" && before === "") return "fine";
  if (/^\u00AD+$/.test(run)) return "soft_hyphen";
  if (hiddenText(run, before) !== null) return "hidden_text";
  if (isEmojiPart(run, before, after)) return "fine";
  if (needsJoiners(before) || needsJoiners(after)) return "fine";
  if (isSplitLigature(run, before, after)) return "fine";
  return LETTER.test(before) && LETTER.test(after) ? "in_word" : "between_words";
}

/**
 * The message that a run hides: what its tags spell, or an empty text where its code is unknown; null without a
 * message. Flags of regions are spelt with tags, too.
 */
export function hiddenText(run: string, before: string): string | null {
  const tags = run.match(TAGS) ?? [];
  if (tags.length > 0 && !(before === FLAG && tags.length <= 6)) {
    return tags.map((tag) => String.fromCharCode((tag.codePointAt(0) ?? 0) - 0xe0000)).join("");
  }
  if ((run.match(SELECTORS)?.length ?? 0) >= 4) return "";
  return tags.length === 0 && new Set(run).size > 1 && run.length >= MESSAGE_FROM ? "" : null;
}

function isEmojiPart(run: string, before: string, after: string): boolean {
  if (before === FLAG) return true;
  const variant = /^[\uFE00-\uFE0F]$/.test(run);
  if (variant) return !PLAIN_SCRIPT.test(before);
  return /^\uFE0F?\u200D$/.test(run) && EMOJI.test(before) && EMOJI.test(after);
}

function needsJoiners(neighbour: string): boolean {
  return NEEDS_JOINERS.test(neighbour) && !PLAIN_SCRIPT.test(neighbour);
}

/** Typesetting keeps two letters apart where they would become one sign: `shelf|ful`. */
function isSplitLigature(run: string, before: string, after: string): boolean {
  return run === "\u200C" && before === "f" && /[fijlt]/.test(after);
}
