import type { Selectable } from "kysely";
import type { Database } from "../db/database.ts";
import { isFault } from "../db/database-error.ts";
import { userError } from "../errors/quatrain-error.ts";
import type { Clock } from "../ports.ts";
import { LoginLimiter } from "./login-limiter.ts";
import { hashPassword, passwordMatches } from "./passwords.ts";
import { type Principal, suffices } from "./principal.ts";
import type { AuthTables } from "./tables.ts";

export interface User {
  readonly id: number;
  readonly email: string;
  readonly fullName: string;
  readonly role: "admin" | "member";
  readonly createdAt: number;
}

export interface NewUser {
  readonly email: string;
  readonly fullName: string;
  readonly role: User["role"];
  readonly password: string;
}

/** A user whose password was right. */
export interface SignedIn {
  readonly user: User;
  /** The instant for which that holds: tokens are issued as of then, so that a password set since voids them. */
  readonly asOfMs: number;
}

/** A hash of nothing: compared when the user does not exist, so that both answers take the same time. */
let nobody: Promise<string> | null = null;
const hashOfNobody = () => {
  nobody ??= hashPassword("no such user, same time");
  return nobody;
};

/** The people who may sign in. */
export class Users {
  readonly #database: Database<AuthTables>;
  readonly #clock: Clock;
  readonly #limiter: LoginLimiter;

  constructor(database: Database<AuthTables>, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#limiter = new LoginLimiter(clock);
  }

  async list(): Promise<User[]> {
    const rows = await this.#database.reader.selectFrom("users").selectAll().orderBy("id").execute();
    return rows.map(toUser);
  }

  async find(id: number): Promise<User | null> {
    const row = await this.#database.reader
      .selectFrom("users")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    return row === undefined ? null : toUser(row);
  }

