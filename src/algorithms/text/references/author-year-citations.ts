import type { AuthorYearCitation } from "./citation.ts";
import { leadsToAuthor, mayBeNoAuthor, readNames, saysWhatAuthorsSay } from "./citation-words.ts";
import { latin } from "./latin.ts";

const BRACKETS = /\(([^()]{4,400})\)/g;
const YEARS = latin(
  String.raw`(?<![\d\p{L}.-])(?<year>(?:1[5-9]|20)\d\d)(?<suffix>[a-z](?![\p{L}]))?(?:\s?\/\s?(?<other>(?:1[5-9]|20)\d\d))?(?![\d\p{L}%]|\s?[-–—]\s?\d|[.,]\d)`,
  "g",
);
/** What makes the words before it a source that was not read itself. */
const SECOND_HAND =
  /\b(?:citad[oa]s? (?:en|por)|como se cit[oó] en|como se cita en|cit\. en|apud|as cited in|cited (?:in|by)|citado em|in)\s+/i;
const SPOKEN = /comunicación personal|personal communication|comunicação pessoal|entrevista|interview/i;
/** Places where a text names works by author and year. O(length). */
export function findAuthorYearCitations(text: string): AuthorYearCitation[] {
  const found: AuthorYearCitation[] = [];
  for (const match of text.matchAll(BRACKETS)) {
    const inside = match[1]!;
    if (!/(?:1[5-9]|20)\d\d/.test(inside) || SPOKEN.test(inside)) continue;
    if (/^\s*(?:ca?\.\s?)?(?:1[5-9]|20)\d\d/.test(inside)) {
      const citation = narrative(text, match.index, match[0].length, inside);
      if (citation !== null) found.push(...citation);
    } else found.push(...bracketed(match.index + 1, inside));
  }
  return found;
}

/** `(García y López, 2015, p. 3; véase Pérez, 2010a, 2012)` */
function bracketed(offset: number, inside: string): AuthorYearCitation[] {
  const found: AuthorYearCitation[] = [];
  let at = 0;
  for (const part of inside.split(";")) {
    const start = offset + at;
    at += part.length + 1;
    const second = SECOND_HAND.exec(part);
    const from = second === null || second.index === 0 ? 0 : second.index + second[0].length;
    if (from > 0) {
      found.push(...inPart(start, part.slice(0, second!.index), 0).map((one) => ({ ...one, sure: false })));
    }
    found.push(...inPart(start, part, from));
  }
  return found;
}

function inPart(offset: number, part: string, from: number): AuthorYearCitation[] {
  const years = [...part.slice(from).matchAll(YEARS)];
  const [first] = years;
  if (first === undefined) return [];
  const before = part.slice(from, from + first.index);
  const names = readNames(before);
  if (names === null) return [];
  const comma = /,\s*$/.test(before);
  const start = offset + from + names.start;
  const text = before.slice(names.start).replace(/[\s,:]+$/, "");
  const sure = (comma || names.joined) && !mayBeNoAuthor(names.words);
  return years
    .filter(
      (year, index) => index === 0 || /^[\s,ye&]*$/.test(between(part.slice(from), years[index - 1]!, year)),
    )
    .map((year) => ({
      kind: "author_year",
      span: { start, end: offset + from + year.index + year[0].length },
      names: text,
      words: names.words,
      ...yearOf(year),
      form: "bracketed",
      comma,
      sure,
    }));
}

function between(part: string, before: RegExpMatchArray, after: RegExpMatchArray): string {
  return part.slice(before.index! + before[0].length, after.index);
}

/** A name as narrative citations have it: up to four capitalised words with what joins them. */
const NAME =
  "(?:(?:de la|de los|de|del|da|dos|do|van der|van den|van|von|di|la|el|al)\\s)?\\p{Lu}[\\p{L}\\p{M}'’\\u2010-]+(?:\\s(?:(?:de la|de los|de las|de|del|da|dos|do|van|von|of|for|the)\\s){0,2}\\p{Lu}[\\p{L}\\p{M}'’\\u2010-]+){0,5}";
const NAMES_BEFORE = latin(
  `(?<names>${NAME}(?:(?:,\\s|,?\\s(?:y|e|and|et)\\s|,?\\s?&\\s?)${NAME}){0,5}(?:,?\\s(?:et\\.?\\sal\\.?|y (?:cols\\.?|colaboradores|otros)|e (?:cols\\.?|colaboradores|outros)|and (?:colleagues|others)))?)['’]?s?\\s*$`,
  "",
);

/** Behind the last full stop or line end; `et al.` and initials end no sentence. */
function sentenceStart(before: string): number {
  let stop = before.lastIndexOf(". ");
  while (stop > 0 && /(?:\bal|\bcols|\b[A-Z])$/.test(before.slice(Math.max(0, stop - 6), stop))) {
    stop = before.lastIndexOf(". ", stop - 1);
  }
  return Math.max(stop, before.lastIndexOf("\n")) + 1;
}

/** `García y López (2015)`, `según García et al. (2015, p. 3)` */
function narrative(text: string, open: number, length: number, inside: string): AuthorYearCitation[] | null {
  const from = Math.max(0, open - 130);
  const before = text.slice(from, open);
  const sentence = before.slice(sentenceStart(before));
  const match = NAMES_BEFORE.exec(sentence);
  const years = [...inside.matchAll(YEARS)];
  if (match?.groups === undefined || years[0] === undefined) return null;
  const listed = match.groups.names!;
  const names = readNames(listed);
  if (names === null) return null;
  const shift = sentence.length - match[0].length + names.start;
  const start = open - sentence.length + shift;
  const led = leadsToAuthor(sentence.slice(0, shift)) || leadsToAuthor(listed.slice(0, names.start));
  const followed = saysWhatAuthorsSay(text.slice(open + length, open + length + 50));
  const sure = (names.joined || led || followed) && names.words.length <= 8 && !mayBeNoAuthor(names.words);
  return years
    .filter((year, index) => index === 0 || /^[\s,;ye&]*$/.test(between(inside, years[index - 1]!, year)))
    .map((year) => ({
      kind: "author_year",
      span: { start, end: open + 1 + year.index + year[0].length },
      names: listed.slice(names.start),
      words: names.words,
      ...yearOf(year),
      form: "narrative",
      comma: false,
      sure,
    }));
}

function yearOf(match: RegExpMatchArray): Pick<AuthorYearCitation, "year" | "suffix" | "otherYear"> {
  const { year, suffix = "", other } = match.groups!;
  return { year: Number(year), suffix, otherYear: other === undefined ? null : Number(other) };
}
