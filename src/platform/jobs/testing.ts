/** For tests only: a job queue with the delivery that fits the database, and a process that can be killed. */
import { appendFile } from "node:fs/promises";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { openPostgres } from "../db/postgres/open-postgres.ts";
import { openSqlite } from "../db/sqlite/open-sqlite.ts";
import { randomIds, systemClock } from "../ids.ts";
import { silentLog } from "../telemetry/silent-log.ts";
import { InProcessDelivery } from "./delivery/in-process-delivery.ts";
import { PgBossDelivery } from "./delivery/pg-boss-delivery.ts";
import type { JobQueue } from "./job-queue.ts";
import { type JobTiming, TableJobQueue } from "./table-job-queue.ts";

export const QUICK: JobTiming = {
  heartbeatMs: 20,
  silentAfterMs: 250,
  progressIntervalMs: 5,
  settledPollMs: 20,
  backoff: { firstMs: 2, longestMs: 10 },
};

/** Where a test's database is. */
export interface Place {
  readonly database: Database;
  readonly address: string;
  readonly schema: string | null;
}

export async function openTestQueue(place: Place, timing: Partial<JobTiming> = {}): Promise<JobQueue> {
  const { database, address: url, schema } = place;
  const deps = { database, clock: systemClock, ids: randomIds, log: silentLog };
  const delivery =
    schema === null ? new InProcessDelivery(deps) : await PgBossDelivery.open({ ...deps, url, schema });
  return new TableJobQueue({ ...deps, delivery, timing: { ...QUICK, ...timing } });
}

/** A job of two steps that leave a trace in a file; the second one can be made to hang. */
export const killJob = {
  kind: "test.kill",
  payload: z.object({ trace: z.string() }),
  maxAttempts: 3,
  concurrency: 1,
};

/** Entry: `testing.ts ADDRESS SCHEMA hang|go`: runs jobs until it is killed or its channel closes. */
export const WORKER_PATH = new URL(import.meta.url).pathname;

async function workerProcess(address: string, schema: string, mode: string): Promise<void> {
  const database =
    schema === ""
      ? await openSqlite({ path: address, readers: 1 })
      : await openPostgres({ url: address, poolSize: 4, log: silentLog });
  const queue = await openTestQueue({ database, address, schema: schema === "" ? null : schema });
  queue.define({
    ...killJob,
    async run({ step, attempt }, { trace }: z.infer<typeof killJob.payload>) {
      const first = await step("first", async () => {
        await appendFile(trace, `first in attempt ${attempt}\n`);
        return { from: attempt };
      });
      await step("second", async () => {
        await appendFile(trace, `second in attempt ${attempt}\n`);
        if (mode === "hang") await new Promise(() => process.send?.("hanging"));
      });
      return first;
    },
  });
  await queue.start();
  process.on("disconnect", () => queue.drain(1000).then(() => database.close()));
}

if (import.meta.main) {
  const [address = "", schema = "", mode = ""] = process.argv.slice(2);
  await workerProcess(address, schema, mode);
}
