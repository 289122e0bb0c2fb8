import { readAuthors } from "./author-list.ts";
import { IN_BRACKETS } from "./holder.ts";
import { takeIdentifiers } from "./identifiers.ts";
import { latin } from "./latin.ts";
import { takeLocators } from "./locators.ts";
import { fieldText, MARK, oneLine } from "./markers.ts";
import type { ParsedReference, ReferenceAuthor } from "./parsed-reference.ts";
import { dateAt, firstBracketedDate, lateDate, type ReferenceDate, withoutDate } from "./reference-date.ts";
import { readWorks } from "./title-and-container.ts";

/** No entry of a bibliography is longer; what follows is not read. UTF-16 units. */
const LONGEST = 900;
const LABEL = latin(
  String.raw`^(?:\[(?<square>\d{1,4})\]|\((?<round>\d{1,3})\)|(?<plain>\d{1,4})[.)])[\s:.]*|^(?<loose>\d{1,3})\s+(?=\p{Lu})`,
);
const BULLET = /^[-•*·–▪●]\s+/;
const ROLE = latin(
  String.raw`^[\s,.]*[([]?\s?(?:eds?|editors?|hrsg|hgg?|dirs?|coords?|comps?|orgs?|coordinador\p{L}*|compilador\p{L}*|organizador\p{L}*)\b\.?\s?[)\]]?`,
  "i",
);
/** `[OMS]` or `(WHO)` behind the name that it stands for. */
const ACRONYM = latin(String.raw`^\s?[[(]\p{Lu}[\p{L}.&-]{1,14}[\])]`);
const GENRE = latin(
  String.raw`[\s([.,]{0,4}\b(?:unpublished\s)?(?:(?:ph\.?\s?d\.?|doctoral|master'?s?|m\.?\s?sc?\.?|m\.a\.)\s(?:thesis|diss(?:ertation|\.)?)|technical (?:report|memo\p{L}*)|tech\.? rep(?:ort|\.)|tesis (?:doctoral|de \p{L}+)|trabajo de grado|(?:tese|dissertação) (?:de \p{L}+|\([^)]{0,40}\))|working paper|manuscript|unpublished (?:manuscript|paper)|research report|provisional patent|memorandum)\b`,
  "i",
);
/** What kind of thing it is, as APA puts it behind the title: `[Tesis de maestría, Universidad de Chile]`. */
const DESCRIBED =
  /\s\[(?=[^[\]]{0,60}\b(?:dvd|cd|v[ií]deo|film|motion picture|pel[ií]cula|filme|tesis|tese|thesis|dissertation|disertación|dissertação|archivo|pdf|p[áa]gina|web|blog|tweet|software|app|aplicación|podcast|conferencia|ponencia|presentaci[óo]n|informe|data ?set|conjunto de datos|diapositivas|manuscrito|manuscript|fotograf[ií]a|pintura|canción|álbum|serie|episodio|entrada|mapa|comunicado|ley|decreto|resolución|homepage|online|en l[ií]nea|internet|post|publicación|infograf[ií]a|trabajo de grado|monograf[ií]a)\b)[^[\]]{2,120}\]/i;
/** `(Obra original publicada en 1970)` */
const FIRST_PUBLISHED =
  /\s\((?:obra|trabajo|texto|original|trabalho)\s(?:(?:original|work)\s)?(?:publicad[oa]|published)[^()]{0,30}\)/i;
const EDITION =
  /[\s,.(]{0,4}\b(?:\d{1,2}\.?(?:st|nd|rd|th|ª|a|º|e|da|ra|ta|na)?\.?\s?(?:ed(?:ition|ición|ição)?\b\.?|edn\b)|(?:second|third|fourth|fifth|rev(?:ised|\.)?|segunda|tercera|primera)\s(?:ed(?:ition|ición|ição)?\b\.?))\)?/i;

/** Reads one entry of a bibliography, whatever its style. What cannot be told is empty or null. O(length). */
export function parseReference(entry: string): ParsedReference {
  const raw = oneLine(entry);
  const { label, rest: unlabelled } = takeLabel(raw.slice(0, LONGEST));
  const { doi, url, rest: text } = takeIdentifiers(unlabelled);
  const head = readHead(text);
  const after = text.slice(head.end);
  const early = head.date;
  const late = lateDate(after);
  const date = early ?? late;
  const dated = late === null || !isDateOf(early, late, after) ? after : withoutDate(after, late);
  const described = dated
    .replace(EDITION, ` ${MARK.edition} `)
    .replace(FIRST_PUBLISHED, " ")
    .replace(IN_BRACKETS, ` ${MARK.editor} `)
    .replace(DESCRIBED, ` ${MARK.genre} `)
    .replace(GENRE, ` ${MARK.genre} `);
  const { volume, issue, pages, rest } = takeLocators(described);
  return {
    raw,
    label,
    authors: head.authors,
    authorText: head.authorText,
    year: date?.year ?? null,
    yearSuffix: date?.yearSuffix ?? "",
    yearFirst: early?.year != null,
    undated: date?.undated ?? false,
    ...readWorks(rest, head.byComma),
    volume,
    issue,
    pages,
    doi,
    url,
  };
}

