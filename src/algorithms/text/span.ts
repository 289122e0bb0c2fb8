/** A place in a text: UTF-16 offsets, `end` exclusive. What leaves the server is in code points: see `CodePoints`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether two places share at least one character. */
export function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Places in order, those that touch or overlap made one. O(n log n). */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** UTF-16 units that lie in at least one of the places. */
export function coveredLength(spans: readonly Span[]): number {
  return mergeSpans(spans).reduce((sum, { start, end }) => sum + end - start, 0);
}
