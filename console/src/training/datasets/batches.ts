/** A file on its way into a dataset. */
interface Sized {
  readonly file: { readonly size: number };
}

/**
 * Files in their order, cut into requests that end soon enough to be begun again where one fails. A file larger than
 * `mostBytes` goes alone. O(files).
 */
export function batchesOf<Item extends Sized>(
  files: readonly Item[],
  mostFiles: number,
  mostBytes: number,
): readonly (readonly Item[])[] {
  const batches: Item[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const item of files) {
    const last = batches.at(-1);
    if (last === undefined || last.length >= mostFiles || bytes + item.file.size > mostBytes) {
      batches.push([item]);
      bytes = item.file.size;
    } else {
      last.push(item);
      bytes += item.file.size;
    }
  }
  return batches;
}

/** Share of all bytes that are sent, 0..1, while a batch is under way. */
export function shareSent<Item extends Sized>(
  batches: readonly (readonly Item[])[],
  done: number,
  shareOfNext: number,
): number {
  const bytesOf = (batch: readonly Item[]) => batch.reduce((sum, { file }) => sum + file.size, 0);
  const all = batches.reduce((sum, batch) => sum + bytesOf(batch), 0);
  const sent = batches.slice(0, done).reduce((sum, batch) => sum + bytesOf(batch), 0);
  const next = batches[done] === undefined ? 0 : bytesOf(batches[done]) * shareOfNext;
  return all === 0 ? done / Math.max(1, batches.length) : (sent + next) / all;
}
