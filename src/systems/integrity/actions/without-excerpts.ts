import type { MeasuredFinding } from "../measurement.ts";

/** Shorter words are in every text. */
const SHORTEST_EXCERPT = 4;
const LEFT_OUT = "…";

/** A finding without pieces of the text, for servers that keep no text: its places and figures stay. */
export function withoutExcerpts(finding: MeasuredFinding, text: string): MeasuredFinding {
  const isExcerpt = (value: string) => value.length >= SHORTEST_EXCERPT && text.includes(value);
  const blank = (value: unknown): unknown => {
    if (typeof value === "string") return isExcerpt(value) ? LEFT_OUT : value;
    return Array.isArray(value) ? value.map(blank) : value;
  };
  const facts = Object.fromEntries(
    Object.entries(finding.facts).map(([name, value]) => [name, blank(value)]),
  );
  return {
    ...finding,
    value: blank(finding.value) as MeasuredFinding["value"],
    facts: facts as MeasuredFinding["facts"],
  };
}
