import type { Analysis } from "../finding.ts";
import type { Language } from "../language.ts";
import type { PreparedText } from "../prepared-text.ts";
import { findSegments } from "./segments.ts";
import { deviate } from "./style-deviations.ts";
import { measurableFeatures, type StyleDistance, styleDistance } from "./style-distance.ts";
import { topFeatures } from "./style-features.ts";
import { STYLE_LIMITS, styleFinding } from "./style-finding.ts";
import { addPeers, noPeers, type Peers, peersOf } from "./style-peers.ts";
import { minus, plus, type StyleSums, sumStyle, WORDS } from "./style-sums.ts";

/** Figures of the comparison with earlier texts. */
export interface EarlierSignals {
  readonly words: number;
  readonly earlier_words: number;
  /** Mean distance of the text's parts from the earlier texts, in standard deviations. */
  readonly distance: number;
}

/** Fewest words of prose on each side, and of each part that is compared. */
const PART_WORDS = 300;

/**
 * Whether a text's style differs clearly from the same author's earlier texts: its parts of 300 words against all of
 * them, measured as `findStyleChange` measures a stretch. Earlier texts in another language are left out.
 *
 * Anyone's style changes with time, kind of text and topic: the severity never passes medium.
 *
 * Complexity: O(length of all texts). Source: spec/integrity.md section 3, mapping of estilo_diferente.
 */
export function compareWithEarlier(
  prepared: PreparedText,
  earlier: readonly PreparedText[],
): Analysis<EarlierSignals> {
  const { language } = prepared;
  if (language === null) return { findings: [], coverage: { done: false, reason: "language_not_supported" } };
  const parts = partsOf([prepared], language);
  const earlierParts = partsOf(
    earlier.filter((text) => text.language === language),
    language,
  );
  if (parts.length === 0 || earlierParts.length === 0) {
    return {
      findings: [],
      coverage: { done: false, reason: "too_short", facts: { words_needed: PART_WORDS } },
    };
  }
  const text = parts.reduce(plus);
  const before = earlierParts.reduce(plus);
  const whole = meanDistance(parts, before, peersAmong(earlierParts, before), plus(text, before));
  const facts = { comparison: "earlier_texts", words: text[WORDS]!, earlier_words: before[WORDS]! };
  const finding = styleFinding(whole.distance, topFeatures(whole, text, before, language), facts);
  return {
    findings: whole.distance >= STYLE_LIMITS.low ? [finding] : [],
    signals: {
      words: text[WORDS]!,
      earlier_words: before[WORDS]!,
      distance: Math.round(whole.distance * 100) / 100,
    },
    coverage: { done: true },
  };
}

/** Segments put together to parts of at least 300 words, across texts; what is left at the end goes to the last part. */
function partsOf(texts: readonly PreparedText[], language: Language): StyleSums[] {
  const parts: StyleSums[] = [];
  let open: StyleSums | null = null;
  for (const text of texts) {
    for (const segment of findSegments(text, language)) {
      const sums = sumStyle(text, segment, language);
      open = open === null ? sums : plus(open, sums);
      if (open[WORDS]! < PART_WORDS) continue;
      parts.push(open);
      open = null;
    }
  }
  if (open !== null && parts.length > 0) parts.push(plus(parts.pop()!, open));
  return parts;
}

/** How the earlier texts' parts deviate from one another; nobody's where there is one part only. */
function peersAmong(parts: readonly StyleSums[], all: StyleSums): Peers {
  if (parts.length === 1) return noPeers(deviate(all, all).features.length);
  return parts
    .map((part) => peersOf(deviate(part, minus(all, part))))
    .reduce((sum, peers) => addPeers(sum, peers, 1));
}

function meanDistance(
  parts: readonly StyleSums[],
  rest: StyleSums,
  peers: Peers,
  whole: StyleSums,
): StyleDistance {
  const distances = parts.map((part) => {
    const deviations = deviate(part, rest);
    return styleDistance(deviations, peers, measurableFeatures(whole, deviations.features.length));
  });
  const mean = (value: (distance: StyleDistance) => number) =>
    distances.reduce((sum, distance) => sum + value(distance), 0) / distances.length;
  return {
    distance: mean(({ distance }) => distance),
    profile: mean(({ profile }) => profile),
    features: distances[0]!.features.map((_, feature) => mean(({ features }) => features[feature]!)),
  };
}
