import type { Analysis, Finding } from "../finding.ts";
import type { PreparedText } from "../prepared-text.ts";
import { findLeftovers } from "./find-leftovers.ts";
import { findTortured } from "./find-tortured.ts";
import type { TorturedPhrase } from "./phrase-list.ts";
import { phraseTokens } from "./phrase-tokens.ts";

export interface PhraseOptions {
  /** An operator's own phrases beside the model's. The same array is compiled once. */
  readonly extra?: readonly TorturedPhrase[];
}

/** How many there are, those beyond the reported ones too. */
export interface PhraseSignals {
  readonly tortured: number;
  readonly tortured_distinct: number;
  readonly model_leftovers: number;
}

/** Most findings of one rule. */
const MOST_FINDINGS = 50;

/**
 * Phrases that no author writes: terms with their words replaced, and what language models and their interfaces leave.
 * Terms are known in English and Spanish, left-overs in Spanish, English and Portuguese.
 * Source: spec/integrity.md section 3f. O(length).
 */
export function findPhrases(text: PreparedText, { extra = [] }: PhraseOptions = {}): Analysis<PhraseSignals> {
  const tokens = phraseTokens(text);
  const tortured = findTortured(text.text, tokens, text.words.count, extra);
  const leftovers = findLeftovers(text.text, tokens);
  const findings: Finding[] = [
    ...tortured.findings.slice(0, MOST_FINDINGS),
    ...leftovers.slice(0, MOST_FINDINGS),
  ];
  return {
    findings: findings.sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0)),
    signals: {
      tortured: tortured.findings.length,
      tortured_distinct: tortured.distinct,
      model_leftovers: leftovers.length,
    },
    coverage: { done: true },
  };
}
