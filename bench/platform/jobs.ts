/**
 * How long after its enqueueing commit a job begins, and how many small jobs a second one worker ends.
 *   node bench/platform/jobs.ts
 *   .ci/postgres.sh node bench/platform/jobs.ts     pg-boss on PostgreSQL too
 */
import { z } from "zod";
import { migrate } from "../../src/platform/db/schema/migrate.ts";
import { randomIds, systemClock } from "../../src/platform/ids.ts";
import { InProcessDelivery } from "../../src/platform/jobs/delivery/in-process-delivery.ts";
import { PgBossDelivery } from "../../src/platform/jobs/delivery/pg-boss-delivery.ts";
import { jobMigrations } from "../../src/platform/jobs/index.ts";
import { TableJobQueue } from "../../src/platform/jobs/table-job-queue.ts";
import { silentLog } from "../../src/platform/telemetry/silent-log.ts";
import { type BenchPlace, openPlaces, percentiles } from "./place.ts";

const PICKUPS = 100;
const CROWD = 300;

async function measure({ name, database, url, schema }: BenchPlace): Promise<void> {
  await migrate(database, jobMigrations);
  const deps = { database, clock: systemClock, ids: randomIds, log: silentLog };
  const delivery =
    schema === null ? new InProcessDelivery(deps) : await PgBossDelivery.open({ ...deps, url, schema });
  const queue = new TableJobQueue({ ...deps, delivery });
  let begun: () => void = () => undefined;
  queue.define({
    kind: "bench.nothing",
    payload: z.object({}),
    maxAttempts: 1,
    concurrency: 4,
    run: async () => begun(),
  });
  await queue.start();
  const enqueue = () => database.transaction((tx) => queue.enqueue(tx, "bench.nothing", {}));

  const pickupsMs: number[] = [];
  for (let index = 0; index < PICKUPS; index++) {
    const picked = new Promise<number>((resolve) => {
      begun = () => resolve(performance.now());
    });
    const id = await enqueue();
    const committed = performance.now();
    pickupsMs.push(Math.max(0, (await picked) - committed));
    await queue.settled(id);
  }
  console.log(`${name.padEnd(9)} from commit to begin: ${percentiles(pickupsMs)}`);

  begun = () => undefined;
  const start = performance.now();
  const ids = await Promise.all(Array.from({ length: CROWD }, enqueue));
  await Promise.all(ids.map((id) => queue.settled(id)));
  const perSecond = CROWD / ((performance.now() - start) / 1000);
  console.log(
    `${name.padEnd(9)} ${CROWD} jobs, 4 at once: ${Math.round(perSecond)} jobs/s, enqueueing included`,
  );
  await queue.drain(1000);
}

for (const place of await openPlaces()) {
  await measure(place);
  await place.remove();
}
