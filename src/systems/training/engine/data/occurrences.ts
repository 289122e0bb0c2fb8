/**
 * How often each place's picture came up before in the epoch: 0 the first time. Balanced sampling draws pictures more
 * than once, and each time they are to look different.
 * @param batches all batches of the epoch
 * @param pictures how many there are
 */
export function occurrencesOf(batches: readonly Int32Array[], pictures: number): readonly Int32Array[] {
  const seen = new Int32Array(pictures);
  return batches.map((indices) =>
    indices.map((index) => {
      const before = seen[index] ?? 0;
      seen[index] = before + 1;
      return before;
    }),
  );
}
