import { createHash, randomBytes } from "node:crypto";
import type { Access } from "../../contracts/route.ts";
import type { Database } from "../db/database.ts";
import { userError } from "../errors/quatrain-error.ts";
import type { Clock } from "../ports.ts";
import { type Principal, suffices } from "./principal.ts";
import type { AuthTables } from "./tables.ts";

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** System name, `*` for all systems, or `platform` for administration. */
  readonly system: string;
  readonly access: Access;
  readonly createdAt: number;
}

const PREFIX = "qtn_";
/** Another process may have created or revoked a key: how long the answer to "are there any" is believed. */
const EXISTENCE_TTL_MS = 2_000;

/** Keys for programs: 256 random bits, stored as a hash, scoped to one system. */
export class ApiKeys {
  readonly #database: Database<AuthTables>;
  readonly #clock: Clock;
  #scopes: { readonly readAt: number; readonly systems: ReadonlySet<string> } | null = null;

  constructor(database: Database<AuthTables>, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  looksLikeOne(credential: string): boolean {
    return credential.startsWith(PREFIX);
  }

  /** The new key's text is in the answer and nowhere else. */
  async create(name: string, system: string, access: Access): Promise<ApiKey & { readonly key: string }> {
    const key = PREFIX + randomBytes(32).toString("base64url");
    const row = {
      id: randomBytes(6).toString("hex"),
      name,
      key_hash: hashOf(key),
      system,
      access,
      created_at: this.#clock.now(),
      revoked_at: null,
    };
    await this.#database.transaction((tx) => tx.insertInto("api_keys").values(row).execute());
    this.#scopes = null;
    return { ...toApiKey(row), key };
  }

  async list(): Promise<ApiKey[]> {
    const rows = await this.#database.reader
      .selectFrom("api_keys")
      .selectAll()
      .where("revoked_at", "is", null)
      .orderBy("created_at")
      .execute();
    return rows.map(toApiKey);
  }

  /** @throws QuatrainError `key_not_found` (404) */
  async revoke(id: string): Promise<void> {
    const revokedAt = this.#clock.now();
    const [result] = await this.#database.transaction((tx) =>
      tx
        .updateTable("api_keys")
        .set({ revoked_at: revokedAt })
        .where("id", "=", id)
        .where("revoked_at", "is", null)
        .execute(),
    );
    this.#scopes = null;
    if (Number(result?.numUpdatedRows ?? 0) === 0)
      throw userError("key_not_found", 404, `There is no active key ${id}`);
  }

  async recognise(key: string): Promise<Principal | null> {
    const row = await this.#database.reader
      .selectFrom("api_keys")
      .selectAll()
      .where("key_hash", "=", hashOf(key))
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    if (row === undefined) return null;
    return {
      kind: "api-key",
      id: row.id,
      name: `key ${row.name}`,
      may: (system, access) => reaches(row.system, system) && suffices(row.access, access),
    };
  }

  /** Whether any active key opens this system: then it asks everybody for a credential. */
  async existFor(system: string): Promise<boolean> {
    const now = this.#clock.now();
    if (this.#scopes === null || now - this.#scopes.readAt > EXISTENCE_TTL_MS) {
      this.#scopes = { readAt: now, systems: new Set((await this.list()).map((key) => key.system)) };
    }
    return [...this.#scopes.systems].some((scope) => reaches(scope, system));
  }
}

function reaches(scope: string, system: string): boolean {
  return scope === system || (scope === "*" && system !== "platform");
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

function toApiKey(row: AuthTables["api_keys"]): ApiKey {
  return { id: row.id, name: row.name, system: row.system, access: row.access, createdAt: row.created_at };
}
