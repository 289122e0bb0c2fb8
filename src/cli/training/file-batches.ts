/** A file on this machine with what a request needs to know of it. */
export interface LocalFile {
  readonly path: string;
  readonly bytes: number;
}

/** What one request may carry. */
export interface BatchLimits {
  readonly files: number;
  readonly bytes: number;
}

/** Files in their order, as many together as one request may carry; a larger one goes alone. */
export function batchesOf<File extends LocalFile>(files: readonly File[], most: BatchLimits): File[][] {
  const batches: File[][] = [];
  let bytes = 0;
  for (const file of files) {
    const last = batches.at(-1);
    if (last === undefined || last.length === most.files || bytes + file.bytes > most.bytes) {
      batches.push([file]);
      bytes = file.bytes;
    } else {
      last.push(file);
      bytes += file.bytes;
    }
  }
  return batches;
}
