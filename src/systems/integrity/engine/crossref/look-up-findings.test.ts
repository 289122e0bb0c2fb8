import { expect, test } from "vitest";
import { countOutcomes, findingsFromLookUps } from "./look-up-findings.ts";
import { type LookUpOutcome, unverified } from "./reference-register.ts";

const entry = (start: number) => ({
  title: "El porvenir",
  firstAuthor: "Zamora",
  year: 2003,
  doi: "10.1234/x",
  span: { start, end: start + 10 },
});
const work = { doi: "10.1234/x", title: "On whales", firstAuthor: "Melville", year: null };
const mismatch: LookUpOutcome = { outcome: "mismatch", detail: { work } };

test("only a work that is evidently another one is a finding", () => {
  const outcomes: LookUpOutcome[] = [
    { outcome: "confirmed", detail: { by: "doi", work } },
    mismatch,
    unverified("not_found"),
    unverified("timeout"),
  ];
  const entries = outcomes.map((_, index) => entry(index * 20));
  expect(findingsFromLookUps(entries, outcomes)).toEqual([
    {
      rule: "references.unconfirmed",
      severity: "medium",
      value: "10.1234/x",
      threshold: null,
      span: { start: 20, end: 30 },
      facts: {
        doi: "10.1234/x",
        title: "El porvenir",
        registered_title: "On whales",
        registered_author: "Melville",
        registered_year: "",
      },
    },
  ]);
  expect(countOutcomes(outcomes)).toEqual({ confirmed: 1, mismatch: 1, could_not_verify: 2 });
});

test("findings are bounded", () => {
  const entries = Array.from({ length: 80 }, (_, index) => entry(index));
  expect(
    findingsFromLookUps(
      entries,
      entries.map(() => mismatch),
    ),
  ).toHaveLength(50);
});
