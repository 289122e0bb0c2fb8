import type { MachineFeatures } from "./machine-features.ts";

/** One feature's part in the score: `weight` at most. */
export interface MachinePart {
  readonly name: keyof typeof PARTS;
  readonly part: number;
}

/**
 * Each feature counts from where people's texts leave off (`from`) to where models' begin (`to`), in a straight line; its
 * weight is the most that it can add, all weights make 1. Without stock phrases the others reach .45, under the
 * threshold: even, orderly and impersonal writing alone is never reported.
 */
const PARTS = {
  phrases: { weight: 0.55, from: 6, to: 25, of: (features: MachineFeatures) => features.phrasesPerThousand },
  sentences: {
    weight: 0.15,
    from: 0.45,
    to: 0.25,
    of: (features: MachineFeatures) => features.sentenceVariation,
  },
  connectives: {
    weight: 0.1,
    from: 0.1,
    to: 0.3,
    of: (features: MachineFeatures) => features.connectiveShare,
  },
  paragraphs: {
    weight: 0.1,
    from: 0.35,
    to: 0.15,
    of: (features: MachineFeatures) => features.paragraphVariation,
  },
  details: { weight: 0.1, from: 20, to: 4, of: (features: MachineFeatures) => features.detailsPerThousand },
} as const;

/** The parts of a score, largest first; the score is their sum, 0..1. */
export function machineParts(features: MachineFeatures): MachinePart[] {
  const names = Object.keys(PARTS) as (keyof typeof PARTS)[];
  return names
    .map((name) => {
      const { weight, from, to, of } = PARTS[name];
      const value = of(features);
      const share = value === null ? 0 : Math.max(0, Math.min(1, (value - from) / (to - from)));
      return { name, part: weight * share };
    })
    .sort((a, b) => b.part - a.part);
}

export function machineScore(features: MachineFeatures): number {
  return machineParts(features).reduce((sum, { part }) => sum + part, 0);
}
