/** Names that are longer are nobody's slip of the pen; also bounds the time of a comparison. */
const LONGEST = 60;

/**
 * The known name that somebody most probably meant; null where none is near. Dotted names are compared by their last
 * part too. O(names * length^2), lengths at most 60.
 */
export function nearestName(meant: string, names: Iterable<string>): string | null {
  if (meant.length > LONGEST) return null;
  const wanted = lastPart(meant).toLowerCase();
  let nearest: string | null = null;
  let least = Math.floor(Math.max(wanted.length, 3) / 3) + 1;
  for (const name of names) {
    if (name.length > LONGEST) continue;
    const known = lastPart(name).toLowerCase();
    if (Math.abs(known.length - wanted.length) > least) continue;
    const distance = editDistance(wanted, known);
    // of equally near names the one in the same group
    const isNearer = distance < least || (distance === least && nearest !== null && sharesGroup(name, meant));
    if (!isNearer) continue;
    nearest = name;
    least = distance;
  }
  return nearest;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function sharesGroup(one: string, other: string): boolean {
  return one.slice(0, one.lastIndexOf(".") + 1) === other.slice(0, other.lastIndexOf(".") + 1);
}

/** Fewest insertions, deletions, replacements and swaps of neighbours: optimal string alignment. */
function editDistance(from: string, to: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swapped = isSwap ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
