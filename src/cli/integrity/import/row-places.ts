import type { ForeignValue } from "../../../platform/db/sqlite/read-foreign-sqlite.ts";

/** Where in a row a value stands: a column, then keys within the JSON that it holds. */
export type Place = readonly [column: string, ...keys: string[]];

const DEEPEST = 4;
const MOST_PLACES = 2_000;

export function placeName(place: Place): string {
  return place.join(" > ");
}

/** A row whose JSON columns can be looked into; each is parsed once. */
export class Row {
  readonly #columns: readonly string[];
  readonly #values: readonly ForeignValue[];
  readonly #parsed = new Map<string, unknown>();

  constructor(columns: readonly string[], values: readonly ForeignValue[]) {
    this.#columns = columns;
    this.#values = values;
  }

  /** What stands at a place; undefined where nothing does. */
  at([column, ...keys]: Place): unknown {
    if (keys.length === 0) return this.#values[this.#columns.indexOf(column)];
    let value = this.#json(column);
    for (const key of keys) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
      value = jsonWithin((value as Record<string, unknown>)[key]);
    }
    return value;
  }

  /** Every place of the row, columns first, then outer keys before inner ones. */
  places(): Place[] {
    const places: Place[] = this.#columns.map((column) => [column]);
    for (const column of this.#columns) addKeys(places, [column], this.#json(column));
    return places;
  }

  #json(column: string): unknown {
    if (!this.#parsed.has(column)) this.#parsed.set(column, jsonWithin(this.at([column])));
    return this.#parsed.get(column);
  }
}

/** The object or list that a text or blob holds as JSON; anything else as it is. */
export function jsonWithin(value: unknown): unknown {
  const text = value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : value;
  if (typeof text !== "string" || !/^\s*[{[]/.test(text)) return value;
  try {
    return JSON.parse(text);
  } catch {
    return value; // a text that only begins like JSON
  }
}

function addKeys(places: Place[], place: Place, value: unknown): void {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Uint8Array)
    return;
  if (place.length > DEEPEST) return;
  const keys = Object.keys(value);
  for (const key of keys) {
    if (places.length >= MOST_PLACES) return;
    places.push([...place, key]);
  }
  for (const key of keys)
    addKeys(places, [...place, key], jsonWithin((value as Record<string, unknown>)[key]));
}
