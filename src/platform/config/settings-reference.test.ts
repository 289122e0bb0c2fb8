import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { settingsReference } from "./settings-reference.ts";

test("docs/reference/settings.md is up to date (node scripts/write-settings-reference.ts)", async () => {
  const page = new URL("../../../docs/reference/settings.md", import.meta.url);
  expect(await readFile(page, "utf8")).toBe(settingsReference());
});
