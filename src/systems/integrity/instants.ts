/** As the contract writes instants: UTC without a zone mark, to the second (old clients cannot parse `Z`). */
export function contractInstant(at: number): string {
  return new Date(at).toISOString().slice(0, 19);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * A day or an instant as clients write them, UTC where no zone is named.
 * @returns its first millisecond and the first one after it; null for anything else
 */
export function readInstant(text: string): { from: number; to: number } | null {
  if (DAY.test(text)) return range(Date.parse(`${text}T00:00:00Z`), 86_400_000);
  const match = INSTANT.exec(text);
  if (match === null) return null;
  const zoned = match[3] === undefined ? `${text}Z` : text;
  return range(Date.parse(zoned.replace(" ", "T")), match[1] === undefined ? 60_000 : 1_000);
}

function range(from: number, length: number): { from: number; to: number } | null {
  return Number.isFinite(from) ? { from, to: from + length } : null;
}
