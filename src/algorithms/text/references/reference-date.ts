import { latin } from "./latin.ts";
import { MARK } from "./markers.ts";

const YEAR = "(?:1[4-9]\\d\\d|20\\d\\d)";
const UNDATED =
  "n\\.\\s?d\\.?|s\\.\\s?[fda]\\.?|s\\/f|sin fecha|sem data|in press|en prensa|no prelo|forthcoming|in preparation|en preparación|submitted|to appear|in print";
const MONTH =
  "(?:jan(?:uary|eiro|vier)?|feb(?:ruary|rero)?|fev(?:ereiro)?|f[ée]vrier|mar(?:ch|zo|ço|s)?|a[pb]r(?:il)?|avril|ma[yi]o?|june?|jun[ih]o|juin|july?|jul[ih]o|juillet|aug(?:ust)?|ago(?:sto)?|août|sept?(?:ember|iembre|embre)?|set(?:iembre|embro)?|o[cu]t(?:ober|ubre|obre|ubro)?|nov(?:em|iem)?(?:ber|bre|bro)?|d[ei][czé](?:em|iem|cem)?(?:ber|bre|bro)?|ene(?:ro)?|spring|summer|autumn|fall|winter|primavera|verano|otoño|invierno)\\.?";

/** A year in brackets, with what stands around it there. */
const BRACKETED = latin(
  String.raw`[\s.,:;*]{0,4}[(\[](?:(?<before>[^()\[\]:;]{0,30}?)(?<year>${YEAR})(?<suffix>[a-z])?(?![\p{L}\d])[^()\[\]:]{0,30}|(?<undated>(?:${UNDATED})(?:-[a-z]|[a-z])?))[)\]]`,
  "iy",
);
const PLAIN = latin(
  String.raw`[\s.,:;]{0,4}(?:(?<year>${YEAR})(?<suffix>[a-z])?(?:\s?[/–-]\s?\d{2,4})?(?=\s*[.,:;]\s|\s+["“«‘\p{Lu}])|(?<undated>s\.\s?[fd]\.|n\.\s?d\.)(?=\s))`,
  "y",
);
/** Words that may stand before a year in its brackets. */
const DATE_WORD = latin(
  String.raw`^(?:${MONTH}|de|of|ca?\.?|circa|filed|orig\p{L}*|original|publi\p{L}*|a\.|d\.|[aCd]\.?|\d{1,4}[a-zº]{0,2}\.?|e\.?|y|–|-|/|©|\[)$`,
  "i",
);
/** A year that stands alone between the borders of fields. */
const ALONE = latin(
  String.raw`(?<=^|[\s(,;:.\[/-])(?<![\d]\s?[–-]\s?)(?<year>${YEAR})(?<suffix>[a-z])?(?:\s?[-–/]\s?(?:${YEAR}|\d\d))?(?:,\s${YEAR})?(?=[,;]?\s?(?:\d{1,2}\s)?(?:de\s)?(?:\p{L}{3,10}\.?(?:\s\d{1,2})?(?:[-–]\d{1,2})?)?[)\]]*\s*(?:[.,;:)\]\uE000-\uE006*]|$|\s["“]))`,
  "gi",
);
/** Any year that is no part of a longer number, of a range or of a word. */
const LOOSE = latin(String.raw`(?<![\d–-])(?<year>${YEAR})(?<suffix>[a-z])?(?![\d–\p{L}]|-\d)`, "gi");
const LATE_UNDATED = new RegExp(`(?<=[\\s(\\[,.])(?:${UNDATED})(?=[\\s)\\],.]|$)`, "i");
const DAY_AND_MONTH = new RegExp(
  `(?:(?:filed |\\bca?\\.\\s?|©\\s?)?(?:(?<!\\b(?:vol|no|n)\\.?\\s?)\\b\\d{1,2}(?:st|nd|rd|th|º)?[-–/. ]+(?:de )?)?\\b${MONTH}[-–/, ]+(?:\\d{1,2}(?:st|nd|rd|th)?(?:[-–]\\d{1,2})?[ ,]+)?(?:de |of )?|(?<!\\d)(?:0?[1-9]|[12]\\d|3[01])(?<mark>[/.-])(?:0?[1-9]|1[0-2])\\k<mark>|\\bca?\\.\\s?|©\\s?|\\[)$`,
  "i",
);
const MONTH_BEHIND = new RegExp(
  `^[,;]?\\s?(?:\\d{1,2}\\s(?:de\\s)?)?${MONTH}(?:\\s\\d{1,2})?(?:\\s?[-–]\\s?\\d{1,2})?(?![a-z])`,
  "i",
);
const RANGE_BEFORE = /(?:\bpp?\.?|pages?|págs?\.?|\d\s?[-–—])\s*$/i;

