/** Words in a row that two texts share. */
export interface Run {
  /** Index of its first word in each text. */
  readonly suspicious: number;
  readonly source: number;
  readonly words: number;
}

export type Side = "suspicious" | "source";

/** From the first word to behind the last, by their index. */
export interface Extent {
  readonly first: number;
  readonly last: number;
}

/** Words in the runs. */
export function matchedIn(runs: readonly Run[]): number {
  return runs.reduce((sum, { words }) => sum + words, 0);
}

/** The extent of the runs on one side. */
export function extentOf(runs: readonly Run[], side: Side): Extent {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const run of runs) {
    first = Math.min(first, run[side]);
    last = Math.max(last, run[side] + run.words);
  }
  return { first, last };
}

/** Runs that go on where another ends in both texts, made one with it. */
export function withoutSeams(runs: readonly Run[]): Run[] {
  const whole: Run[] = [];
  for (const run of runs) {
    const last = whole.at(-1);
    const goesOn =
      last !== undefined &&
      last.suspicious + last.words === run.suspicious &&
      last.source + last.words === run.source;
    if (goesOn) whole[whole.length - 1] = { ...last, words: last.words + run.words };
    else whole.push(run);
  }
  return whole;
}

/** What remains of the runs without some words of the suspicious text: those whose mask is not 0. O(words in the runs). */
export function withoutWords(runs: readonly Run[], mask: Uint8Array): Run[] {
  const rest: Run[] = [];
  for (const { suspicious, source, words } of runs) {
    let from = 0;
    for (let at = 0; at <= words; at++) {
      if (at < words && mask[suspicious + at] === 0) continue;
      if (at > from) rest.push({ suspicious: suspicious + from, source: source + from, words: at - from });
      from = at + 1;
    }
  }
  return rest;
}

/** The runs in groups: a new one begins where `parted` says so of two that follow each other. */
export function splitRuns(runs: readonly Run[], parted: (before: Run, after: Run) => boolean): Run[][] {
  const groups: Run[][] = [];
  let before: Run | undefined;
  for (const run of runs) {
    if (before === undefined || parted(before, run)) groups.push([run]);
    else groups.at(-1)!.push(run);
    before = run;
  }
  return groups;
}
