import type { Analysis, Finding } from "../finding.ts";
import type { PreparedText } from "../prepared-text.ts";
import { describeBidi, findBidiControls, hasRightToLeft } from "./find-bidi.ts";
import { findHomoglyphs } from "./find-homoglyphs.ts";
import { findInvisible } from "./find-invisible.ts";

/** How many there are, those beyond the reported ones too. */
export interface CharacterSignals {
  readonly homoglyph_words: number;
  readonly invisible_characters: number;
  readonly soft_hyphens: number;
  readonly bidi_controls: number;
}

/** Most findings of one rule; every count is in the signals. */
const MOST_FINDINGS = 50;

/**
 * Characters that are not what they look like: letters of other scripts inside words, what cannot be seen, what turns
 * the direction of writing. Source: spec/integrity.md section 3f. O(length).
 */
export function findCharacters({ text, words }: PreparedText): Analysis<CharacterSignals> {
  const rightToLeft = hasRightToLeft(text);
  const homoglyphs = findHomoglyphs(text, words.count);
  const invisible = findInvisible(text, words.count, rightToLeft);
  const bidi = rightToLeft ? [] : findBidiControls(text);
  const findings: Finding[] = [
    ...homoglyphs.slice(0, MOST_FINDINGS),
    ...mostSevere(invisible.findings).slice(0, MOST_FINDINGS),
    ...bidi.slice(0, MOST_FINDINGS).map((one) => describeBidi(text, one)),
  ];
  return {
    findings: findings.sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0)),
    signals: {
      homoglyph_words: homoglyphs.length,
      invisible_characters: invisible.characters,
      soft_hyphens: invisible.softHyphens,
      bidi_controls: bidi.length,
    },
    coverage: { done: true },
  };
}

const RANK = { high: 0, medium: 1, low: 2 } as const;

/** A hidden message is not crowded out by what a copy leaves. */
function mostSevere<Found extends Finding>(findings: readonly Found[]): Found[] {
  return [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}
