import type { Clock } from "../../platform/ports.ts";
import type { FileStore } from "../../platform/storage/file-store.ts";
import { blobKey } from "./dataset-record.ts";
import { eachAtOnce } from "./datasets/paths/at-once.ts";

/** The rows that say which blobs are in use. */
export interface BlobHolders {
  unheld(hashes: readonly string[]): Promise<string[]>;
}

export interface BlobStoreParts {
  readonly files: FileStore;
  readonly holders: BlobHolders;
  readonly clock: Clock;
  /** No other process writes here. */
  readonly alone: boolean;
}

/** Where others write too, a file this young may belong to an upload whose rows are still to come. */
const YOUNG_MS = 60 * 60_000;
/** Uploads of a file that lies there already renew it before it counts as old. */
const RENEW_MS = YOUNG_MS / 2;
/** Files that are deleted side by side: each waits for the disk. */
const AT_ONCE = 8;

/**
 * Files by the hash of their content, shared by datasets and frozen datasets. A file is stored before the row that names
 * it; one that no row names is deleted, but never while an upload of this process may be about to name it.
 */
export class BlobStore {
  readonly #parts: BlobStoreParts;
  #uploads = 0;
  #collecting: Promise<void> = Promise.resolve();
  /** Hashes to look at once no upload is under way. */
  readonly #suspects = new Set<string>();

  constructor(parts: BlobStoreParts) {
    this.#parts = parts;
  }

  /** Does work that stores blobs and then writes the rows that name them. */
  async whileUploading<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#collecting;
    this.#uploads++;
    try {
      return await work();
    } finally {
      this.#uploads--;
      if (this.#uploads === 0 && this.#suspects.size > 0) await this.collect([]);
    }
  }

  /** Takes over a temporary file whose hash is known. Only inside `whileUploading`. */
  async adopt(sha256: string, path: string): Promise<void> {
    const { files, clock } = this.#parts;
    const known = await files.stat(blobKey(sha256));
    if (known !== null && clock.now() - known.modifiedAt < RENEW_MS) return;
    await files.adopt(blobKey(sha256), path);
  }

  /** Stores bytes whose hash is known. Only inside `whileUploading`. */
  async put(sha256: string, bytes: Uint8Array): Promise<void> {
    const { files, clock } = this.#parts;
    const known = await files.stat(blobKey(sha256));
    if (known !== null && clock.now() - known.modifiedAt < RENEW_MS) return;
    await files.put(blobKey(sha256), bytes);
  }

  /** Deletes those that no row names any more; later, where an upload is under way. */
  async collect(hashes: readonly string[]): Promise<void> {
    for (const hash of hashes) this.#suspects.add(hash);
    if (this.#uploads > 0) return;
    const round = this.#collecting.then(() => this.#delete());
    this.#collecting = round.catch(() => undefined); // whoever called hears of it; the next round goes on
    await round;
  }

  /** Looks at every blob, for what a killed process left behind. */
  async sweep(): Promise<void> {
    let batch: string[] = [];
    for await (const { key, modifiedAt } of this.#parts.files.list("blobs")) {
      if (!this.#parts.alone && this.#parts.clock.now() - modifiedAt < YOUNG_MS) continue;
      batch.push(key.slice(key.lastIndexOf("/") + 1));
      if (batch.length < 1_000) continue;
      await this.collect(batch);
      batch = [];
    }
    await this.collect(batch);
  }

  async #delete(): Promise<void> {
    const suspects = [...this.#suspects];
    this.#suspects.clear();
    const { holders, files, alone, clock } = this.#parts;
    await eachAtOnce(await holders.unheld(suspects), AT_ONCE, async (sha256) => {
      if (this.#uploads > 0) {
        this.#suspects.add(sha256);
        return;
      }
      const facts = alone ? null : await files.stat(blobKey(sha256));
      if (facts !== null && clock.now() - facts.modifiedAt < YOUNG_MS) return; // the daily sweep comes by again
      await files.delete(blobKey(sha256));
    });
  }
}
