import type { RegisteredWork } from "./reference-register.ts";

/** A work as Crossref holds it, with everything that it may be recognised by. */
export interface CrossrefRecord {
  readonly work: RegisteredWork;
  /** Title, with its subtitle and without, and the title in the original language. */
  readonly titles: readonly string[];
  readonly names: readonly string[];
  readonly years: readonly number[];
}

const MOST_NAMES = 200;
const LONGEST_TITLE = 1_000;
const DATES = ["issued", "published", "published-print", "published-online"];

/** Records of an answer of `/works` or `/works/{doi}`; null where it is none. Source: Crossref REST API, "works". */
export function readRecords(answer: unknown): CrossrefRecord[] | null {
  const message = member(answer, "message");
  const items = member(message, "items");
  if (Array.isArray(items)) return items.slice(0, 10).flatMap((item) => toRecord(item) ?? []);
  const record = toRecord(message);
  return record === null ? null : [record];
}

function toRecord(item: unknown): CrossrefRecord | null {
  const doi = member(item, "DOI");
  if (typeof doi !== "string") return null;
  const titles = texts(member(item, "title"));
  const subtitles = texts(member(item, "subtitle"));
  const [title = ""] = titles;
  const names = ["author", "editor"].flatMap((role) => namesOf(member(item, role))).slice(0, MOST_NAMES);
  const years = DATES.flatMap((date) => yearOf(member(item, date)) ?? []);
  return {
    work: { doi, title, firstAuthor: names[0] ?? null, year: years[0] ?? null },
    titles: [
      ...titles,
      ...subtitles.map((subtitle) => `${title} ${subtitle}`),
      ...texts(member(item, "original-title")),
    ],
    names,
    years,
  };
}

function namesOf(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.slice(0, MOST_NAMES).flatMap((person) => {
    const name = member(person, "family") ?? member(person, "name");
    return typeof name === "string" ? [plain(name)] : [];
  });
}

function yearOf(date: unknown): number | null {
  const parts = member(date, "date-parts");
  const year: unknown = Array.isArray(parts) && Array.isArray(parts[0]) ? parts[0][0] : null;
  return typeof year === "number" && Number.isInteger(year) ? year : null;
}

function texts(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.filter((text): text is string => typeof text === "string").map(plain);
}

/** Without JATS tags and the entities that Crossref leaves in. */
function plain(text: string): string {
  return text
    .slice(0, LONGEST_TITLE)
    .replace(/<[^<>]{1,60}>/g, " ")
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
