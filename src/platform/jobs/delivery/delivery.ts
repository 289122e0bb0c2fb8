import type { Transaction } from "kysely";
import type { JobTables } from "../store/job-tables.ts";

export interface JobKind {
  readonly kind: string;
  readonly concurrency: number;
}

/** "Look at this job in `delayMs`." A ticket may come twice or late; the jobs table decides what is begun. */
export interface Ticket {
  readonly jobId: string;
  readonly kind: string;
  readonly delayMs: number;
}

/** Begins the job if it is still queued; resolves when that attempt has ended, rejects when the table cannot be reached. */
export type RunTicket = (jobId: string) => Promise<void>;

/** Who runs what, and when; never what is true. */
export interface Delivery {
  /** No other process runs jobs of this database: what is "running" before `start` has lost its process. */
  readonly alone: boolean;
  /** The ticket exists exactly when the transaction commits. A second one for a waiting job changes nothing. */
  send(tx: Transaction<JobTables>, ticket: Ticket): Promise<void>;
  /** Begins to hand out tickets: at most `concurrency` of a kind at once, the oldest first. */
  start(kinds: readonly JobKind[], run: RunTicket): Promise<void>;
  /** Hands out no more tickets; does not wait for those in hand. */
  stop(): Promise<void>;
  /** Lets go of whatever it holds. Tickets in hand may be lost: their jobs are back in the queue by then. */
  close(): Promise<void>;
}
