/** How far a cut moves to fall between two words. UTF-16 units. */
const NEAR = 24;

const SPACE = /\s/;

/** The offset, moved to the left where it would part the two halves of a character. */
export function wholeCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit < 0xe000 && at > 0 ? at - 1 : at;
}

/** An offset at or a little behind `at` where a word begins; `at` itself where no space is near. At most `limit`. */
export function wordStartFrom(text: string, at: number, limit: number): number {
  if (at <= 0) return 0;
  for (let near = at; near < Math.min(at + NEAR, limit); near++) {
    if (SPACE.test(text.charAt(near - 1))) return near;
  }
  return wholeCharacter(text, Math.min(at, limit));
}

/** An offset at or a little before `at` where a word ends; `at` itself where no space is near. At least `limit`. */
export function wordEndBefore(text: string, at: number, limit: number): number {
  if (at >= text.length) return text.length;
  for (let near = at; near > Math.max(at - NEAR, limit); near--) {
    if (SPACE.test(text.charAt(near))) return near;
  }
  return wholeCharacter(text, Math.max(at, limit));
}

/** The beginning of a text, `longest` UTF-16 units at most, with an ellipsis where something was cut off. */
export function clip(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, wordEndBefore(text, longest, 1))}…`;
}
