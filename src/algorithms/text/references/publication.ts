import { latin } from "./latin.ts";
import { trimPunctuation } from "./markers.ts";
import { isPlace, isPress, isRegion } from "./place-names.ts";

export interface Publication {
  readonly publisher: string;
  readonly place: string;
  /** Where in the text it begins; the length of the text where there is none. */
  readonly start: number;
}

interface Piece {
  readonly text: string;
  readonly start: number;
  /** The character that parts it from the next one. */
  readonly close: string;
}

const BORDER = /[.,:;](?=\s|$)|[()[\]]|\s(?=\()|\s[:–/]\s/g;

const CAPITALISED = latin(String.raw`^\p{Lu}[\p{L}'’.]+`);
const LEGIBLE = latin(String.raw`[\p{L}\p{N}]`);
const STATE = latin(String.raw`^\p{Lu}{2}$`);
const TOWN = latin(String.raw`^\p{Lu}[\p{L}'-]+(?:\s\p{Lu}[\p{L}'-]+)?$`);

/** Place and press at the end of a text: `Cambridge, MA: MIT Press`, `MIT Press, Cambridge`, `(Wiley`. O(length). */
export function readPublication(text: string): Publication {
  const pieces = toPieces(text);
  const last = pieces.length - 1;
  const none = { publisher: "", place: "", start: text.length };
  if (last < 0) return none;
  const colon = pieces.findLastIndex(
    ({ text: before, close }, index) =>
      index < last &&
      close.trim() === ":" &&
      (isPlace(before) || (index > 0 && isTown(before) && isPress(pieces[index + 1]!.text))),
  );
  if (colon >= 0) {
    const first = placeStart(pieces, colon);
    return {
      place: joined(text, pieces, first, colon),
      publisher: joined(text, pieces, colon + 1, last),
      start: pieces[first]!.start,
    };
  }
  if (isPlace(pieces[last]!.text)) {
    const first = placeStart(pieces, last);
    const place = joined(text, pieces, first, last);
    const press = pressStart(pieces, first - 1);
    return press === first
      ? { place, publisher: "", start: pieces[first]!.start }
      : { place, publisher: joined(text, pieces, press, first - 1), start: pieces[press]!.start };
  }
  const press = pressStart(pieces, last);
  if (press > last) return none;
  const first = press > 0 && isPlace(pieces[press - 1]!.text) ? placeStart(pieces, press - 1) : press;
  return {
    place: first === press ? "" : joined(text, pieces, first, press - 1),
    publisher: joined(text, pieces, press, last),
    start: pieces[first]!.start,
  };
}

/** A whole text that is known to say who published, whatever its words: `Rennes : PUR`, `Edilig, Paris`. */
export function asPublication(text: string): Omit<Publication, "start"> {
  const known = readPublication(text);
  if (known.publisher !== "" || (known.place !== "" && known.start === 0)) {
    return { publisher: known.publisher, place: known.place };
  }
  const before = trimPunctuation(text.slice(0, known.start));
  if (known.place !== "") return { publisher: isName(before) ? before : "", place: known.place };
  const [left, right] = splitOnce(before);
  if (right !== "") return isName(right) ? { publisher: right, place: left } : NOTHING;
  return isName(left) ? { publisher: left, place: "" } : NOTHING;
}

const NOTHING = { publisher: "", place: "" };
const NOTE = latin(
  String.raw`^(?:published|reprint\p{L}*|retrieved|see|submitted|to appear|special issue|preprint|available|from|draft|paper|working|printed|eds?\.|also|part|series|online|web|pp|vols?|no)\b`,
  "i",
);

/** Whether an unknown text may be the name of a press: short, capitalised, and no remark about the work. */
function isName(text: string): boolean {
  return text.length < 60 && CAPITALISED.test(text) && !NOTE.test(text);
}

function splitOnce(text: string): [string, string] {
  const at = text.search(/\s?:\s/);
  if (at < 0) return [text, ""];
  return [trimPunctuation(text.slice(0, at)), trimPunctuation(text.slice(at + 1))];
}

function toPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  const push = (end: number, close: string) => {
    const raw = text.slice(start, end);
    const piece = raw.trim();
    if (LEGIBLE.test(piece)) pieces.push({ text: piece, start: start + raw.indexOf(piece), close });
  };
  for (const match of text.matchAll(BORDER)) {
    if (
      match[0] === "." &&
      match.index < text.length - 1 &&
      isAbbreviated(text.slice(Math.max(start, match.index - 6), match.index))
    ) {
      continue;
    }
    push(match.index, match[0]);
    start = match.index + match[0].length;
  }
  push(text.length, "");
  return pieces;
}

/** A short word before a full stop, unless it is a state: `San Jose, CA. AAAI Press` */
function isAbbreviated(before: string): boolean {
  const word = latin(String.raw`(?:^|[\s.(])(\p{L}{1,4})$`).exec(before)?.[1];
  return word !== undefined && !STATE.test(word);
}

/** `Cambridge, MA` and `Los Altos, California` begin one piece before. */
function placeStart(pieces: readonly Piece[], last: number): number {
  let first = last;
  while (first > 0 && last - first < 2 && isPlace(pieces[first - 1]!.text)) first--;
  const before = pieces[first - 1];
  const state = pieces[last]!.text;
  if (first === last && before !== undefined && isRegion(state) && isTown(before.text)) first--;
  return first;
}

function isTown(text: string): boolean {
  return text.length <= 25 && TOWN.test(text) && !isPress(text);
}

/** First of the pieces up to `last` that name a press; one behind `last` where the last one names none. */
function pressStart(pieces: readonly Piece[], last: number): number {
  let first = last + 1;
  while (first > 0 && isPress(pieces[first - 1]!.text) && last - first < 3) {
    if (first <= last && pieces[first - 2]?.close.trim() === ":") break;
    first--;
    if (pieces[first]!.close === "." || pieces[first - 1]?.close === ".") break;
  }
  return first;
}

function joined(text: string, pieces: readonly Piece[], from: number, to: number): string {
  const end = to + 1 < pieces.length ? pieces[to + 1]!.start : text.length;
  return trimPunctuation(text.slice(pieces[from]!.start, end));
}
