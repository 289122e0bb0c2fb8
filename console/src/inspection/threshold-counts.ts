/** A score of a picture whose class is known. */
export interface Scored {
  readonly label: "ok" | "ng";
  readonly score: number;
}

export interface Counts {
  /** Good pictures above the threshold. */
  readonly falseAlarms: number;
  /** Bad pictures that are not. */
  readonly misses: number;
  readonly good: number;
  readonly bad: number;
}

/** What a threshold would do to the scores: a score at the threshold counts as good, as the server decides. */
export function countsAt(scores: readonly Scored[], threshold: number): Counts {
  const counts = { falseAlarms: 0, misses: 0, good: 0, bad: 0 };
  for (const { label, score } of scores) {
    const isNg = score > threshold;
    if (label === "ok") {
      counts.good++;
      if (isNg) counts.falseAlarms++;
    } else {
      counts.bad++;
      if (!isNg) counts.misses++;
    }
  }
  return counts;
}
