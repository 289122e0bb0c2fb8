import type { Generated } from "kysely";
import { integer, real, serial, text } from "../../db/schema/columns.ts";
import type { Migration } from "../../db/schema/migrate.ts";
import type { JobState } from "../job-queue.ts";

/** One row of `jobs`. */
export interface JobRow {
  /** In the order of enqueueing. */
  number: Generated<number>;
  id: string;
  kind: string;
  state: JobState;
  /** JSON. */
  payload: string;
  attempt: number;
  max_attempts: number;
  /** Token of the process that runs it; with `attempt` the fence of every write. */
  worker: string | null;
  /** Proof of life: what counts is that it changes, not what it says (clocks differ). */
  heartbeat_at: number | null;
  run_after: number;
  progress: number;
  message: string | null;
  /** JSON. */
  result: string | null;
  error: string | null;
  error_code: string | null;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
  cancel_requested_at: number | null;
}

export interface JobTables {
  jobs: JobRow;
  job_steps: {
    job_id: string;
    name: string;
    /** JSON; null where the step yields nothing. */
    result: string | null;
    finished_at: number;
  };
}

/** The tables of this room. */
export const jobMigrations: readonly Migration[] = [
  {
    id: "jobs/0001-jobs",
    async up(schema) {
      await schema.createTable("jobs", {
        number: serial(),
        id: text().unique(),
        kind: text(),
        state: text(),
        payload: text(),
        attempt: integer(),
        max_attempts: integer(),
        worker: text().nullable(),
        heartbeat_at: integer().nullable(),
        run_after: integer(),
        progress: real(),
        message: text().nullable(),
        result: text().nullable(),
        error: text().nullable(),
        error_code: text().nullable(),
        created_at: integer(),
        started_at: integer().nullable(),
        finished_at: integer().nullable(),
        cancel_requested_at: integer().nullable(),
      });
      await schema.createIndex("jobs", ["state", "kind", "number"]);
      await schema.createIndex("jobs", ["kind", "number"]);
      await schema.createTable(
        "job_steps",
        {
          job_id: text().references("jobs", "id", "cascade"),
          name: text(),
          result: text().nullable(),
          finished_at: integer(),
        },
        { primaryKey: ["job_id", "name"] },
      );
    },
  },
];
