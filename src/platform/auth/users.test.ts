import { expect, test } from "vitest";
import { Secret } from "../config/secret.ts";
import { describeEachDatabase } from "../db/testing.ts";
import { ensureFirstAdmin } from "./first-admin.ts";
import { authMigrations } from "./migrations.ts";
import type { AuthTables } from "./tables.ts";
import { openAuthRoom } from "./testing.ts";

const ANN = {
  email: "Ann@Example.org ",
  fullName: "Ann",
  role: "admin",
  password: "ann's password",
} as const;
const BOB = {
  email: "bob@example.org",
  fullName: "Bob",
  role: "member",
  password: "bob's password",
} as const;
const HERE = "127.0.0.1";

describeEachDatabase("users", (open) => {
  async function openRoom() {
    const { database } = await open(authMigrations);
    return { database: database.as<AuthTables>(), ...openAuthRoom(database) };
  }

  test("are found by their address in any case; passwords are kept as argon2id hashes", async () => {
    const { database, users } = await openRoom();
    const added = await users.add(ANN);
    expect(added).toMatchObject({ email: "ann@example.org", role: "admin" });
    expect(await users.signIn(" ANN@example.ORG", ANN.password, HERE)).toMatchObject({ user: added });
    expect(await users.signIn(ANN.email, BOB.password, HERE)).toBeNull();
    expect(await users.signIn("nobody@example.org", ANN.password, HERE)).toBeNull();
    const [row] = await database.reader.selectFrom("users").select("password_hash").execute();
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test("exist once per address, also when two are added at once", async () => {
    const { users } = await openRoom();
    const results = await Promise.allSettled([users.add(ANN), users.add(ANN)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(users.add({ ...ANN, email: "ANN@example.org" })).rejects.toMatchObject({
      code: "user_exists",
      status: 409,
    });
  });

  test.each([
    [{ email: "no address" }, "invalid_email"],
    [{ email: `${"a".repeat(254)}@b` }, "invalid_email"],
    [{ password: "short" }, "weak_password"],
    [{ password: "x".repeat(201) }, "weak_password"],
  ])("with %o are refused", async (part, code) => {
    const { users } = await openRoom();
    await expect(users.add({ ...BOB, ...part })).rejects.toMatchObject({ code, status: 400 });
    expect(await users.list()).toEqual([]);
  });

  test("the last administrator stays, also when two remove each other at once", async () => {
    const { users } = await openRoom();
    await users.add(ANN);
    await users.add(BOB);
    await expect(users.remove(ANN.email)).rejects.toMatchObject({ code: "last_admin", status: 409 });
    expect(await users.remove(BOB.email)).toMatchObject({ email: BOB.email });
    await users.add({ ...BOB, role: "admin" });
    await Promise.allSettled([users.remove(ANN.email), users.remove(BOB.email)]);
    expect(await users.list()).toHaveLength(1);
    await expect(users.remove("nobody@x")).rejects.toMatchObject({ code: "user_not_found", status: 404 });
  });

  test("a new password voids the old one and every token issued until then", async () => {
    const { clock, users, sessions } = await openRoom();
    const { id } = await users.add(ANN);
    const before = { userId: id, issuedAtMs: clock.ms };
    expect(await users.principal(before)).toMatchObject({ kind: "user", id: String(id) });
    const early = await users.signIn(ANN.email, ANN.password, HERE);
    await users.setPassword(ANN.email, "another password");
    expect(await users.principal(before)).toBeNull();
    expect(await users.signIn(ANN.email, ANN.password, HERE)).toBeNull();
    clock.ms += 5;
    const token = await sessions.issue(id, "access", early?.asOfMs);
    const late = await sessions.verify(token, "access");
    expect(late && (await users.principal(late))).toBeNull();
    const again = await users.signIn(ANN.email, "another password", HERE);
    expect(await users.principal({ userId: id, issuedAtMs: again?.asOfMs ?? 0 })).not.toBeNull();
  });

  test("signing out voids every token issued until then, and nobody else's", async () => {
    const { clock, users } = await openRoom();
    const [ann, bob] = [await users.add(ANN), await users.add(BOB)];
    const issuedAtMs = clock.ms;
    await users.voidTokens(ann.id);
    expect(await users.principal({ userId: ann.id, issuedAtMs })).toBeNull();
    expect(await users.principal({ userId: bob.id, issuedAtMs })).not.toBeNull();
    clock.ms += 5;
    expect(await users.principal({ userId: ann.id, issuedAtMs: clock.ms })).not.toBeNull();
    await expect(users.voidTokens(99)).rejects.toMatchObject({ code: "user_not_found", status: 404 });
  });

  test("names and addresses can be changed, addresses only to free ones", async () => {
    const { users } = await openRoom();
    const { id } = await users.add(ANN);
    await users.add(BOB);
    expect(await users.update(id, { fullName: "Ann B." })).toMatchObject({
      fullName: "Ann B.",
      email: "ann@example.org",
    });
    expect(await users.update(id, { email: "New@Example.org" })).toMatchObject({ email: "new@example.org" });
    expect(await users.update(id, {})).toMatchObject({ fullName: "Ann B.", email: "new@example.org" });
    await expect(users.update(id, { email: BOB.email })).rejects.toMatchObject({ code: "user_exists" });
    await expect(users.update(id, { email: "no address" })).rejects.toMatchObject({ code: "invalid_email" });
  });

  test("a removed user's tokens are void, also after another with the same address was added", async () => {
    const { clock, users } = await openRoom();
    await users.add(ANN);
    const { id } = await users.add(BOB);
    await users.remove(BOB.email);
    await users.add(BOB);
    expect(await users.principal({ userId: id, issuedAtMs: clock.ms })).toBeNull();
  });

  test("members use the systems; administrators may do everything", async () => {
    const { clock, users } = await openRoom();
    const ann = await users.principal({ userId: (await users.add(ANN)).id, issuedAtMs: clock.ms });
    const bob = await users.principal({ userId: (await users.add(BOB)).id, issuedAtMs: clock.ms });
    expect(ann?.may("platform", "admin")).toBe(true);
    expect([bob?.may("inspection", "write"), bob?.may("inspection", "admin")]).toEqual([true, false]);
    expect(bob?.may("platform", "read")).toBe(false);
  });

  test("five failures a minute per address and name; a success clears them", async () => {
    const { clock, users } = await openRoom();
    await users.add(ANN);
    const fail = () => users.signIn(ANN.email, "wrong password", HERE);
    for (let i = 0; i < 4; i++) expect(await fail()).toBeNull();
    expect(await users.signIn(ANN.email, ANN.password, HERE)).not.toBeNull();
    await Promise.all(Array.from({ length: 5 }, fail));
    clock.ms += 20_000;
    await expect(users.signIn("ann@example.org", ANN.password, HERE)).rejects.toMatchObject({
      code: "too_many_attempts",
      status: 429,
      details: { retryAfterS: 40 },
    });
    expect(await users.signIn(ANN.email, ANN.password, "10.0.0.1")).not.toBeNull();
    clock.ms += 40_000;
    expect(await users.signIn(ANN.email, ANN.password, HERE)).not.toBeNull();
  });

  test("the first administrator is made once, by whichever process comes first", async () => {
    const { users } = await openRoom();
    const settings = { email: "admin@localhost", password: null };
    const passwords = await Promise.all([
      ensureFirstAdmin(users, settings),
      ensureFirstAdmin(users, settings),
    ]);
    const given = passwords.filter((password) => password !== null);
    expect(given).toHaveLength(1);
    expect(await users.signIn("admin@localhost", given[0] ?? "", HERE)).not.toBeNull();
    expect(await ensureFirstAdmin(users, settings)).toBeNull();
  });

  test("a configured first password is not handed out; a weak one names its setting", async () => {
    const { users } = await openRoom();
    const weak = { email: "admin@localhost", password: new Secret("weak") };
    await expect(ensureFirstAdmin(users, weak)).rejects.toThrow("QUATRAIN_ADMIN_PASSWORD");
    expect(await ensureFirstAdmin(users, { ...weak, password: new Secret("strong enough") })).toBeNull();
    expect(await users.signIn("admin@localhost", "strong enough", HERE)).not.toBeNull();
  });
});
