import type { AnyTransaction } from "../../../platform/db/database.ts";
import type { JobQueue } from "../../../platform/jobs/job-queue.ts";

export const CONFIRM_REFERENCES_JOB = "integrity.confirm-references";
export const ASK_OPINION_JOB = "integrity.ask-opinion";

/** The kinds of look-up, by the names under which a measurement says that they are under way. */
const JOBS = { references: CONFIRM_REFERENCES_JOB, opinion: ASK_OPINION_JOB } as const;
export type LookUp = keyof typeof JOBS;

export interface LookUpPlan {
  readonly caseId: string;
}

/** What is asked of others about a text, in the background. */
export class LookUps {
  readonly #jobs: Pick<JobQueue, "enqueue">;
  readonly #available: readonly LookUp[];

  /** `available`: those that are configured and allowed to see a text. */
  constructor(jobs: Pick<JobQueue, "enqueue">, available: readonly LookUp[]) {
    this.#jobs = jobs;
    this.#available = available;
  }

  /** The look-ups that a text with so many references has. */
  planned(references: number): readonly LookUp[] {
    return this.#available.filter((name) => name !== "references" || references > 0);
  }

  /** Begins them, in the transaction that stores the case. */
  async begin(tx: AnyTransaction, caseId: string, names: readonly LookUp[]): Promise<void> {
    const plan: LookUpPlan = { caseId };
    for (const name of names) await this.#jobs.enqueue(tx, JOBS[name], plan);
  }
}
