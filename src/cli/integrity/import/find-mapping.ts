import type { Dimension, Evidence } from "../../../contracts/integrity/index.ts";
import type { ForeignTable, ForeignValue } from "../../../platform/db/sqlite/read-foreign-sqlite.ts";
import {
  dimensionColumn,
  evidenceNamed,
  FIELD_NAMES,
  NEEDED_FIELDS,
  OLD_FIELDS,
  type OldField,
  squash,
} from "./field-names.ts";
import * as read from "./old-values.ts";
import { type Place, placeName, Row } from "./row-places.ts";

/** Where a table keeps what a case is made of. */
export interface Mapping {
  readonly table: ForeignTable;
  /** Places of each field, the likeliest first: what one lacks, the next may have. */
  readonly fields: Readonly<Record<OldField, readonly Place[]>>;
  /** Observations and dimensions that have places of their own. */
  readonly evidences: ReadonlyMap<Evidence, Place>;
  readonly dimensions: ReadonlyMap<Dimension, Place>;
  /** Scores stand as 0..1. */
  readonly scoresAreShares: boolean;
}

/** Whether a value can be the field's; where the field is free text, whether it is one. */
const CAN_BE: Readonly<Record<OldField, (value: unknown) => boolean>> = {
  case_id: (value) => read.readText(value) !== null,
  title: (value) => typeof value === "string",
  author: (value) => typeof value === "string",
  role: (value) => typeof value === "string",
  product_type: (value) => typeof value === "string",
  overall_score: (value) => read.readScore(value, true) !== null,
  overall_level: (value) => read.readLevel(value) !== null,
  confidence: (value) => read.readConfidence(value) !== null,
  analyzed_at: (value) => read.readMoment(value) !== null,
  dimensions: (value) => read.readDimensions(value) !== null,
  evidencias: (value) => read.readEvidences(value) !== null,
  texto: (value) => typeof value === "string",
};

/**
 * Looks for the fields of a case among a table's columns and the keys of the JSON that they hold, by names and by what
 * a sample of the rows has there.
 */
export function findMapping(table: ForeignTable, sample: readonly (readonly ForeignValue[])[]): Mapping {
  const rows = sample.map((values) => new Row(table.columns, values));
  const places = distinctPlaces(table, rows);
  const fields = Object.fromEntries(
    OLD_FIELDS.map((field) => [field, placesOf(field, places, rows)]),
  ) as unknown as Mapping["fields"];
  const scores = rows.map((row) => readScoreOf(row, fields.overall_score)).filter((score) => score !== null);
  return {
    table,
    fields,
    evidences: ownColumns(table, evidenceNamed),
    dimensions: ownColumns(table, dimensionColumn),
    scoresAreShares: scores.some((score) => !Number.isInteger(score)) && scores.every((score) => score <= 1),
  };
}

/** Fields that a mapping has a place for. */
export function foundFields(mapping: Mapping): OldField[] {
  return OLD_FIELDS.filter((field) => {
    if (mapping.fields[field].length > 0) return true;
    return (
      (field === "evidencias" && mapping.evidences.size > 0) ||
      (field === "dimensions" && mapping.dimensions.size > 0)
    );
  });
}

/** Fields without which nothing can be taken over and that the mapping lacks. */
export function lackingFields(mapping: Mapping): OldField[] {
  return NEEDED_FIELDS.filter((field) => mapping.fields[field].length === 0);
}

/** The table that is likeliest the one of the cases: what is needed first, then most fields, then most rows. */
export function likeliest(mappings: readonly Mapping[]): Mapping | null {
  const rank = (mapping: Mapping) => [
    -lackingFields(mapping).length,
    foundFields(mapping).length,
    mapping.table.rows,
  ];
  const ranked = mappings.map((mapping) => ({ mapping, rank: rank(mapping) }));
  ranked.sort((a, b) => {
    const differing = a.rank.findIndex((value, index) => value !== b.rank[index]);
    return differing === -1 ? 0 : b.rank[differing]! - a.rank[differing]!;
  });
  return ranked[0]?.mapping ?? null;
}

function distinctPlaces(table: ForeignTable, rows: readonly Row[]): Place[] {
  const found = new Map<string, Place>(table.columns.map((column) => [JSON.stringify([column]), [column]]));
  for (const row of rows) for (const place of row.places()) found.set(JSON.stringify(place), place);
  return [...found.values()];
}

function placesOf(field: OldField, places: readonly Place[], rows: readonly Row[]): Place[] {
  const names = FIELD_NAMES[field];
  return places
    .map((place) => ({ place, rank: names.indexOf(squash(place.at(-1)!)) }))
    .filter(({ place, rank }) => rank !== -1 && isPlausible(field, place, rows))
    .sort((a, b) => a.rank - b.rank || a.place.length - b.place.length)
    .map(({ place }) => place);
}

/** At least half of what stands there can be the field's; where nothing stands, the name decides. */
function isPlausible(field: OldField, place: Place, rows: readonly Row[]): boolean {
  const values = rows.map((row) => row.at(place)).filter((value) => value !== undefined && value !== null);
  return 2 * values.filter(CAN_BE[field]).length >= values.length;
}

function readScoreOf(row: Row, places: readonly Place[]): number | null {
  return places.length === 0 ? null : read.readNumber(row.at(places[0]!));
}

/** A single column may be called `tiempo` by chance; several such are no chance. */
const LEAST_OWN_COLUMNS = 2;

/** Columns that are each named like a word of a vocabulary. */
function ownColumns<Word>(table: ForeignTable, named: (name: string) => Word | null): Map<Word, Place> {
  const found = new Map<Word, Place>();
  for (const column of table.columns) {
    const word = named(column);
    if (word !== null && !found.has(word)) found.set(word, [column]);
  }
  return found.size >= LEAST_OWN_COLUMNS ? found : new Map();
}

/** For a person: `json_data > titulo`. */
export function describePlaces({ fields, evidences, dimensions }: Mapping, field: OldField): string {
  const places = [...fields[field]];
  if (field === "evidencias") places.push(...evidences.values());
  if (field === "dimensions") places.push(...dimensions.values());
  return places.map(placeName).join(", else ") || "not found";
}
