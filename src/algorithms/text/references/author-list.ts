import {
  CAPITALS_GIVEN,
  GIVEN_SURNAME,
  INITIALS_SURNAME,
  SURNAME_COMMA_GIVEN,
  SURNAME_COMMA_INITIALS,
  SURNAME_INITIALS,
  SURNAME_INITIALS_LAST,
} from "./name-grammar.ts";
import type { ReferenceAuthor } from "./parsed-reference.ts";

/** Names at the start of a text, and where they end. */
export interface AuthorList {
  readonly authors: readonly ReferenceAuthor[];
  readonly end: number;
}

interface Shape {
  readonly pattern: RegExp;
  /** Initials make sure that it is a name: a list of such names needs no `and`. */
  readonly sure: boolean;
  /** Shapes of the names behind a first one of this shape. */
  readonly next: readonly string[];
}

const SHAPES: Readonly<Record<string, Shape>> = {
  surnameCommaInitials: {
    pattern: SURNAME_COMMA_INITIALS,
    sure: true,
    next: ["surnameCommaInitials", "initialsSurname", "surnameCommaGiven", "givenSurname"],
  },
  initialsSurname: {
    pattern: INITIALS_SURNAME,
    sure: true,
    next: ["initialsSurname", "surnameCommaInitials", "givenSurname"],
  },
  surnameInitials: {
    pattern: SURNAME_INITIALS,
    sure: true,
    next: ["surnameInitials", "surnameInitialsLast"],
  },
  surnameInitialsLast: { pattern: SURNAME_INITIALS_LAST, sure: true, next: ["surnameInitialsLast"] },
  capitalsGiven: { pattern: CAPITALS_GIVEN, sure: true, next: ["capitalsGiven"] },
  surnameCommaGiven: {
    pattern: SURNAME_COMMA_GIVEN,
    sure: false,
    next: ["givenSurname", "initialsSurname", "surnameCommaGiven"],
  },
  givenSurname: { pattern: GIVEN_SURNAME, sure: false, next: ["givenSurname", "initialsSurname"] },
};

const SEPARATOR =
  /(?:\s*[,;.]?\s*(?<others>et\.?\s*al\b\.?|y cols\b\.?|y otros\b|e outros\b|and others\b)|\s*(?:[,;.]\s*)?(?<joint>(?:and|y|e|et|und|with|con)\s|&\s*)\s*|\s*(?<comma>[,;])\s*(?:\.\s?\.\s?\.|…)?\s*)/y;
const DASHES = /(?:[—–_-]\s?){3,}/y;

/** Names that open an entry; null where it opens with anything else. O(length of the names). */
export function readAuthors(entry: string): AuthorList | null {
  const dashes = at(DASHES, entry, 0);
  if (dashes !== null) return { authors: [], end: dashes[0].length };
  const first = firstName(entry);
  if (first === null) return null;
  const authors = [first.author];
  let accepted = { count: 1, end: first.end };
  let end = first.end;
  for (;;) {
    const separator = at(SEPARATOR, entry, end);
    if (separator === null) break;
    const from = end + separator[0].length;
    if (separator.groups?.others !== undefined) {
      accepted = { count: authors.length, end: from };
      break;
    }
    const following = nameAt(entry, from, SHAPES[first.shape]!.next);
    if (following === null) break;
    authors.push(following.author);
    end = following.end;
    const joined = separator.groups?.joint !== undefined || separator[0].includes(";");
    if (joined || SHAPES[following.shape]!.sure) accepted = { count: authors.length, end };
  }
  return { authors: authors.slice(0, accepted.count), end: accepted.end };
}

interface Name {
  readonly author: ReferenceAuthor;
  readonly end: number;
  readonly shape: string;
}

function firstName(entry: string): Name | null {
  const sure = nameAt(entry, 0, [
    "surnameCommaInitials",
    "capitalsGiven",
    "initialsSurname",
    "surnameInitials",
  ]);
  if (sure !== null && !(sure.shape === "initialsSurname" && / /.test(sure.author.surname))) return sure;
  const inverted = nameAt(entry, 0, ["surnameCommaGiven"]);
  const direct = nameAt(entry, 0, ["givenSurname"]);
  if (sure !== null) return direct ?? sure;
  if (inverted === null || direct === null) {
    return inverted ?? direct ?? nameAt(entry, 0, ["surnameInitialsLast"]);
  }
  return isInverted(inverted, entry) ? inverted : direct;
}

/** Whether `Two Words, Other Words` is one name with its surname first, and not two names or a name and a title. */
function isInverted({ author, end }: Name, entry: string): boolean {
  const surnameWords = author.surname.split(" ").length;
  if (surnameWords === 1 || author.surname === author.surname.toUpperCase()) return true;
  return !author.given.includes(" ") && !",:".includes(entry[end] ?? ",");
}

function nameAt(entry: string, from: number, shapes: readonly string[]): Name | null {
  for (const shape of shapes) {
    const match = at(SHAPES[shape]!.pattern, entry, from);
    if (match?.groups === undefined) continue;
    const { surname = "", given = "" } = match.groups;
    return { author: { surname, given }, end: from + match[0].length, shape };
  }
  return null;
}

function at(sticky: RegExp, text: string, from: number): RegExpExecArray | null {
  sticky.lastIndex = from;
  return sticky.exec(text);
}