export interface ReferenceDate {
  readonly year: number | null;
  readonly yearSuffix: string;
  readonly undated: boolean;
  readonly start: number;
  readonly end: number;
}

/** The date right behind the authors, which end at `from`; null where something else stands there. */
export function dateAt(entry: string, from: number): ReferenceDate | null {
  const bracketed = bracketedAt(entry, from);
  if (bracketed !== null) return bracketed;
  PLAIN.lastIndex = from;
  const match = PLAIN.exec(entry);
  return match === null ? null : toDate(match, from);
}

function bracketedAt(entry: string, from: number): ReferenceDate | null {
  BRACKETED.lastIndex = from;
  const match = BRACKETED.exec(entry);
  if (match === null) return null;
  const words = (match.groups?.before ?? "").split(/[\s,/]+/).filter((word) => word !== "");
  return words.every((word) => DATE_WORD.test(word)) ? toDate(match, from) : null;
}

/** A year in brackets somewhere in the first part of an entry that opens with no known name. */
export function firstBracketedDate(entry: string): ReferenceDate | null {
  const limit = Math.min(entry.length, 300);
  for (let from = entry.indexOf("("); from >= 0 && from < limit; from = entry.indexOf("(", from + 1)) {
    const date = bracketedAt(entry, from);
    if (date !== null) return date;
  }
  return null;
}

/** The date further back: the last one that stands alone, which titles that name years come before. */
export function lateDate(rest: string): ReferenceDate | null {
  let best: ReferenceDate | null = null;
  for (const pattern of [ALONE, LOOSE]) {
    for (const match of rest.matchAll(pattern)) {
      const before = rest.slice(Math.max(0, match.index - 8), match.index);
      if (RANGE_BEFORE.test(before) || isLongRange(match)) continue;
      if (best === null || !PAGE_LIKE.test(before)) best = toDate(match, match.index);
    }
    if (best !== null) return withMonth(rest, best);
  }
  const undated = LATE_UNDATED.exec(rest);
  return undated === null
    ? null
    : {
        year: null,
        yearSuffix: "",
        undated: true,
        start: undated.index,
        end: undated.index + undated[0].length,
      };
}

/** A number like a year where the only page would stand: behind `12(3),` and `10,`. */
const PAGE_LIKE = /(?:\)|[\s,]\d{1,3})\s?[,:]\s?$/;

/** `1797-1803` are pages or a period; a date spans a few years at most. */
function isLongRange(match: RegExpMatchArray): boolean {
  const [from = 0, to = 0] = (match[0].match(/\d{4}/g) ?? []).map(Number);
  return to !== 0 && Math.abs(to - from) > 9;
}

/** With the day and the month before the year or behind it. */
function withMonth(rest: string, date: ReferenceDate): ReferenceDate {
  let { start } = date;
  for (let round = 0; round < 2; round++) {
    const before = DAY_AND_MONTH.exec(rest.slice(Math.max(0, start - 35), start));
    if (before === null) break;
    start -= before[0].length;
  }
  const behind = MONTH_BEHIND.exec(rest.slice(date.end, date.end + 35));
  return { ...date, start, end: date.end + (behind?.[0].length ?? 0) };
}

function toDate(match: RegExpMatchArray, start: number): ReferenceDate {
  const { year, suffix = "" } = match.groups ?? {};
  return {
    year: year === undefined ? null : Number(year),
    yearSuffix: suffix.toLowerCase(),
    undated: year === undefined,
    start,
    end: start + match[0].length,
  };
}

/** Puts the mark of a date in its place. */
export function withoutDate(rest: string, { start, end }: ReferenceDate): string {
  return `${rest.slice(0, start)} ${MARK.date} ${rest.slice(end)}`;
}
