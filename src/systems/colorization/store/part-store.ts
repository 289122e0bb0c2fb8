import type { Selectable, Transaction } from "kysely";
import type { Database } from "../../../platform/db/database.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { Part, PartPlace } from "../characters.ts";
import type { ColorizationTables } from "./tables.ts";

type Tx = Transaction<ColorizationTables>;

/** Parts of characters and their colours, by scope. */
export class PartStore {
  readonly #database: Database<ColorizationTables>;
  readonly #clock: Clock;

  constructor(database: Database<ColorizationTables>, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** In the order in which they were given. */
  async list(scope: string): Promise<readonly Part[]> {
    const rows = await this.#database.reader
      .selectFrom("colorization_parts")
      .selectAll()
      .where("scope", "=", scope)
      .orderBy("position")
      .orderBy("name")
      .orderBy("label")
      .execute();
    return rows.map(toPart);
  }

  /** All parts of a scope anew. */
  async replace(scope: string, parts: readonly Part[]): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await tx.deleteFrom("colorization_parts").where("scope", "=", scope).execute();
      await putParts(tx, scope, parts, this.#clock.now());
    });
  }

  /** Adds parts, or changes those that are there. */
  async put(scope: string, parts: readonly Part[]): Promise<void> {
    await this.#database.transaction((tx) => putParts(tx, scope, parts, this.#clock.now()));
  }

  /** One part, all of a character, or all of the scope. @returns how many there were */
  async remove(scope: string, name?: string, label?: string): Promise<number> {
    return this.#database.transaction(async (tx) => {
      let query = tx.deleteFrom("colorization_parts").where("scope", "=", scope);
      if (name !== undefined) query = query.where("name", "=", name);
      if (label !== undefined) query = query.where("label", "=", label);
      return Number((await query.executeTakeFirst()).numDeletedRows);
    });
  }
}

/** Adds parts within a transaction; those that are there keep their place in the order. */
export async function putParts(tx: Tx, scope: string, parts: readonly Part[], now: number): Promise<void> {
  const last = await tx
    .selectFrom("colorization_parts")
    .select((row) => row.fn.max("position").as("position"))
    .where("scope", "=", scope)
    .executeTakeFirst();
  let position = Number(last?.position ?? -1);
  for (const { name, label, colour, locked, instead, places, descriptors } of parts) {
    const values = {
      colour,
      locked: Number(locked),
      instead,
      places: JSON.stringify(places),
      descriptors: JSON.stringify(descriptors),
      updated_at: now,
    };
    await tx
      .insertInto("colorization_parts")
      .values({ scope, name, label, position: ++position, ...values })
      .onConflict((conflict) => conflict.columns(["scope", "name", "label"]).doUpdateSet(values))
      .execute();
  }
}

/** A part that follows the work takes the work's colour; one that was locked meanwhile keeps its own. */
export async function followWork(
  tx: Tx,
  scope: string,
  { name, label, colour }: Pick<Part, "name" | "label" | "colour">,
  now: number,
): Promise<void> {
  await tx
    .updateTable("colorization_parts")
    .set({ colour, updated_at: now })
    .where("scope", "=", scope)
    .where("name", "=", name)
    .where("label", "=", label)
    .where("locked", "=", 0)
    .execute();
}

function toPart(row: Selectable<ColorizationTables["colorization_parts"]>): Part {
  return {
    name: row.name,
    label: row.label,
    colour: row.colour,
    locked: row.locked !== 0,
    instead: row.instead,
    places: JSON.parse(row.places) as PartPlace[],
    descriptors: JSON.parse(row.descriptors) as number[][],
  };
}
