import type { Chaining } from "./chaining.ts";
import { type Alignment, type Passage, passageOf } from "./passages.ts";
import { type Extent, extentOf, matchedIn, type Run, type Side, splitRuns, withoutWords } from "./runs.ts";

/** Chains before it that a chain may be joined with: they are sorted, so that its neighbours are among the last. */
const NEIGHBOURS = 6;

/** Runs of a group between which another is looked for. */
const MOST_RUNS = 256;

/**
 * Passages of chains: those that lie close in both texts made one (sentences whose order was changed), each word of the
 * suspicious text in one passage at most (the one with more words in common), in the order of the suspicious text.
 * O(n log n) in the runs.
 */
export function joinChains(chains: readonly (readonly Run[])[], alignment: Alignment): Passage[] {
  const joined = joinNeighbours(chains, alignment.chaining).sort((a, b) => b.matched - a.matched);
  return withoutOverlap(joined, alignment).sort((a, b) => a.suspicious.start - b.suspicious.start);
}

/** Runs that may make one passage. */
interface Group {
  readonly runs: Run[];
  matched: number;
  suspicious: Extent;
  source: Extent;
}

function joinNeighbours(chains: readonly (readonly Run[])[], chaining: Chaining): Group[] {
  const groups: Group[] = [];
  const joined = new Set<Group>();
  for (const group of chains.map(groupOf).sort((a, b) => a.suspicious.first - b.suspicious.first)) {
    const near = groups.slice(-NEIGHBOURS).findLast((before) => mayJoin(before, group, chaining));
    if (near === undefined) {
      groups.push(group);
      continue;
    }
    join(near, group);
    joined.add(near);
  }
  for (const { runs } of joined) runs.sort((a, b) => a.suspicious - b.suspicious);
  return groups;
}

function groupOf(runs: readonly Run[]): Group {
  return {
    runs: [...runs],
    matched: matchedIn(runs),
    suspicious: extentOf(runs, "suspicious"),
    source: extentOf(runs, "source"),
  };
}

/** Whether both lie close in both texts without sharing a word, and are dense together. */
function mayJoin(a: Group, b: Group, { gapWords, minDensity }: Chaining): boolean {
  const close = (side: Side) =>
    Math.max(a[side].first - b[side].last, b[side].first - a[side].last) <= gapWords;
  if (!close("suspicious") || !close("source")) return false;
  const length = (side: Side) => {
    const { first, last } = around(a[side], b[side]);
    return last - first;
  };
  const longest = Math.max(length("suspicious"), length("source"));
  return (
    a.matched + b.matched >= minDensity * longest && areApart(a, b, "suspicious") && areApart(a, b, "source")
  );
}

/** Whether two groups share no word on a side: one lies behind the other, or between two runs of it. */
function areApart(a: Group, b: Group, side: Side): boolean {
  const between = (inner: Extent, { runs }: Group) =>
    runs.length <= MOST_RUNS &&
    runs.every((run) => run[side] + run.words <= inner.first || run[side] >= inner.last);
  return (
    a[side].last <= b[side].first ||
    b[side].last <= a[side].first ||
    between(a[side], b) ||
    between(b[side], a)
  );
}

function join(group: Group, other: Group): void {
  for (const run of other.runs) group.runs.push(run);
  group.matched += other.matched;
  group.suspicious = around(group.suspicious, other.suspicious);
  group.source = around(group.source, other.source);
}

function around(a: Extent, b: Extent): Extent {
  return { first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };
}

/** Of groups that come largest first, each without the words that stand in a passage before it. */
function withoutOverlap(groups: readonly Group[], alignment: Alignment): Passage[] {
  const taken = new Uint8Array(alignment.suspicious.starts.length);
  const passages: Passage[] = [];
  for (const { runs } of groups) {
    const parted = (before: Run, after: Run) =>
      isTaken(before.suspicious + before.words, after.suspicious, taken);
    for (const rest of splitRuns(withoutWords(runs, taken), parted)) {
      const passage = passageOf(rest, alignment);
      if (passage === null) continue;
      passages.push(passage);
      const { first, last } = extentOf(rest, "suspicious");
      taken.fill(1, first, last);
    }
  }
  return passages;
}

function isTaken(from: number, to: number, taken: Uint8Array): boolean {
  for (let word = from; word < to; word++) if (taken[word] === 1) return true;
  return false;
}
