import { statfs } from "node:fs/promises";
import { userError } from "../../errors/quatrain-error.ts";

export interface SpaceLimits {
  /** What all files together may take. */
  readonly maxBytes?: number;
  /** What must stay free on the disk. */
  readonly minFreeBytes?: number;
}

/** How full a store is; `usedBytes` is counted only where `maxBytes` is set. */
export interface SpaceFacts {
  readonly usedBytes: number | null;
  readonly maxBytes: number | null;
  readonly freeBytes: number;
}

const CHECK_FREE_EVERY_BYTES = 16 * 2 ** 20;

/** Keeps the sum of all files: counted once in the background, then by each change. */
export class Space {
  readonly #root: string;
  readonly #limits: SpaceLimits;
  readonly #counted: Promise<void>;
  #usedBytes = 0;
  #claimedBytes = 0;

  constructor(root: string, limits: SpaceLimits, countBytes: () => Promise<number>) {
    this.#root = root;
    this.#limits = limits;
    this.#counted = limits.maxBytes === undefined ? Promise.resolve() : this.#count(countBytes);
    this.#counted.catch(() => undefined); // reported by whoever needs the count
  }

  async facts(): Promise<SpaceFacts> {
    await this.#counted;
    const maxBytes = this.#limits.maxBytes ?? null;
    return {
      usedBytes: maxBytes === null ? null : this.#usedBytes,
      maxBytes,
      freeBytes: await this.#freeBytes(),
    };
  }

  /** Room for one file in the making. Settle or release it. */
  async claim(): Promise<SpaceClaim> {
    await this.#counted;
    return new SpaceClaim({
      grow: (bytes) => {
        this.#claimedBytes += bytes;
      },
      settle: (claimed, difference) => {
        this.#claimedBytes -= claimed;
        this.#usedBytes += difference;
      },
      checkQuota: () => this.#checkQuota(),
      checkFree: () => this.#checkFree(),
    });
  }

  /** Waits for the count, so that a file deleted meanwhile is not subtracted without having been added. */
  async freed(remove: () => Promise<number>): Promise<void> {
    await this.#counted;
    const freedBytes = await remove();
    this.#usedBytes -= freedBytes; // not `-= await`, which would read the count before the wait
  }

  async #count(countBytes: () => Promise<number>): Promise<void> {
    this.#usedBytes = await countBytes();
  }

  #checkQuota(): void {
    const { maxBytes } = this.#limits;
    if (maxBytes === undefined || this.#usedBytes + this.#claimedBytes <= maxBytes) return;
    throw full(
      `The files take ${megabytes(this.#usedBytes)} of the ${megabytes(maxBytes)} they may, and this one does not ` +
        "fit. Delete what is no longer needed, or ask the administrator to raise the quota.",
      { usedBytes: this.#usedBytes, maxBytes },
    );
  }

  async #checkFree(): Promise<void> {
    const { minFreeBytes } = this.#limits;
    if (minFreeBytes === undefined) return;
    const freeBytes = await this.#freeBytes();
    if (freeBytes < minFreeBytes) throw diskFull({ freeBytes, minFreeBytes });
  }

  async #freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#root);
    return bavail * bsize;
  }
}

interface Ledger {
  grow(bytes: number): void;
  settle(claimedBytes: number, differenceBytes: number): void;
  checkQuota(): void;
  checkFree(): Promise<void>;
}

/** The bytes of one file that is being written. */
export class SpaceClaim {
  readonly #ledger: Ledger;
  #bytes = 0;
  #checkedAtBytes = Number.NEGATIVE_INFINITY;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Call before the bytes are written. @throws QuatrainError `disk_quota_exceeded` (413) */
  async grow(bytes: number): Promise<void> {
    this.#bytes += bytes;
    this.#ledger.grow(bytes);
    this.#ledger.checkQuota();
    if (this.#bytes - this.#checkedAtBytes < CHECK_FREE_EVERY_BYTES) return;
    this.#checkedAtBytes = this.#bytes;
    await this.#ledger.checkFree();
  }

  /** The file stands, in place of one of `replacedBytes`. */
  settle(replacedBytes: number): void {
    this.#ledger.settle(this.#bytes, this.#bytes - replacedBytes);
    this.#bytes = 0;
  }

  /** The file came to nothing; harmless once settled. */
  release(): void {
    this.#ledger.settle(this.#bytes, 0);
    this.#bytes = 0;
  }
}

/** The disk has no room, by its own account or by the minimum to be kept free. */
export function diskFull(details: Readonly<Record<string, number>>) {
  return full(
    "The disk is full. Delete what is no longer needed, or ask the administrator for a larger disk.",
    details,
  );
}

function full(message: string, details: Readonly<Record<string, number>>) {
  return userError("disk_quota_exceeded", 413, message, details);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
}
