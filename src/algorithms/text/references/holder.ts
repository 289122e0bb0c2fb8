import { readAuthors } from "./author-list.ts";
import { CONTAINER_WORD, MEETING, SERIES_WORD } from "./container-words.ts";
import { latin } from "./latin.ts";
import { betweenMarks, MARK, trimPunctuation } from "./markers.ts";
import { isPress } from "./place-names.ts";
import { asPublication, readPublication } from "./publication.ts";

/** What holds a work, and who published it. */
export interface Holder {
  readonly container: string;
  readonly publisher: string;
  readonly place: string;
  /** Whether the entry itself says that it is a container: `In ...`, a volume, a word such as Journal. */
  readonly named: boolean;
}

const OPENING = /^[\s.,;:)\]"”’»*]*(?:(?<inside>In|IN|in|En|en|Em|em|Dans|dans)(?::|(?=\s))\s?)?/;
const ROLE =
  /^[\s,.]*[([]?\s?(?:eds?|editors?|hrsg|hgg?|dirs?|coords?|comps?|orgs?|eds?\. lit)\b\.?\s?[)\]]?[\s,.:;]*/i;
const ROLE_AHEAD =
  /^(?<names>[^\uE000-\uE006:]{2,120}?)[\s,(]\(?(?:eds?|editors?|hrsg|hgg?|dirs?|coords?|comps?|orgs?)\b\.?\s?\)?[\s,.:;]+/i;
const BY = latin(
  String.raw`[\s,;(]{0,4}\b(?:(?:[Ee]dited|[Tt]ranslated|[Cc]ompiled|[Ss]elected)(?: and (?:translated|edited))?\s(?:by|de|por|par)|(?:[Ee]ds?|[Tt]rans|[Tt]rad|[Ii]ntrod\p{Ll}*)\.\s(?:by|de|por|par)|[Tt]raducción de|[Tt]raduit par|(?<=,\s)eds?\.)\s`,
);
export const IN_BRACKETS =
  /[\s,]{0,4}\((?=[^()]{0,120}\s(?:eds?|editors?|hrsg|hgg?|dirs?|coords?|comps?|orgs?|trans|trad)\b)[^()]{3,130}\)/i;

/** From what follows a title. O(length). */
export function readHolder(held: string): Holder {
  const opening = OPENING.exec(held);
  const inside = opening?.groups?.inside !== undefined;
  const rest = withoutEditors(held.slice(opening?.[0].length ?? 0), inside);
  const numbered = /^[^\uE001\uE002\uE005]*\uE002/.test(rest);
  const parts = betweenMarks(rest);
  const [first = "", ...others] = parts;
  const starts = rest.search(latin(String.raw`[\p{L}\p{N}]`));
  const firstMark = rest.search(/[\uE002\uE001]/);
  const leads = firstMark < 0 || starts < firstMark;
  const isNamed = inside || (numbered && leads) || SERIES_WORD.test(first) || CONTAINER_WORD.test(first);
  const paged = /^[^\uE001]*\uE001/.test(rest) && leads;
  if (rest.startsWith(MARK.genre) || first === "" || !(isNamed || (paged && !isPress(first)))) {
    return { container: "", ...bestPublication(parts), named: false };
  }
  if (numbered) return { container: withoutPlace(first), ...bestPublication(others), named: isNamed };
  const own = readPublication(first);
  const later = bestPublication(others);
  const start = own.start > 0 || own.place === "" ? own.start : first.lastIndexOf(own.place);
  const meeting = withoutTown(withoutOpenBracket(trimPunctuation(first.slice(0, start))));
  return {
    container: meeting.container || first,
    publisher: (own.start > 0 ? own.publisher : "") || later.publisher,
    place: own.place || meeting.town || later.place,
    named: isNamed,
  };
}

const LAST_TOWN = latin(
  String.raw`(?:,|(?<=\p{Ll}{4})\.)\s(?<town>\p{Lu}\p{Ll}[\p{L}-]{2,20}(?:\s\p{Lu}\p{Ll}[\p{L}-]{2,15})?)$`,
);

/** `Proceedings of ..., Karlsruhe`: a lone capitalised word behind a meeting is where it was held. */
function withoutTown(container: string): { container: string; town: string } {
  const match = MEETING.test(container) ? LAST_TOWN.exec(container) : null;
  const town = match?.groups?.town;
  if (match === null || town === undefined || CONTAINER_WORD.test(town)) return { container, town: "" };
  return { container: trimPunctuation(container.slice(0, match.index)), town };
}

/** `Educação & Sociedade, Campinas`: the town of a journal, as Brazilian entries have it. */
function withoutPlace(text: string): string {
  const { publisher, place, start } = readPublication(text);
  return place !== "" && publisher === "" && start > 0 ? trimPunctuation(text.slice(0, start)) : text;
}

function withoutOpenBracket(text: string): string {
  const open = text.lastIndexOf("(");
  return open > 0 && !text.includes(")", open) ? trimPunctuation(text.slice(0, open)) : text;
}

function bestPublication(parts: readonly string[]): { publisher: string; place: string } {
  let publisher = "";
  let place = "";
  for (const part of parts) {
    const read = asPublication(part);
    if (publisher === "") publisher = read.publisher;
    if (place === "") place = read.place;
  }
  return { publisher, place };
}

/** Without editors and translators, who stand before the container or behind it. */
function withoutEditors(held: string, inside: boolean): string {
  let rest = held.replace(IN_BRACKETS, ` ${MARK.editor} `);
  const names = readAuthors(rest);
  const role = names === null ? null : ROLE.exec(rest.slice(names.end));
  if (names !== null && role !== null) rest = rest.slice(names.end + role[0].length);
  else if (inside) {
    const ahead = ROLE_AHEAD.exec(rest);
    if (ahead?.groups !== undefined && !/\s(?:of|for|the|to)\s/.test(ahead.groups.names ?? ""))
      rest = rest.slice(ahead[0].length);
  }
  const by = BY.exec(rest);
  if (by !== null) {
    const after = rest.slice(by.index + by[0].length);
    const end = readAuthors(after)?.end ?? Math.max(0, after.search(/[.,;:\uE000-\uE006]/));
    rest = `${rest.slice(0, by.index)} ${MARK.editor}${after.slice(end)}`;
  }
  return rest;
}
