import { createHash } from "node:crypto";

/** What the first entry follows. */
export const GENESIS = "0".repeat(64);

/** One entry of the audit, before it has its place in the chain. */
export interface AuditEvent {
  /** Who did it: a name, or the kind of credential that names nobody. */
  readonly actor: string;
  /** `case.created`, `case.deleted`, `decision.recorded` ... */
  readonly action: string;
  /** Id of the case, source or batch. */
  readonly subject: string;
  /** Ids, hashes and words of ours; never a text, a title or a name of an author. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

/** One entry in its place. */
export interface AuditRecord extends AuditEvent {
  readonly seq: number;
  /** Milliseconds UTC. */
  readonly at: number;
  readonly previous: string;
  readonly hash: string;
}

/**
 * The hash of an entry: SHA-256 over a JSON array of everything in it and the hash before it. Whoever changes, removes
 * or inserts an entry has to recompute every one that follows, up to the head that somebody may have noted elsewhere.
 */
export function hashEntry(entry: Omit<AuditRecord, "hash">): string {
  const details = Object.entries(entry.details).sort(([a], [b]) => (a < b ? -1 : 1));
  const covered = [entry.seq, entry.at, entry.actor, entry.action, entry.subject, details, entry.previous];
  return createHash("sha256").update(JSON.stringify(covered)).digest("hex");
}

/** Follows a chain entry by entry. */
export class ChainCheck {
  #seq = 0;
  #hash = GENESIS;

  get entries(): number {
    return this.#seq;
  }

  get head(): string {
    return this.#hash;
  }

  /** What is wrong with the next entry; null when it follows. */
  follow(entry: AuditRecord): string | null {
    if (entry.seq !== this.#seq + 1) return `entry ${this.#seq + 1} is missing`;
    if (entry.previous !== this.#hash) return `entry ${entry.seq} does not follow the one before it`;
    if (hashEntry(entry) !== entry.hash) return `entry ${entry.seq} was changed`;
    this.#seq = entry.seq;
    this.#hash = entry.hash;
    return null;
  }
}
