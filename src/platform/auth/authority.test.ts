import { describe, expect, test } from "vitest";
import { Secret } from "../config/secret.ts";
import { describeEachDatabase } from "../db/testing.ts";
import type { AuthorityParts } from "./authority.ts";
import { keptSecret } from "./kept-secrets.ts";
import { authMigrations } from "./migrations.ts";
import { suffices } from "./principal.ts";
import type { AuthTables } from "./tables.ts";
import { LOCAL_TOKEN, openAuthRoom } from "./testing.ts";

const READ = { system: "inspection", access: "read", takesSharedKey: true } as const;
const WRITE = { ...READ, access: "write" } as const;
const ADMIN = { ...READ, access: "admin" } as const;
const PLATFORM = { system: "platform", access: "admin", takesSharedKey: false } as const;

const key = (text: string) => ({ "x-api-key": text });
const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
const UNAUTHORIZED = { code: "unauthorized", status: 401 };
const FORBIDDEN = { code: "forbidden", status: 403 };

describeEachDatabase("authority", (open) => {
  async function openRoom(parts: Partial<AuthorityParts> = {}) {
    const { database, reopen } = await open(authMigrations);
    return { ...openAuthRoom(database, parts), database, reopen };
  }

  test("where nothing is configured everybody may read and write, and nobody may administer", async () => {
    const { authority } = await openRoom();
    for (const headers of [{}, key("whatever"), bearer("whatever")]) {
      expect(await authority.authorise(headers, WRITE)).toMatchObject({ kind: "anonymous" });
    }
    await expect(authority.authorise({}, ADMIN)).rejects.toMatchObject(UNAUTHORIZED);
    await expect(authority.authorise({}, PLATFORM)).rejects.toMatchObject(UNAUTHORIZED);
    expect(await authority.requiresCredential(READ)).toBe(false);
    expect(await authority.requiresCredential(PLATFORM)).toBe(true);
  });

  test("a shared key asks everybody for it, opens read and write, and names nobody", async () => {
    const { authority } = await openRoom({ sharedKey: new Secret("shared") });
    expect(await authority.requiresCredential(READ)).toBe(true);
    await expect(authority.authorise({}, READ)).rejects.toMatchObject(UNAUTHORIZED);
    await expect(authority.authorise(key("Shared"), READ)).rejects.toMatchObject(UNAUTHORIZED);
    for (const headers of [key(" shared "), bearer("shared")]) {
      expect(await authority.authorise(headers, WRITE)).toMatchObject({ kind: "shared-key", id: null });
    }
    await expect(authority.authorise(key("shared"), ADMIN)).rejects.toMatchObject(FORBIDDEN);
    await expect(authority.authorise(key("shared"), PLATFORM)).rejects.toMatchObject(UNAUTHORIZED);
    expect(await authority.authorise({}, { ...READ, access: "none" })).toMatchObject({ kind: "anonymous" });
  });

  test("a system's own key opens that system alone, in any of the three headers; reading may stay open", async () => {
    const { authority } = await openRoom({ ownKeys: { comics: new Secret("own") } });
    const comics = { system: "comics", takesSharedKey: false } as const;
    const write = { ...comics, access: "write" } as const;
    expect(await authority.requiresCredential(comics)).toBe(true);
    for (const headers of [key("own"), bearer("own"), { "x-api-token": "own" }]) {
      expect(await authority.authorise(headers, write)).toMatchObject({ kind: "shared-key" });
    }
    await expect(authority.authorise({}, write)).rejects.toMatchObject(UNAUTHORIZED);
    await expect(authority.authorise(key("other"), write)).rejects.toMatchObject(UNAUTHORIZED);
    expect(await authority.authorise(key("own"), WRITE)).toMatchObject({ kind: "anonymous" });
    const read = { ...comics, access: "read" } as const;
    await expect(authority.authorise({}, read)).rejects.toMatchObject(UNAUTHORIZED);
    expect(await authority.authorise({}, { ...read, openReads: true })).toMatchObject({ kind: "anonymous" });
  });

  test("a system that needs a credential asks for one where none is configured", async () => {
    const { authority } = await openRoom();
    const demand = { ...WRITE, system: "training", needsCredential: true };
    expect(await authority.requiresCredential(demand)).toBe(true);
    await expect(authority.authorise({}, demand)).rejects.toMatchObject(UNAUTHORIZED);
    await expect(authority.authorise(bearer("nonsense"), demand)).rejects.toMatchObject(UNAUTHORIZED);
  });

  test("API keys reach their own system as far as they were given, and are kept as hashes", async () => {
    const { authority, keys, database } = await openRoom();
    const made = {
      read: await keys.create("r", "inspection", "read"),
      write: await keys.create("w", "*", "write"),
      admin: await keys.create("a", "inspection", "admin"),
      other: await keys.create("o", "training", "admin"),
      platform: await keys.create("p", "platform", "admin"),
    };
    const reach = async (name: keyof typeof made, demand: Parameters<typeof authority.authorise>[1]) =>
      authority.authorise(key(made[name].key), demand).then(
        () => true,
        () => false,
      );
    expect(await Promise.all([READ, WRITE, ADMIN, PLATFORM].map((d) => reach("read", d)))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(await Promise.all([WRITE, ADMIN, PLATFORM].map((d) => reach("write", d)))).toEqual([
      true,
      false,
      false,
    ]);
    expect(await Promise.all([ADMIN, PLATFORM].map((d) => reach("admin", d)))).toEqual([true, false]);
    expect(await reach("other", READ)).toBe(false);
    expect(await Promise.all([READ, PLATFORM].map((d) => reach("platform", d)))).toEqual([false, true]);
    await expect(authority.authorise(key(made.read.key), WRITE)).rejects.toMatchObject(FORBIDDEN);
    const rows = await database.as<AuthTables>().reader.selectFrom("api_keys").selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(made.read.key);
    expect(JSON.stringify(await keys.list())).not.toContain(made.read.key);
  });

  test("a revoked key is unknown at once, and revoking again finds none", async () => {
    const { authority, keys } = await openRoom({ sharedKey: new Secret("shared") });
    const { id, key: text } = await keys.create("k", "*", "read");
    await authority.authorise(key(text), READ);
    await keys.revoke(id);
    await expect(authority.authorise(key(text), READ)).rejects.toMatchObject(UNAUTHORIZED);
    await expect(keys.revoke(id)).rejects.toMatchObject({ code: "key_not_found", status: 404 });
    expect(await keys.list()).toEqual([]);
  });

  test("the first key of a system makes it ask; one made by another process within two seconds", async () => {
    const { authority, keys, clock, reopen } = await openRoom();
    const elsewhere = openAuthRoom(await reopen());
    expect(await authority.requiresCredential(READ)).toBe(false);
    await elsewhere.keys.create("other", "training", "read");
    await elsewhere.keys.create("k", "inspection", "read");
    clock.ms += 2_001;
    await expect(authority.authorise({}, READ)).rejects.toMatchObject(UNAUTHORIZED);
    await keys.create("mine", "integrity", "read");
    expect(await authority.requiresCredential({ system: "integrity", takesSharedKey: false })).toBe(true);
    expect(await authority.requiresCredential({ system: "colorization", takesSharedKey: true })).toBe(false);
  });

  test("beyond loopback revoking the last key does not open the doors", async () => {
    const { authority, keys } = await openRoom({ asksAlways: () => true });
    const { id } = await keys.create("k", "inspection", "write");
    await keys.revoke(id);
    await expect(authority.authorise({}, READ)).rejects.toMatchObject(UNAUTHORIZED);
  });

  test("a user's token and the local token open what they may", async () => {
    const { authority, users, sessions } = await openRoom({ sharedKey: new Secret("shared") });
    const user = {
      email: "bob@example.org",
      fullName: "Bob",
      role: "member",
      password: "bob's password",
    } as const;
    const { id } = await users.add(user);
    const access = await sessions.issue(id, "access");
    expect(await authority.authorise(bearer(access), WRITE)).toMatchObject({
      kind: "user",
      name: user.email,
    });
    await expect(authority.authorise(bearer(access), PLATFORM)).rejects.toMatchObject(FORBIDDEN);
    const refresh = bearer(await sessions.issue(id, "refresh"));
    await expect(authority.authorise(refresh, READ)).rejects.toMatchObject(UNAUTHORIZED);
    expect(await authority.authorise(bearer(LOCAL_TOKEN), PLATFORM)).toMatchObject({ kind: "local" });
  });

  test("of several credentials one that suffices is enough", async () => {
    const { authority, keys } = await openRoom();
    const reader = await keys.create("r", "inspection", "read");
    const headers = { ...key(reader.key), ...bearer(LOCAL_TOKEN) };
    expect(await authority.authorise(headers, WRITE)).toMatchObject({ kind: "local" });
    expect(await authority.authorise({ ...headers, ...key("unknown") }, WRITE)).toMatchObject({
      kind: "local",
    });
  });

  test("a kept secret is made once per database, whoever asks first", async () => {
    const { database, reopen } = await openRoom();
    const other = (await reopen()).as<AuthTables>();
    const mine = await keptSecret(database.as<AuthTables>(), "signing");
    expect((await keptSecret(other, "signing")).reveal()).toBe(mine.reveal());
    expect((await keptSecret(other, "another")).reveal()).not.toBe(mine.reveal());
    expect(mine.reveal()).toHaveLength(43);
  });
});

describe("suffices", () => {
  test("a higher grant includes the lower ones", () => {
    const ranks = ["none", "read", "write", "admin"] as const;
    for (const [i, granted] of ranks.entries()) {
      for (const [j, needed] of ranks.entries()) expect(suffices(granted, needed)).toBe(i >= j);
    }
  });
});
