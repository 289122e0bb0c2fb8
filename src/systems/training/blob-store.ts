import type { Clock } from "../../platform/ports.ts";
import type { FileStore } from "../../platform/storage/file-store.ts";
import { blobKey, snapshotKey } from "./dataset-record.ts";
import { eachAtOnce } from "./datasets/paths/at-once.ts";

/** The rows that say which blobs are in use. */
export interface BlobHolders {
  unheld(hashes: readonly string[]): Promise<string[]>;
  /** Lets a frozen dataset go that no job refers to and that was last frozen before a time. Null while it may not. */
  releaseSnapshot(hash: string, frozenBefore: number): Promise<readonly string[] | null>;
  /** Frozen datasets that no job refers to. */
  unusedSnapshots(): Promise<readonly string[]>;
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
 * it; one that no row names is deleted, but never while this process may be about to name it.
 */
export class BlobStore {
  readonly #parts: BlobStoreParts;
  #holders = 0;
  #collecting: Promise<void> | null = null;
  /** Hashes to look at once nobody is about to name one. */
  readonly #suspects = new Set<string>();
  /** Frozen datasets to let go, likewise. */
  readonly #snapshots = new Set<string>();

  constructor(parts: BlobStoreParts) {
    this.#parts = parts;
  }

  /** Does work that stores blobs, or reads rows that name some, and then writes rows that name them. */
  async whileHolding<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#collecting !== null) await this.#collecting.catch(() => undefined);
    this.#holders++;
    try {
      return await work();
    } finally {
      this.#holders--;
      // what others left to be collected is no business of this work; where it fails the daily sweep comes by again
      await this.collect([]).catch(() => undefined);
    }
  }

  /** Takes over a temporary file whose hash is known. Only inside `whileHolding`. */
  async adopt(sha256: string, path: string): Promise<void> {
    const { files, clock } = this.#parts;
    const known = await files.stat(blobKey(sha256));
    if (known !== null && clock.now() - known.modifiedAt < RENEW_MS) return;
    await files.adopt(blobKey(sha256), path);
  }

  /** Stores bytes whose hash is known. Only inside `whileHolding`. */
  async put(sha256: string, bytes: Uint8Array): Promise<void> {
    const { files, clock } = this.#parts;
    const known = await files.stat(blobKey(sha256));
    if (known !== null && clock.now() - known.modifiedAt < RENEW_MS) return;
    await files.put(blobKey(sha256), bytes);
  }

  /** Deletes those that no row names any more; later, where somebody may be about to name one. */
  async collect(hashes: Iterable<string>): Promise<void> {
    for (const hash of hashes) this.#suspects.add(hash);
    if (this.#holders > 0) return;
    this.#collecting ??= this.#deleteAll().finally(() => {
      this.#collecting = null;
    });
    await this.#collecting;
  }

  /** Lets a frozen dataset go, with the pictures that only it holds, unless a job refers to it. */
  async release(snapshot: string): Promise<void> {
    this.#snapshots.add(snapshot);
    await this.collect([]);
  }

  /** Looks at every blob and frozen dataset, for what a killed process left behind. */
  async sweep(): Promise<void> {
    for (const hash of await this.#parts.holders.unusedSnapshots()) this.#snapshots.add(hash);
    for await (const name of this.#old("snapshots")) this.#snapshots.add(name.replace(/\.json$/, ""));
    let batch: string[] = [];
    for await (const hash of this.#old("blobs")) {
      batch.push(hash);
      if (batch.length < 1_000) continue;
      await this.collect(batch);
      batch = [];
    }
    await this.collect(batch);
  }

  /** Names of the files below a prefix that nobody can be about to name in a row. */
  async *#old(prefix: string): AsyncGenerator<string> {
    for await (const { key, modifiedAt } of this.#parts.files.list(prefix)) {
      if (modifiedAt < this.#oldSince()) yield key.slice(key.lastIndexOf("/") + 1);
    }
  }

  /** What is younger may be of another process that has not written its row yet. */
  #oldSince(): number {
    return this.#parts.alone ? Number.MAX_SAFE_INTEGER : this.#parts.clock.now() - YOUNG_MS;
  }

  /** What comes meanwhile, too. */
  async #deleteAll(): Promise<void> {
    while (this.#suspects.size + this.#snapshots.size > 0) {
      const snapshots = [...this.#snapshots];
      this.#snapshots.clear();
      for (const hash of snapshots) await this.#deleteSnapshot(hash);
      const suspects = [...this.#suspects];
      this.#suspects.clear();
      await this.#deleteUnheld(suspects);
    }
  }

  async #deleteSnapshot(hash: string): Promise<void> {
    const { holders, files } = this.#parts;
    const released = await holders.releaseSnapshot(hash, this.#oldSince());
    if (released === null) return; // in use; or too young, and the daily sweep comes by again
    await files.delete(snapshotKey(hash));
    for (const sha256 of released) this.#suspects.add(sha256);
  }

  async #deleteUnheld(suspects: readonly string[]): Promise<void> {
    const { holders, files, alone } = this.#parts;
    await eachAtOnce(await holders.unheld(suspects), AT_ONCE, async (sha256) => {
      const facts = alone ? null : await files.stat(blobKey(sha256));
      if (facts !== null && facts.modifiedAt >= this.#oldSince()) return; // the daily sweep comes by again
      await files.delete(blobKey(sha256));
    });
  }
}
