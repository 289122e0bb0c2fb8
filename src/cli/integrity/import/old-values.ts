import {
  type Dimension,
  type Evidence,
  type Level,
  PRODUCTS,
  type Product,
  ROLES,
  type Role,
} from "../../../contracts/integrity/index.ts";
import { dimensionNamed, evidenceNamed, squash } from "./field-names.ts";
import { jsonWithin } from "./row-places.ts";

/** Each reads one field as older servers write it; null where the value is none. */

export function readText(value: unknown): string | null {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

/** The document itself: untrimmed, for its length counts. */
export function readDocument(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

const NUMBER = /^[+-]?\d{1,15}(?:[.,]\d{1,20})?$/;

/** Numbers also as text, with a point or a comma. */
export function readNumber(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || !NUMBER.test(value.trim())) return null;
  return Number(value.trim().replace(",", "."));
}

/** 0..100, cut to whole points as the older server does. `asShare`: the table holds 0..1. */
export function readScore(value: unknown, asShare: boolean): number | null {
  const number = readNumber(value);
  if (number === null) return null;
  // to nine decimals first: 0.29 x 100 is 28.999999999999996
  const score = Math.trunc(Number((asShare && number <= 1 ? number * 100 : number).toFixed(9)));
  return score >= 0 && score <= 100 ? score : null;
}

/** 0..1, also where it was written as a percentage. */
export function readConfidence(value: unknown): number | null {
  const number = readNumber(value);
  if (number === null || number < 0 || number > 100) return null;
  return number > 1 ? number / 100 : number;
}

const LEVEL_WORDS: readonly (readonly [Level, readonly string[]])[] = [
  ["ALTO", ["alto", "alta", "high", "critico", "critical"]],
  ["MEDIO", ["medio", "media", "medium", "moderado", "moderate"]],
  ["BAJO", ["bajo", "baja", "low"]],
];

/** `ALTO`, `alto riesgo`, `RiskLevel.HIGH`. */
export function readLevel(value: unknown): Level | null {
  const words = (readText(value) ?? "")
    .normalize("NFD")
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .map(squash);
  return LEVEL_WORDS.find(([, known]) => words.some((word) => known.includes(word)))?.[0] ?? null;
}

const ROLE_WORDS: readonly (readonly [Role, readonly string[]])[] = [
  ["Coinvestigador externo", ["coinvestigador", "externo", "external", "coinvestigator"]],
  ["Docente-investigador", ["docente", "investigador", "profesor", "teacher", "researcher", "faculty"]],
  ["Estudiante", ["estudiante", "alumno", "student"]],
];

const PRODUCT_WORDS: readonly (readonly [Product, readonly string[]])[] = [
  ["Artículo científico", ["articulo", "article", "paper"]],
  ["Informe técnico", ["informe", "report"]],
  ["Trabajo de curso", ["trabajodecurso", "trabajocurso", "coursework"]],
  ["Proyecto de grado", ["proyecto", "project"]],
  ["Tesis", ["tesis", "thesis", "dissertation"]],
  ["Ensayo", ["ensayo", "essay"]],
  ["Otro", ["otro", "other"]],
];

/** The contract's word for a role; null for one that it does not know. */
export function readRole(value: unknown): Role | null {
  return readWord(value, ROLES, ROLE_WORDS);
}

/** The contract's word for a product type; null for one that it does not know. */
export function readProduct(value: unknown): Product | null {
  return readWord(value, PRODUCTS, PRODUCT_WORDS);
}

function readWord<Word extends string>(
  value: unknown,
  words: readonly Word[],
  parts: readonly (readonly [Word, readonly string[]])[],
): Word | null {
  const squashed = squash(readText(value) ?? "");
  const exact = words.find((word) => squash(word) === squashed);
  return exact ?? parts.find(([, known]) => known.some((part) => squashed.includes(part)))?.[0] ?? null;
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(?:Z|UTC|([+-]\d{2}):?(\d{2}))?$/i;
const DAY_FIRST = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const LEAST_SECONDS = 1e8;
const LEAST_MILLISECONDS = 1e11;

/**
 * Milliseconds of an instant: ISO with or without a zone (none: UTC, as the contract writes them), day first with
 * slashes, or seconds or milliseconds since 1970.
 */
export function readMoment(value: unknown): number | null {
  const number = readNumber(value);
  if (number !== null) {
    if (number < LEAST_SECONDS) return null;
    return Math.floor(number < LEAST_MILLISECONDS ? number * 1_000 : number);
  }
  const text = readText(value) ?? "";
  const iso = ISO.exec(text);
  if (iso !== null) {
    const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", ahead, minutes] =
      iso;
    const zone = ahead === undefined ? "Z" : `${ahead}:${minutes}`;
    const milliseconds = fraction.padEnd(3, "0").slice(0, 3);
    return parsed(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${zone}`);
  }
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst === null) return null;
  const [, day, month, year, hour = "0", minute = "00", second = "00"] = dayFirst;
  return parsed(
    `${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}T${hour.padStart(2, "0")}:${minute}:${second}Z`,
  );
}

function parsed(iso: string): number | null {
  const at = Date.parse(iso);
  return Number.isNaN(at) || at < 0 ? null : at;
}

/** 0..100 by dimension, also from 0..1 and from `{"autoria": {"score": 40}}`. Null where none is known. */
export function readDimensions(value: unknown): Partial<Record<Dimension, number>> | null {
  const found: Partial<Record<Dimension, number>> = {};
  for (const [key, entry] of entriesOf(value)) {
    const dimension = dimensionNamed(key);
    const number = readNumber(typeof entry === "object" && entry !== null ? scoreWithin(entry) : entry);
    if (dimension !== null && number !== null && number >= 0) found[dimension] = number;
  }
  return asPercent(found);
}

/** All of them at most 1: shares. Null where there are none. */
export function asPercent(
  found: Partial<Record<Dimension, number>>,
): Partial<Record<Dimension, number>> | null {
  const entries = Object.entries(found);
  if (entries.length === 0) return null;
  const factor = entries.every(([, number]) => number <= 1) ? 100 : 1;
  return Object.fromEntries(entries.map(([name, number]) => [name, Math.round(number * factor)]));
}

function scoreWithin(entry: object): unknown {
  const { score, puntaje, value, valor } = entry as Record<string, unknown>;
  return score ?? puntaje ?? value ?? valor;
}

/** 0 or 1 by observation: from an object, or from a list of the names that were marked. Null where none is known. */
export function readEvidences(value: unknown): Partial<Record<Evidence, 0 | 1>> | null {
  const within = jsonWithin(value);
  const marked = Array.isArray(within) ? within.map((name) => [String(name), 1] as const) : entriesOf(within);
  const found: Partial<Record<Evidence, 0 | 1>> = {};
  for (const [key, entry] of marked) {
    const evidence = evidenceNamed(key);
    if (evidence !== null) found[evidence] = isMarked(entry) ? 1 : 0;
  }
  return Object.keys(found).length === 0 ? null : found;
}

export function isMarked(value: unknown): boolean {
  return value === true || ["1", "true", "si", "sí", "yes"].includes(String(value).trim().toLowerCase());
}

function entriesOf(value: unknown): (readonly [string, unknown])[] {
  const within = jsonWithin(value);
  if (typeof within !== "object" || within === null || Array.isArray(within)) return [];
  return Object.entries(within);
}
