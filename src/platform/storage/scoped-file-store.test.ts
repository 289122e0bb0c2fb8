import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { LocalFileStore } from "./local/local-file-store.ts";
import { ScopedFileStore } from "./scoped-file-store.ts";
import { describeFileStore, keysOf } from "./testing.ts";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function openWhole(): Promise<LocalFileStore> {
  const root = await mkdtemp(join(tmpdir(), "quatrain-scoped-"));
  folders.push(root);
  return LocalFileStore.open({ root, shared: false });
}

describeFileStore("a scope of a store", async () => new ScopedFileStore(await openWhole(), "inspection"));

test("scopes do not see each other; the whole store sees both", async () => {
  const whole = await openWhole();
  const scopes = ["a", "ab"].map((scope) => new ScopedFileStore(whole, scope));
  for (const [i, scope] of scopes.entries()) await scope.put("x/key", Buffer.from(String(i)));
  for (const [i, scope] of scopes.entries()) {
    expect(await keysOf(scope, "")).toEqual(["x/key"]);
    expect(await keysOf(scope, "x")).toEqual(["x/key"]);
    expect((await scope.read("x/key")).toString()).toBe(String(i));
  }
  expect(await keysOf(whole, "")).toEqual(["a/x/key", "ab/x/key"]);
});
