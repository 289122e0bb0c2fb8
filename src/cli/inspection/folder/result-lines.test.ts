import { expect, it } from "vitest";
import type { InspectedFile } from "./inspect-file.ts";
import { headLine, resultLine } from "./result-lines.ts";

const result: InspectedFile = {
  file: '=cmd|"a",b.png',
  decision: "ng",
  score: -0.5,
  threshold: 2,
  n_regions: 1,
  largest_mm2: 3.25,
  quality: "good",
  model_version: 4,
  request_id: "r",
  overlay: null,
  warnings: ["one", "two, three"],
  error: null,
};

it("writes results as CSV that no spreadsheet takes for a formula, and as JSON lines", () => {
  expect(headLine("csv").split(",")).toHaveLength(12);
  expect(resultLine(result, "csv")).toBe(
    `"'=cmd|""a"",b.png",ng,-0.5,2,1,3.25,good,4,r,,"one; two, three",\n`,
  );
  expect(headLine("jsonl")).toBe("");
  expect(JSON.parse(resultLine(result, "jsonl"))).toEqual(result);
});
