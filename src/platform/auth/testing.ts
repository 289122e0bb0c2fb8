/** For tests only: the whole auth room over a fresh database, with a clock that stands still. */
import { Secret } from "../config/secret.ts";
import type { Database } from "../db/database.ts";
import { ApiKeys } from "./api-keys.ts";
import { Authority, type AuthorityParts } from "./authority.ts";
import { Sessions } from "./sessions.ts";
import type { AuthTables } from "./tables.ts";
import { Users } from "./users.ts";

export const SIGNING_SECRET = "a signing secret of 32 bytes or more";
export const LOCAL_TOKEN = "the token in the data folder";

/** A clock that moves when it is told to. */
export class TestClock {
  ms = Date.UTC(2026, 0, 1);

  now(): number {
    return this.ms;
  }
}

export function openAuthRoom(database: Database, parts: Partial<AuthorityParts> = {}) {
  const clock = new TestClock();
  const users = new Users(database.as<AuthTables>(), clock);
  const keys = new ApiKeys(database.as<AuthTables>(), clock);
  const sessions = new Sessions(new Secret(SIGNING_SECRET), clock);
  const authority = new Authority({
    users,
    keys,
    sessions,
    sharedKey: null,
    localToken: new Secret(LOCAL_TOKEN),
    asksAlways: () => false,
    ...parts,
  });
  return { clock, users, keys, sessions, authority };
}