/** Whether a date further back is the entry's, or repeats the one behind the authors and is no part of a name. */
function isDateOf(early: ReferenceDate | null, late: ReferenceDate, text: string): boolean {
  if (early === null) return true;
  return early.year === late.year && /[,;:(.]\s?$/.test(text.slice(0, late.start));
}

function takeLabel(text: string): { label: string | null; rest: string } {
  const bare = text.replace(BULLET, "");
  const match = LABEL.exec(bare);
  if (match?.groups === undefined) return { label: null, rest: bare };
  const { square, round, plain, loose } = match.groups;
  return { label: square ?? round ?? plain ?? loose ?? null, rest: bare.slice(match[0].length) };
}

interface Head {
  readonly authors: readonly ReferenceAuthor[];
  readonly authorText: string;
  readonly date: ReferenceDate | null;
  readonly end: number;
  readonly byComma: boolean;
}

/** Authors and, where it stands right behind them, the date. */
function readHead(text: string): Head {
  const names = readAuthors(text);
  if (names !== null) {
    const acronym = ACRONYM.exec(text.slice(names.end))?.[0].length ?? 0;
    const role = ROLE.exec(text.slice(names.end))?.[0].length ?? 0;
    const end = names.end + Math.max(acronym, role);
    const date = dateAt(text, end);
    if (date !== null) return toHead(text, bodyOr(names.authors, text), names.end + acronym, date);
    const extended = firstBracketedDate(text);
    if (extended !== null && isNames(text.slice(names.end, extended.start))) {
      return toHead(text, names.authors, extended.start, extended);
    }
    return { ...toHead(text, bodyOr(names.authors, text), names.end, null), end };
  }
  const date = firstBracketedDate(text);
  if (date !== null && isBody(text.slice(0, date.start))) {
    return toHead(text, [body(text.slice(0, date.start))], date.start, date);
  }
  for (const { index } of [...text.slice(0, 160).matchAll(/[.,]\s/g)].slice(0, 4)) {
    const before = text.slice(0, index);
    if (!isBody(before)) break;
    const plain = dateAt(text, index);
    if (isKnownBody(before) || (plain !== null && before.split(" ").length < 4)) {
      return toHead(text, [body(before)], index, plain);
    }
  }
  return { authors: [], authorText: "", date: null, end: 0, byComma: false };
}

function toHead(
  text: string,
  authors: readonly ReferenceAuthor[],
  end: number,
  date: ReferenceDate | null,
): Head {
  return {
    authors,
    authorText: fieldText(text.slice(0, end)),
    date,
    end: date?.end ?? end,
    byComma: /^\s?[,;]/.test(text.slice(date?.end ?? end)),
  };
}

/** A lone `Given Surname` that is the name of a body is one name. */
function bodyOr(authors: readonly ReferenceAuthor[], text: string): readonly ReferenceAuthor[] {
  const [only] = authors;
  if (only === undefined || authors.length > 1 || only.given === "") return authors;
  const whole = `${only.given} ${only.surname}`;
  return text.startsWith(whole) && BODY_WORD.test(whole) ? [body(whole)] : authors;
}

const body = (text: string): ReferenceAuthor => ({ surname: fieldText(text), given: "" });

const CAPITALS = latin(String.raw`^\p{Lu}{3,}$`);
const WORD = latin(String.raw`\p{L}[\p{L}\p{M}'’-]*`, "g");
const NAME_JOINTS = new Set(
  "and y e et und de del la las los da das do dos di van von der den al el le jr sr eds ed with".split(" "),
);
const BODY_JOINTS = new Set([...NAME_JOINTS, ..."of for the para en on in to des du of a".split(" ")]);
const BODY_WORD = latin(
  String.raw`\b(?:university|universidad|universidade|department|departamento|minist\p{L}+|organi[sz]ation|organi[zs]a\p{L}+|commission|comisión|comissão|institut\p{L}*|association|asociación|associação|council|consejo|conselho|agency|agencia|agência|bank|banco|society|sociedad|sociedade|committee|comité|federation|federación|foundation|fundación|fundação|cent(?:er|re|ro)|office|oficina|secretar\p{L}+|congreso|gobierno|government|governo|república|corte|nations|unidas|group|grupo|observatorio|academ\p{L}+|corporation|corporación|board|bureau)\b`,
  "i",
);

const JOINT = /[&;]|\s(?:and|y|e|et|und)\s/;

/** A word that names of bodies have, or an acronym. */
function isKnownBody(text: string): boolean {
  return BODY_WORD.test(text) || CAPITALS.test(text);
}

/** Nothing but capitalised words, initials and what joins names. */
function isNames(text: string): boolean {
  return text.length < 400 && JOINT.test(text) && !/\d/.test(text) && hasOnly(text, NAME_JOINTS);
}

/** The name of a body: as for persons, with the little words that join such names. */
function isBody(text: string): boolean {
  return text.trim().length > 1 && text.length < 150 && hasOnly(text, BODY_JOINTS);
}

function hasOnly(text: string, joints: ReadonlySet<string>): boolean {
  for (const [word] of text.matchAll(WORD)) {
    const first = word[0]!;
    if (first === first.toLowerCase() && !joints.has(word.toLowerCase())) return false;
  }
  return !/["“«]/.test(text);
}
