import { expect, test } from "vitest";
import { StoredNames } from "./stored-names.ts";

test("names are the time in UTC with microseconds, never the same twice, never backwards", () => {
  let now = Date.UTC(2026, 10, 20, 9, 8, 7, 6);
  const names = new StoredNames({ now: () => now });
  expect(names.next(".png")).toBe("20261120-090807-006000.png");
  expect(names.next(".jpg")).toBe("20261120-090807-006001.jpg");
  now -= 3_600_000; // a clock that was set back
  expect(names.next(".png")).toBe("20261120-090807-006002.png");
  now += 2 * 3_600_000;
  expect(names.next(".png")).toBe("20261120-100807-006000.png");
});

test("a whole second of names in one millisecond runs on into the next second", () => {
  const names = new StoredNames({ now: () => Date.UTC(2026, 0, 1, 0, 0, 0, 999) });
  const all = Array.from({ length: 1_001 }, () => names.next(""));
  expect(all.at(-1)).toBe("20260101-000001-000000");
  expect(new Set(all).size).toBe(all.length);
  expect([...all].sort()).toEqual(all);
});
