import type { Span } from "./span.ts";

/** How much a finding should weigh with a person who looks; never a verdict. */
export type Severity = "low" | "medium" | "high";

/** Rules that a text alone can trip; the names are the contract's. Source: spec/integrity.md section 5. */
export const TEXT_RULES = [
  "style.change",
  "references.uncited",
  "references.missing_entry",
  "references.future_year",
  "references.malformed_doi",
  "references.duplicate",
  "references.mixed_style",
  "references.missing_field",
  "references.unconfirmed",
  "statistics.p_value",
  "statistics.grim",
  "statistics.percentage",
  "statistics.sum",
  "phrases.tortured",
  "phrases.model_leftover",
  "characters.homoglyph",
  "characters.invisible",
  "characters.bidi",
  "document.hidden_text",
  "document.metadata",
  "images.duplicate",
  "machine_text.likelihood",
] as const;
export type TextRule = (typeof TEXT_RULES)[number];

/** What an explanation may name: texts as they stand in the document, numbers as they were measured. */
export type Facts = Readonly<Record<string, string | number | readonly string[]>>;

/** One thing that an analysis found. It says what was measured, not what it means about anybody. */
export interface Finding<Rule extends string = TextRule> {
  readonly rule: Rule;
  readonly severity: Severity;
  /** What was measured, in the rule's own unit. */
  readonly value: number | string;
  /** Where the rule begins to report; null for rules that are either met or not. */
  readonly threshold: number | string | null;
  /** UTF-16 offsets; null where the finding has no place in the text. */
  readonly span: Span | null;
  readonly facts: Facts;
}

/** Whether an analysis could be made, and if not, why: a stable word in snake case. */
export type Coverage =
  | { readonly done: true; readonly facts?: Facts }
  | { readonly done: false; readonly reason: string; readonly facts?: Facts };

/** What one analysis yields. Findings are in the order of the text. */
export interface Analysis<Signals = unknown> {
  readonly findings: readonly Finding[];
  /** Figures that describe the text and mean nothing by themselves. JSON. */
  readonly signals?: Signals;
  readonly coverage: Coverage;
}