  /** @throws QuatrainError `invalid_email` or `weak_password` (400), `user_exists` (409) */
  async add(user: NewUser): Promise<User> {
    const email = normaliseEmail(user.email);
    const passwordHash = await hashPassword(user.password);
    const row = {
      email,
      full_name: user.fullName,
      role: user.role,
      password_hash: passwordHash,
      created_at: this.#clock.now(),
      tokens_valid_from: 0,
    };
    try {
      return toUser(
        await this.#database.transaction((tx) =>
          tx.insertInto("users").values(row).returningAll().executeTakeFirstOrThrow(),
        ),
      );
    } catch (error) {
      if (!isFault(error, "unique")) throw error;
      throw userError("user_exists", 409, `There is already a user ${email}`);
    }
  }

  /**
   * Sets a new password; every token issued before is void.
   * @throws QuatrainError `weak_password` (400), `user_not_found` (404)
   */
  async setPassword(email: string, password: string): Promise<User> {
    const passwordHash = await hashPassword(password);
    const validFrom = this.#clock.now() + 1; // tokens of this very millisecond are void too
    return this.#change(email, (tx, id) =>
      tx
        .updateTable("users")
        .set({ password_hash: passwordHash, tokens_valid_from: validFrom })
        .where("id", "=", id)
        .execute(),
    );
  }

  /** Voids every token that was issued before. @throws QuatrainError `user_not_found` (404) */
  async voidTokens(id: number): Promise<void> {
    const validFrom = this.#clock.now() + 1;
    await this.#update(id, { tokens_valid_from: validFrom });
  }

  /**
   * Changes what is given, all of it or nothing. The user stays signed in, unless the password is among it.
   * @throws QuatrainError `invalid_email` or `weak_password` (400), `user_not_found` (404), `user_exists` (409)
   */
  async update(
    id: number,
    { email, fullName, password }: { email?: string; fullName?: string; password?: string },
  ): Promise<User> {
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    return this.#update(id, {
      ...(email === undefined ? {} : { email: normaliseEmail(email) }),
      ...(fullName === undefined ? {} : { full_name: fullName }),
      ...(passwordHash === undefined
        ? {}
        : { password_hash: passwordHash, tokens_valid_from: this.#clock.now() + 1 }),
    });
  }

  async #update(id: number, values: Partial<Selectable<AuthTables["users"]>>): Promise<User> {
    try {
      return await this.#database.transaction(async (tx) => {
        if (Object.keys(values).length > 0) {
          await tx.updateTable("users").set(values).where("id", "=", id).execute();
        }
        const row = await tx.selectFrom("users").selectAll().where("id", "=", id).executeTakeFirst();
        if (row === undefined) throw userError("user_not_found", 404, "There is no such user");
        return toUser(row);
      });
    } catch (error) {
      if (!isFault(error, "unique")) throw error;
      throw userError("user_exists", 409, `There is already a user ${values.email}`);
    }
  }

  /** @throws QuatrainError `user_not_found` (404), `last_admin` (409) */
  async remove(email: string): Promise<User> {
    return this.#change(email, async (tx, id, role) => {
      const admins = await tx
        .selectFrom("users")
        .select("id")
        .where("role", "=", "admin")
        .orderBy("id")
        .forUpdate() // two administrators that remove each other at once: one of them must stay
        .execute();
      if (role === "admin" && admins.every((admin) => admin.id === id)) {
        throw userError(
          "last_admin",
          409,
          "The last administrator cannot be removed: make another one first",
        );
      }
      await tx.deleteFrom("users").where("id", "=", id).execute();
    });
  }

  /**
   * The user whose password this is, or null. Takes the same time for unknown users.
   * @param address of the client: failures are counted per address and e-mail
   * @throws QuatrainError `too_many_attempts` (429)
   */
  async signIn(email: string, password: string, address: string): Promise<SignedIn | null> {
    const name = email.trim().toLowerCase();
    const succeeded = this.#limiter.begin(address, name);
    const asOfMs = this.#clock.now();
    const row = await this.#database.reader
      .selectFrom("users")
      .selectAll()
      .where("email", "=", name)
      .executeTakeFirst();
    const matches = await passwordMatches(password, row?.password_hash ?? (await hashOfNobody()));
    if (row === undefined || !matches) return null;
    succeeded();
    return { user: toUser(row), asOfMs };
  }

  /** Who a token's subject is, while it is valid: null for removed users and for tokens older than the last password. */
  async principal({ userId, issuedAtMs }: { userId: number; issuedAtMs: number }): Promise<Principal | null> {
    const row = await this.#database.reader
      .selectFrom("users")
      .select(["email", "role", "tokens_valid_from"])
      .where("id", "=", userId)
      .executeTakeFirst();
    if (row === undefined || issuedAtMs < row.tokens_valid_from) return null;
    return {
      kind: "user",
      id: String(userId),
      name: row.email,
      may: (system, access) => row.role === "admin" || (system !== "platform" && suffices("write", access)),
    };
  }

  async #change(
    email: string,
    work: (
      tx: Parameters<Parameters<Database<AuthTables>["transaction"]>[0]>[0],
      id: number,
      role: User["role"],
    ) => Promise<unknown>,
  ): Promise<User> {
    return this.#database.transaction(async (tx) => {
      const row = await tx
        .selectFrom("users")
        .selectAll()
        .where("email", "=", email.trim().toLowerCase())
        .executeTakeFirst();
      if (row === undefined) throw userError("user_not_found", 404, `There is no user ${email}`);
      await work(tx, row.id, row.role);
      return toUser(row);
    });
  }
}

function toUser(row: Selectable<AuthTables["users"]>): User {
  return { id: row.id, email: row.email, fullName: row.full_name, role: row.role, createdAt: row.created_at };
}

function normaliseEmail(email: string): string {
  const normal = email.trim().toLowerCase();
  if (/^[^\s@]+@[^\s@]+$/.test(normal) && normal.length <= 254) return normal;
  throw userError("invalid_email", 400, `"${email}" is not an e-mail address`);
}
