import { expect, test } from "vitest";
import { periodStart } from "./periods.ts";

test.each([
  ["2026-01-30", "2026-01-30"],
  ["2026-03", "2026-03-01"],
  ["2026-W01", "2025-12-29"],
  ["2026-W05", "2026-01-26"],
  ["2020-W53", "2020-12-28"],
  ["2021-W01", "2021-01-04"],
])("%s begins on %s", (key, day) => {
  expect(new Date(periodStart(key) * 1_000).toISOString().slice(0, 10)).toBe(day);
});
