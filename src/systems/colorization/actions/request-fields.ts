import { invalidRequest } from "../errors.ts";

export type Fields = Readonly<Record<string, unknown>>;

const MAX_TEXT = 4_096;

/** An object; `{}` where it is absent. @throws QuatrainError `invalid_request` (400), as all of these */
export function readObject(field: string, value: unknown): Fields {
  if (value === undefined || value === null) return {};
  if (typeof value === "object" && !Array.isArray(value)) return value as Fields;
  throw invalidRequest(field, `${field} must be an object`);
}

/** A text without the blanks around it; null where it is absent or blank. */
export function readText(field: string, value: unknown, longest = MAX_TEXT): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" && value.length <= longest) return value.trim() === "" ? null : value.trim();
  throw invalidRequest(field, `${field} must be a text of at most ${longest} characters`);
}

/** A number within bounds, also as text; null where it is absent. */
export function readNumber(field: string, value: unknown, min: number, max: number): number | null {
  if (value === undefined || value === null) return null;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number) && number >= min && number <= max) return number;
  throw invalidRequest(field, `${field} must be a number from ${min} to ${max}`);
}

export function readFlag(field: string, value: unknown): boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value;
  throw invalidRequest(field, `${field} must be true or false`);
}

/** One of some words; `absent` where there is none. */
export function readOne<Word extends string, None extends Word | null>(
  field: string,
  value: unknown,
  words: readonly Word[],
  absent: None,
): Word | None {
  if (value === undefined || value === null || value === "") return absent;
  const word = words.find((candidate) => candidate === value);
  if (word !== undefined) return word;
  throw invalidRequest(field, `${field} must be one of: ${words.join(", ")}`);
}

/** A list; empty where it is absent. */
export function readList(field: string, value: unknown, most: number): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.length <= most) return value;
  throw invalidRequest(field, `${field} must be a list of at most ${most}`);
}

/** `#rrggbb` or `[r, g, b]` as bytes. */
export function readColour(field: string, value: unknown): [number, number, number] {
  const hex = typeof value === "string" ? /^#?([0-9a-f]{6})$/i.exec(value.trim())?.[1] : undefined;
  if (hex !== undefined) {
    const number = Number.parseInt(hex, 16);
    return [number >> 16, (number >> 8) & 255, number & 255];
  }
  const isTriple =
    Array.isArray(value) &&
    value.length === 3 &&
    value.every((part) => Number.isInteger(part) && part >= 0 && part <= 255);
  if (isTriple) return value as [number, number, number];
  throw invalidRequest(field, `${field} must be a colour as #rrggbb or [r, g, b]`);
}

/** The place of a point or a box, in pixels: `x`, `y`, and `w`, `h` of 1 unless given. */
export function readPlace(field: string, place: Fields) {
  const at = (name: string) => {
    const number = readNumber(`${field}.${name}`, place[name], 0, 1e6);
    if (number === null) throw invalidRequest(`${field}.${name}`, `${field}.${name} is required`);
    return Math.round(number);
  };
  const long = (name: string, value: unknown) =>
    Math.max(1, Math.round(readNumber(`${field}.${name}`, value, 1, 1e6) ?? 1));
  return {
    x: at("x"),
    y: at("y"),
    width: long("w", place.w ?? place.width),
    height: long("h", place.h ?? place.height),
  };
}
