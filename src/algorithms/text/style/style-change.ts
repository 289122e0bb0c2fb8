import type { Analysis, Finding } from "../finding.ts";
import type { PreparedText } from "../prepared-text.ts";
import { findSegments } from "./segments.ts";
import { measureStretches, type Stretch } from "./stretches.ts";
import { topFeatures } from "./style-features.ts";
import { STYLE_LIMITS, styleFinding } from "./style-finding.ts";
import { between, minus, prefixSums, type StyleSums, sumStyle, WORDS } from "./style-sums.ts";

/** Figures of the search for a change of style. */
export interface StyleSignals {
  /** Segments of prose that were compared. */
  readonly segments: number;
  readonly words: number;
  /** The largest distance of any stretch from the rest, in standard deviations. */
  readonly largest_distance: number;
  /** Stretches beyond the threshold; findings are at most fifty of them. */
  readonly changes: number;
}

/** Source: spec/integrity.md section 3b. */
const FEWEST_SEGMENTS = 4;

const MOST_FINDINGS = 50;

/**
 * Stretches whose style differs clearly from the rest of the document: function words, marks, sentence and word length,
 * capitals and character trigrams, each against what the other stretches of the same document do.
 *
 * The same author's texts differ too, by topic, by section and where others are quoted: the severity never passes medium.
 *
 * Complexity: O(length). Source: spec/integrity.md section 3b.
 */
export function findStyleChange(prepared: PreparedText): Analysis<StyleSignals> {
  const { language } = prepared;
  if (language === null) return { findings: [], coverage: { done: false, reason: "language_not_supported" } };
  const segments = findSegments(prepared, language);
  if (segments.length < FEWEST_SEGMENTS) {
    const facts = { segments: segments.length, needed: FEWEST_SEGMENTS };
    return { findings: [], coverage: { done: false, reason: "too_short", facts } };
  }
  const prefix = prefixSums(segments.map((segment) => sumStyle(prepared, segment, language)));
  const stretches = measureStretches(prefix);
  const changes = apartFromEachOther(stretches.filter(({ distance }) => distance >= STYLE_LIMITS.low));
  const findings = changes
    .slice(0, MOST_FINDINGS)
    .sort((a, b) => a.first - b.first)
    .map((stretch): Finding => {
      const sums = between(prefix, stretch.first, stretch.last);
      const rest = minus(prefix.at(-1)!, sums);
      return {
        ...styleFinding(stretch.distance, topFeatures(stretch, sums, rest, language), {
          comparison: "rest_of_document",
          words: sums[WORDS]!,
        }),
        span: { start: segments[stretch.first]!.span.start, end: segments[stretch.last - 1]!.span.end },
      };
    });
  return {
    findings,
    signals: signalsOf(prefix, stretches, changes),
    coverage: { done: true },
  };
}

/** The farthest stretch, then the farthest of those that share no segment with it, and so on. O(n log n). */
function apartFromEachOther(stretches: readonly Stretch[]): Stretch[] {
  const taken = new Set<number>();
  const chosen: Stretch[] = [];
  for (const stretch of stretches.toSorted((a, b) => b.distance - a.distance)) {
    const own = Array.from({ length: stretch.last - stretch.first }, (_, index) => stretch.first + index);
    if (own.some((segment) => taken.has(segment))) continue;
    for (const segment of own) taken.add(segment);
    chosen.push(stretch);
  }
  return chosen;
}

function signalsOf(
  prefix: readonly StyleSums[],
  stretches: readonly Stretch[],
  changes: readonly Stretch[],
): StyleSignals {
  const largest = stretches.reduce((most, { distance }) => Math.max(most, distance), 0);
  return {
    segments: prefix.length - 1,
    words: prefix.at(-1)![WORDS]!,
    largest_distance: Math.round(largest * 100) / 100,
    changes: changes.length,
  };
}
