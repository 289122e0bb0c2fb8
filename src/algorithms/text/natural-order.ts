const PIECES = /\d+|\D+/g;

/**
 * Orders paths as people number pages: 1, 2, 10, and 007 with 7; folder by folder, without regard to case. Paths that
 * are equal that way are ordered by their characters, so that the order never depends on where it began.
 */
export function naturalOrder(a: string, b: string): number {
  const [ours, theirs] = [a.split("/"), b.split("/")];
  for (const [level, part] of ours.entries()) {
    const other = theirs[level];
    if (other === undefined) return 1;
    const order = compareParts(part, other);
    if (order !== 0) return order;
  }
  return ours.length - theirs.length || compareTexts(a, b);
}

function compareParts(a: string, b: string): number {
  const [ours, theirs] = [piecesOf(a), piecesOf(b)];
  for (const [at, piece] of ours.entries()) {
    const other = theirs[at];
    if (other === undefined) return 1;
    const order = comparePieces(piece, other);
    if (order !== 0) return order;
  }
  return ours.length - theirs.length;
}

function piecesOf(part: string): readonly string[] {
  return part.toLowerCase().match(PIECES) ?? [];
}

function comparePieces(a: string, b: string): number {
  if (!(isNumber(a) && isNumber(b))) return compareTexts(a, b);
  const [ours, theirs] = [a.replace(/^0+/, ""), b.replace(/^0+/, "")];
  return ours.length - theirs.length || compareTexts(ours, theirs);
}

function isNumber(piece: string): boolean {
  return /^\d/.test(piece);
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
