import type { Analysis, Finding } from "../finding.ts";
import type { PreparedText } from "../prepared-text.ts";
import { type MachineFeatures, measureMachineFeatures } from "./machine-features.ts";
import { machineParts, machineScore } from "./machine-score.ts";
import { MEASURED_RATES, measuredFor } from "./measured-rates.ts";

/** What the estimate rests on. JSON. */
export interface MachineTextSignals {
  /** 0..1; no probability. */
  readonly score: number;
  /** What each feature adds to the score. */
  readonly parts: Readonly<Record<string, number>>;
  readonly phrases_per_1000: number;
  readonly connective_share: number;
  readonly sentence_variation: number | null;
  readonly paragraph_variation: number | null;
  readonly details_per_1000: number;
}

/** Fewer words say nothing. Source: spec/integrity.md section 3g. */
export const MACHINE_TEXT_WORDS = 300;

/**
 * Reported from here on. Of 26 essays by people none reaches .3; nor does any of 3,543 parts of 350 words of English
 * argumentative prose by people, nor of 262 chapters of handbooks in the three languages.
 */
export const MACHINE_TEXT_THRESHOLD = 0.55;

const PHRASES_TOLD = 5;

/**
 * How much a text resembles what language models write, by features that a reader can see for himself: stock phrases,
 * even sentences and paragraphs, connectives at the head of sentences, nothing first-hand. Weak evidence: the severity is
 * always low, and vocabulary, length of sentences and mistakes do not count, so that those who write in a foreign
 * language are not the ones who are reported.
 *
 * Complexity: O(length). Source: spec/integrity.md section 3g.
 */
export function estimateMachineText(prepared: PreparedText): Analysis<MachineTextSignals> {
  const { language, words } = prepared;
  if (language === null) return { findings: [], coverage: { done: false, reason: "language_not_supported" } };
  if (words.count < MACHINE_TEXT_WORDS) {
    const facts = { words: words.count, words_needed: MACHINE_TEXT_WORDS };
    return { findings: [], coverage: { done: false, reason: "too_short", facts } };
  }
  const features = measureMachineFeatures(prepared, language);
  const score = machineScore(features);
  return {
    findings: score >= MACHINE_TEXT_THRESHOLD ? [findingOf(score, features)] : [],
    signals: signalsOf(score, features),
    coverage: { done: true },
  };
}

function findingOf(score: number, features: MachineFeatures): Finding {
  const people = measuredFor(["people", "learners"]);
  const learners = measuredFor(["learners"]);
  const models = measuredFor(["model"]);
  return {
    rule: "machine_text.likelihood",
    severity: "low",
    value: round(score),
    threshold: MACHINE_TEXT_THRESHOLD,
    span: null,
    facts: {
      score: round(score),
      threshold: MACHINE_TEXT_THRESHOLD,
      words: features.words,
      phrases: features.phrases.slice(0, PHRASES_TOLD),
      phrases_per_1000: round(features.phrasesPerThousand),
      contributions: machineParts(features)
        .filter(({ part }) => part > 0)
        .map(({ name, part }) => `${name}:${round(part)}`),
      people_texts: people.texts,
      people_reported: people.reported,
      learner_texts: learners.texts,
      learner_reported: learners.reported,
      model_texts: models.texts,
      model_reported: models.reported,
      measured_rates: MEASURED_RATES.map(({ group, texts, reported }) => `${group}:${reported}/${texts}`),
    },
  };
}

function signalsOf(score: number, features: MachineFeatures): MachineTextSignals {
  const { sentenceVariation, paragraphVariation } = features;
  return {
    score: round(score),
    parts: Object.fromEntries(machineParts(features).map(({ name, part }) => [name, round(part)])),
    phrases_per_1000: round(features.phrasesPerThousand),
    connective_share: round(features.connectiveShare),
    sentence_variation: sentenceVariation === null ? null : round(sentenceVariation),
    paragraph_variation: paragraphVariation === null ? null : round(paragraphVariation),
    details_per_1000: round(features.detailsPerThousand),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
