import { expect, test } from "vitest";
import { SessionLedger } from "./session-ledger.ts";

test("a session is opened once and then kept", () => {
  const ledger = new SessionLedger({ maxSessions: 2, maxModelBytes: 100 });
  expect(ledger.use("a", 10)).toEqual({ open: true, evict: [] });
  expect(ledger.use("a", 10)).toEqual({ open: false, evict: [] });
  expect(ledger.has("a")).toBe(true);
});

test("the least recently used session goes when there are too many", () => {
  const ledger = new SessionLedger({ maxSessions: 2, maxModelBytes: 100 });
  for (const hash of ["a", "b", "a"]) ledger.use(hash, 10);
  expect(ledger.use("c", 10)).toEqual({ open: true, evict: ["b"] });
});

test("as many sessions go as a large model needs, and one beyond the budget is kept alone", () => {
  const ledger = new SessionLedger({ maxSessions: 9, maxModelBytes: 100 });
  for (const hash of ["a", "b", "c"]) ledger.use(hash, 30);
  expect(ledger.use("d", 50)).toEqual({ open: true, evict: ["a", "b"] });
  expect(ledger.use("e", 500)).toEqual({ open: true, evict: ["c", "d"] });
  expect(ledger.has("e")).toBe(true);
});

test("a session that could not be opened is opened at the next try", () => {
  const ledger = new SessionLedger({ maxSessions: 2, maxModelBytes: 100 });
  ledger.use("a", 10);
  ledger.forget("a");
  expect(ledger.use("a", 10)).toEqual({ open: true, evict: [] });
});
