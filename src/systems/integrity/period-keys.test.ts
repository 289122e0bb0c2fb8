import { expect, test } from "vitest";
import { periodKeys } from "./period-keys.ts";

test.each([
  ["2026-01-30T10:30:00Z", "UTC", "2026-01-30", "2026-W05", "2026-01"],
  ["2027-01-01T00:00:00Z", "UTC", "2027-01-01", "2026-W53", "2027-01"],
  ["2024-12-30T12:00:00Z", "UTC", "2024-12-30", "2025-W01", "2024-12"],
  ["2026-02-01T03:00:00Z", "America/Bogota", "2026-01-31", "2026-W05", "2026-01"],
  ["2021-01-03T23:59:59Z", "UTC", "2021-01-03", "2020-W53", "2021-01"],
])("%s in %s", (instant, zone, day, week, month) => {
  expect(periodKeys(Date.parse(instant), zone)).toEqual({ day, week, month });
});
