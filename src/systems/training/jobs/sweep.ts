import { messageOf } from "../../../platform/errors/quatrain-error.ts";
import type { Log } from "../../../platform/ports.ts";
import type { BlobStore } from "../blob-store.ts";

const DAY_MS = 24 * 60 * 60_000;

/**
 * Deletes what killed processes left in the store, soon and then once a day.
 * @returns a function that ends it
 */
export function keepSwept({ blobs, log }: { readonly blobs: BlobStore; readonly log: Log }): () => void {
  const sweep = () =>
    blobs.sweep().catch((error: unknown) => {
      log.warn({ reason: messageOf(error) }, "unused pictures could not be swept");
    });
  const first = setTimeout(() => void sweep(), 1_000);
  const daily = setInterval(() => void sweep(), DAY_MS);
  first.unref();
  daily.unref();
  return () => {
    clearTimeout(first);
    clearInterval(daily);
  };
}
