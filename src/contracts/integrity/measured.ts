import { z } from "zod";
import { DIMENSIONS, EVIDENCES, LEVELS } from "./vocabulary.ts";

/*
 * What was measured in a text, beside the headline score and never moving it.
 * Source: spec/integrity.md sections 3 and 5.
 */

export const RULES = [
  "similarity.passage",
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
export type RuleName = (typeof RULES)[number];

/** The headline's four, and similarity, which no observation of a person stands for. */
export const FINDING_DIMENSIONS = [...DIMENSIONS, "similitud"] as const;
export type FindingDimension = (typeof FINDING_DIMENSIONS)[number];

export const PlaceInText = z
  .object({ start: z.number().int(), end: z.number().int() })
  .describe("Code points from the text's beginning, `end` exclusive");

export const SourceKind = z.enum(["case", "source"]);

/** Where a similar passage stands as well. */
export const PassageSource = z.object({
  kind: SourceKind,
  id: z.string(),
  title: z.string().nullable(),
  span: PlaceInText.describe("The place in the other text"),
  similarity: z.number().describe("Share of the passage's words that agree, 0..1"),
  same_author: z.boolean(),
});

export const Finding = z.object({
  rule: z.enum(RULES),
  dimension: z.enum(FINDING_DIMENSIONS),
  severity: z.enum(["low", "medium", "high"]),
  value: z.union([z.number(), z.string()]).describe("What was measured, in the rule's own unit"),
  threshold: z.union([z.number(), z.string()]).nullable().describe("From where on the rule reports"),
  span: PlaceInText.nullable(),
  explanation: z.string().describe("For a reader, in the language of Accept-Language"),
  facts: z.record(z.string(), z.unknown()).describe("What the explanation names, for programs"),
  source: PassageSource.optional(),
});

/** Passages that do not count; changed after submission and evaluated again. */
export const Exclusions = z.object({
  quotations: z.boolean().describe("Passages within quotation marks"),
  bibliography: z.boolean().describe("The list of references"),
  template: z.boolean().describe("Text that was declared a template, or that very many documents share"),
  same_author: z.boolean().describe("Cases and sources of the same author"),
});

export const SimilarSource = z.object({
  kind: SourceKind,
  id: z.string(),
  title: z.string().nullable(),
  author: z.string().nullable(),
  share: z.number().describe("Share of the document's words that lie in passages of this source, 0..1"),
  matched_words: z.number().int(),
  passages: z.number().int(),
  same_author: z.boolean(),
});

export const Measured = z.object({
  findings: z.array(Finding).describe("Similar passages first, then by their place in the text"),
  similarity: z.array(SimilarSource).describe("Sources, largest share first"),
  similarity_share: z.number().describe("Share of the words that lie in any similar passage, 0..1"),
  signals: z.record(z.string(), z.unknown()).describe("Figures that describe the text and judge nothing"),
  suggested_flags: z.array(z.enum(EVIDENCES)).describe("Observations that a person might look into"),
  combined_score: z
    .number()
    .int()
    .describe("The formula with what was measured added; equal to the headline without findings"),
  combined_level: z.enum(LEVELS),
  coverage: z
    .record(z.string(), z.looseObject({ done: z.boolean(), reason: z.string().optional() }))
    .describe("Which analyses could be made, and why not"),
  exclusions: Exclusions,
  pending: z.array(z.string()).describe("Look-ups and evaluations under way in the background"),
  opinion: z
    .object({ model: z.string(), text: z.string(), at: z.string() })
    .optional()
    .describe("A language model's remark, where an adapter is configured; it enters no score"),
  evaluated_at: z.string(),
});
