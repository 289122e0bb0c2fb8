import type { Secret } from "../config/secret.ts";
import type { Database } from "../db/database.ts";
import type { Clock, Ids, Log } from "../ports.ts";
import { InProcessDelivery } from "./delivery/in-process-delivery.ts";
import { PgBossDelivery } from "./delivery/pg-boss-delivery.ts";
import type { JobQueue } from "./job-queue.ts";
import { TableJobQueue } from "./table-job-queue.ts";

export { jobMigrations } from "./store/job-tables.ts";

export interface JobQueueSettings {
  readonly database: Database;
  /** Of the same database; null where it is embedded. */
  readonly databaseUrl: Secret | null;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

const BOSS_SCHEMA = "quatrain_pgboss";

/** The queue with the delivery that fits the database: in-process on the embedded one, pg-boss on PostgreSQL. */
export async function openJobQueue({ databaseUrl, ...deps }: JobQueueSettings): Promise<JobQueue> {
  const delivery =
    databaseUrl === null
      ? new InProcessDelivery(deps)
      : await PgBossDelivery.open({ ...deps, url: databaseUrl.reveal(), schema: BOSS_SCHEMA });
  return new TableJobQueue({ ...deps, delivery });
}
