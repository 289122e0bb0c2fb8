/** How long to wait before trying again. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * Exponential backoff with jitter: half of the doubled delay is fixed, half is drawn, so that jobs that failed
 * together do not return together.
 *
 * @param attempt the attempt that failed, 1 the first time
 * @param random a number in [0, 1)
 */
export function backoffMs({ firstMs, longestMs }: Backoff, attempt: number, random: number): number {
  const fullMs = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  return Math.round(fullMs * (0.5 + random / 2));
}
