import { JOURNAL_WORD, SERIES_WORD } from "./container-words.ts";
import { readHolder } from "./holder.ts";
import { latin } from "./latin.ts";
import { betweenMarks, MARK, trimPunctuation, upToMark } from "./markers.ts";
import { readPublication } from "./publication.ts";

export interface Works {
  readonly title: string;
  readonly container: string;
  readonly publisher: string;
  readonly place: string;
}

const QUOTES: Readonly<Record<string, string>> = {
  "“": "”",
  '"': '"',
  "«": "»",
  "‘": "’",
  "'": "'",
  "„": "“",
  "`": "'",
};
const LEGIBLE = latin(String.raw`[\p{L}\p{N}]`);
const CLOSABLE = latin(String.raw`[.,?!\p{L}\p{N}]`);
const CAPITAL = latin(String.raw`^\p{Lu}`);
/** What follows a quotation that is only the beginning of a title. */
const GOES_ON = latin(String.raw`^\s?(?::|[?!]?\s+\p{Ll}(?!n\s)|[?!]\s)`);
/** Words before a full stop that end no title. */
const ABBREVIATED = latin(
  String.raw`(?:^|[\s(“"«*.])(?:\p{Lu}|St|Mt|vs?|cf|Dr|Mr|Mrs|Ms|Prof|Proc|Procs|Trans|Math|Phys|Soc|Nat|Natl|Acad|Sci|Rev|Lett|Ann|Comput|Comp|Eng|Int|Conf|Symp|Appl|Amer|Am|Assoc|Bull|Chem|Biol|Clin|Med|Res|Vol|No|Ed|Eds|Univ|Dept|Tech|Rep|Inst|Opt|Eur|Brit|Mus|Hist|Geol|Quart|Rec|Adv|Mem|Stud|Geophys|Astrophys|Zool|Bot|Surv|Stat|Statist|Softw|Syst|Sys|Op|op|cit|ca|approx|etc|al|Sr|Jr|Ch|Chap|Cap|Fig|art|Art|Lic|Ing|núm|pp)$`,
);
const SENTENCE_END = latin(
  String.raw`[.?!…]["”’»)\]*]*(?=\s+["“‘«([*]*[\p{Lu}\p{N}]|\s*$|\s*[\uE000-\uE006])|[.?!]["”’»](?=\s)`,
  "g",
);
/** What opens the name of a book or of proceedings. */
const INSIDE = latin(
  String.raw`[.,;?!"”’»)\]*]\s*(?=(?:In|IN|En|Em|Dans)(?::|\s)|(?:in|en|em|dans):?\s(?:the\s|\*|“)?[\p{Lu}\d“"«*])|\s(?=In:?\s(?:the\s)?(?:Proc|Advances))|[.,;]\s(?=(?:[Ee]dited|[Tt]ranslated) (?:and \p{L}+ )?by\s|(?:trans|trad|eds?)\.\s\p{Lu}|Dir\.\s)`,
);

/**
 * Title, what holds it, and who published it, from what is left of an entry when authors, dates and numbers are out.
 * `byComma` says that a comma closed the authors, so that one probably closes the title too. O(length).
 */
export function readWorks(rest: string, byComma: boolean): Works {
  const text = rest.replace(/^[\s.,;:)\]\uE000\uE003]+/, "");
  const cut = quotedTitle(text) ?? titleCut(text, byComma);
  const title = toTitle(text.slice(cut.from, cut.to));
  const { named, ...holder } = readHolder(text.slice(cut.next));
  if (!named && isPlainSentence(holder.container)) {
    return { ...holder, title: `${title}. ${holder.container}`, container: "" };
  }
  if (holder.publisher !== "") return { title, ...holder };
  const { start, place, publisher } = readPublication(title);
  if (place === "" || publisher === "" || start < 8) return { title, ...holder };
  return { ...holder, title: toTitle(title.slice(0, start)), place, publisher };
}

interface Cut {
  readonly from: number;
  readonly to: number;
  /** Where what holds the work begins. */
  readonly next: number;
}

