import { DESCRIPTOR_SIZE } from "../../../algorithms/colouring/describing/region-descriptors.ts";
import { MAX_DESCRIPTORS, MAX_PARTS, type PartOrder, type PartPlace } from "../characters.ts";
import { invalidRequest } from "../errors.ts";
import {
  type Fields,
  readColour,
  readFlag,
  readList,
  readNumber,
  readObject,
  readPlace,
  readText,
} from "./request-fields.ts";

const MAX_CHARACTERS = 64;
const MAX_COLOURS = 32;
const MAX_PLACES = 16;
const MAX_NAME = 100;
const LARGEST_NUMBER = 1e3;
const SERIES = /^[^\p{Cc}/\\]{1,200}$/u;

/** A job's `palette`: a series' name, or `{series?, characters?}`. @throws QuatrainError `invalid_request` (400) */
export function readPalette(
  value: unknown,
  chapterId: string,
): { series: string | null; characters: readonly PartOrder[] } {
  const fields = typeof value === "string" ? { series: value } : readObject("palette", value);
  return {
    series: fields.series === undefined || fields.series === null ? null : readSeries(fields.series),
    characters: readCharacters("palette.characters", fields.characters, chapterId),
  };
}

/** The name of a series. */
export function readSeries(value: unknown): string {
  const text = typeof value === "string" ? value.trim() : "";
  if (SERIES.test(text)) return text;
  throw invalidRequest(
    "palette.series",
    "palette.series must be a text of 1 to 200 characters without slashes",
  );
}

/**
 * `[{name, colours: [{label, colour?, locked?, at?, instead?}]}]` as one list of parts.
 * @param chapterId the chapter that places without one mean; null where each has to name its own
 * @throws QuatrainError `invalid_request` (400) with the field
 */
export function readCharacters(
  field: string,
  value: unknown,
  chapterId: string | null,
): readonly PartOrder[] {
  const parts = readList(field, value, MAX_CHARACTERS).flatMap((entry, index) => {
    const at = `${field}.${index}`;
    const character = readObject(at, entry);
    const name = readName(`${at}.name`, character.name);
    return readList(`${at}.colours`, character.colours ?? character.colors, MAX_COLOURS).map((colour, nth) =>
      readPart(`${at}.colours.${nth}`, readObject(`${at}.colours.${nth}`, colour), name, chapterId),
    );
  });
  if (parts.length > MAX_PARTS)
    throw invalidRequest(field, `${field} has more than ${MAX_PARTS} colours in all`);
  const known = new Set<string>();
  for (const { name, label } of parts) {
    const both = JSON.stringify([name, label]);
    if (known.has(both)) throw invalidRequest(field, `${field} has ${label} of ${name} twice`);
    known.add(both);
  }
  return parts;
}

function readPart(field: string, fields: Fields, name: string, chapterId: string | null): PartOrder {
  const hex = (key: string, value: unknown) =>
    value === undefined || value === null
      ? null
      : `#${Buffer.from(readColour(`${field}.${key}`, value)).toString("hex")}`;
  return {
    name,
    label: readName(`${field}.label`, fields.label),
    colour: hex("colour", fields.colour ?? fields.color),
    locked: readFlag(`${field}.locked`, fields.locked),
    instead: hex("instead", fields.instead),
    places: readList(`${field}.at`, fields.at, MAX_PLACES).map((place, index) =>
      readPartPlace(`${field}.at.${index}`, readObject(`${field}.at.${index}`, place), chapterId),
    ),
    descriptors: readList(`${field}.descriptors`, fields.descriptors, MAX_DESCRIPTORS).map((row, index) =>
      readDescriptor(`${field}.descriptors.${index}`, row),
    ),
  };
}

function readPartPlace(field: string, fields: Fields, chapterId: string | null): PartPlace {
  const picture = readText(`${field}.picture`, fields.picture);
  const pageNum = readNumber(`${field}.page_num`, fields.page_num, 0, 1e6);
  const chapter = readText(`${field}.chapter_id`, fields.chapter_id, 200) ?? chapterId;
  if ((picture === null) === (pageNum === null)) {
    throw invalidRequest(field, `${field} needs either page_num, a page of the chapter, or picture`);
  }
  if (pageNum !== null && chapter === null) {
    throw invalidRequest(`${field}.chapter_id`, `${field}.chapter_id is required beside page_num`);
  }
  const sha = readText(`${field}.page_sha256`, fields.page_sha256, 64);
  return {
    picture,
    pageNum,
    chapterId: pageNum === null ? null : chapter,
    ...readPlace(field, fields),
    pageSha256: sha !== null && /^[0-9a-f]{64}$/.test(sha) ? sha : null,
  };
}

function readDescriptor(field: string, value: unknown): readonly number[] {
  const numbers = readList(field, value, 1 + DESCRIPTOR_SIZE);
  const isFine = (number: unknown) =>
    typeof number === "number" && Number.isFinite(number) && Math.abs(number) <= LARGEST_NUMBER;
  if (numbers.length === 1 + DESCRIPTOR_SIZE && numbers.every(isFine)) return numbers as readonly number[];
  throw invalidRequest(
    field,
    `${field} must be a list of ${1 + DESCRIPTOR_SIZE} numbers, as an export of this version has it`,
  );
}

function readName(field: string, value: unknown): string {
  const text = readText(field, value, MAX_NAME);
  if (text !== null && !/\p{Cc}/u.test(text) && text.isWellFormed()) return text;
  throw invalidRequest(field, `${field} is required: a text of at most ${MAX_NAME} characters`);
}
