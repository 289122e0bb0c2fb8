/** Words of two passages that agree, by their index. */
export interface MatchingWords {
  readonly left: readonly boolean[];
  readonly right: readonly boolean[];
}

/** A single word that agrees by itself says nothing; comparisons count from two in a row. */
const FEWEST_IN_A_ROW = 2;

/**
 * The words that two passages share in the same order: their longest common subsequence, of which only words count
 * that have a shared neighbour.
 *
 * Complexity: O(left x right) in time and memory, O(length) for what both begin and end with.
 */
export function matchingWords(left: readonly string[], right: readonly string[]): MatchingWords {
  const pairs = commonSubsequence(left, right);
  const matched = {
    left: new Array<boolean>(left.length).fill(false),
    right: new Array<boolean>(right.length).fill(false),
  };
  let first = 0;
  for (let at = 1; at <= pairs.length; at++) {
    if (at < pairs.length && isNext(pairs[at - 1]!, pairs[at]!)) continue;
    if (at - first >= FEWEST_IN_A_ROW) {
      for (const [here, there] of pairs.slice(first, at)) {
        matched.left[here] = true;
        matched.right[there] = true;
      }
    }
    first = at;
  }
  return matched;
}

type Pair = readonly [left: number, right: number];

const isNext = (a: Pair, b: Pair) => b[0] === a[0] + 1 && b[1] === a[1] + 1;

function commonSubsequence(left: readonly string[], right: readonly string[]): Pair[] {
  const shorter = Math.min(left.length, right.length);
  let head = 0;
  while (head < shorter && left[head] === right[head]) head++;
  let tail = 0;
  while (tail < shorter - head && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail++;
  const pairs: Pair[] = Array.from({ length: head }, (_, at) => [at, at]);
  for (const [here, there] of middlePairs(
    left.slice(head, left.length - tail),
    right.slice(head, right.length - tail),
  )) {
    pairs.push([here + head, there + head]);
  }
  for (let at = tail; at > 0; at--) pairs.push([left.length - at, right.length - at]);
  return pairs;
}

/** Hirschberg's recurrence with its whole table, walked back from the end. */
function middlePairs(left: readonly string[], right: readonly string[]): Pair[] {
  const columns = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * columns);
  for (let i = 1; i <= left.length; i++) {
    for (let j = 1; j < columns; j++) {
      const above = lengths[(i - 1) * columns + j]!;
      const before = lengths[i * columns + j - 1]!;
      const both = lengths[(i - 1) * columns + j - 1]! + 1;
      lengths[i * columns + j] = left[i - 1] === right[j - 1] ? both : Math.max(above, before);
    }
  }
  const pairs: Pair[] = [];
  let i = left.length;
  let j = right.length;
  while (i > 0 && j > 0) {
    if (left[i - 1] === right[j - 1]) pairs.push([--i, --j]);
    else if (lengths[(i - 1) * columns + j]! >= lengths[i * columns + j - 1]!) i--;
    else j--;
  }
  return pairs.reverse();
}