function quotedTitle(text: string): Cut | null {
  const opening = /^[*_]*(["“«‘„`'])/.exec(text);
  if (opening === null) return null;
  const start = opening[0].length;
  const close = QUOTES[opening[1]!]!;
  const single = close === "’" || close === "'";
  for (let at = text.indexOf(close, start); at >= 0; at = text.indexOf(close, at + 1)) {
    if (LEGIBLE.test(text[at + 1] ?? "")) continue;
    if (GOES_ON.test(text.slice(at + 1, at + 5)) && at - start < 60) return null;
    if (single && !CLOSABLE.test(text[at - 1] ?? "")) continue;
    return { from: start, to: at, next: at + 1 };
  }
  return null;
}

function titleCut(text: string, byComma: boolean): Cut {
  const { before } = upToMark(text);
  const limit = before.length;
  const inside = INSIDE.exec(before);
  const stop = sentenceStop(text, limit);
  if (inside !== null && (stop < 0 || inside.index <= stop)) {
    return { from: 0, to: inside.index + 1, next: inside.index + 1 };
  }
  if (stop >= 0 && stop < limit - 1) return { from: 0, to: stop, next: stop };
  const comma = commaCut(before, text.slice(limit), byComma);
  const end = comma >= 0 ? comma : limit;
  return { from: 0, to: end, next: end };
}

/** Where the sentence of the title ends, or -1. A second sentence of plain words still belongs to the title. */
function sentenceStop(text: string, limit: number): number {
  const ends: number[] = [];
  for (const match of text.slice(0, limit + 1).matchAll(SENTENCE_END)) {
    const end = Math.min(limit, match.index + match[0].length);
    const before = text.slice(Math.max(0, match.index - 12), match.index);
    if (match[0].startsWith(".") && ABBREVIATED.test(before)) continue;
    if (/^\W*(?:chapter|capítulo|cap\.?|part|parte)?\s?[\dIVX]{1,4}\.$/i.test(text.slice(0, end))) continue;
    ends.push(end);
    if (ends.length > 3) break;
  }
  const [first = -1, second] = ends;
  if (second !== undefined && second < limit && isPlainSentence(text.slice(first, second))) return second;
  return first;
}

/** Mostly lower-case words, as in a subtitle and unlike in a journal's or a publisher's name. */
function isPlainSentence(text: string): boolean {
  const words = text.match(latin(String.raw`\p{L}[\p{L}\p{M}'’-]*`, "g")) ?? [];
  if (words.length < 4 || SERIES_WORD.test(text.trim())) return false;
  const long = words.filter((word) => word.length > 3);
  const lower = long.filter((word) => word[0] === word[0]!.toLowerCase());
  return lower.length * 2 > long.length;
}

/** Commas at which the end of a title is looked for. */
const MOST_COMMAS = 40;

/** Where a title that a comma closes ends, or -1 where all of the text is title. */
function commaCut(before: string, after: string, byComma: boolean): number {
  const commas = [...before.matchAll(/[,;](?=\s)|\s(?=\()/g)].map(({ index }) => index).slice(0, MOST_COMMAS);
  const numbered = /^[\s,;.:\uE000]*\uE002/.test(after);
  const series = commas.find((at) => SERIES_WORD.test(trimPunctuation(before.slice(at + 1))));
  if (series !== undefined) return series;
  if (!numbered) {
    const { start } = readPublication(before);
    if (start > 0 && start < before.length) return start;
  }
  const held = /^[\s,;.:\uE000]*[\uE001\uE002]/.test(after) || after.startsWith(MARK.date);
  if (commas.length === 0 || !held) return -1;
  const journal = commas.find((at) => JOURNAL_WORD.test(trimPunctuation(before.slice(at + 1))));
  if (journal !== undefined) return journal;
  const last = commas.at(-1)!;
  if (numbered && byComma) return last;
  const short = trimPunctuation(before.slice(last + 1));
  return byComma && after.startsWith(MARK.pages) && CAPITAL.test(short) && short.length < 50 ? last : -1;
}

function toTitle(text: string): string {
  return trimPunctuation(betweenMarks(text).join(" "));
}
