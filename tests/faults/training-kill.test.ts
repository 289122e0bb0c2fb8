import { expect, it } from "vitest";
import { seededRandom } from "../../src/algorithms/anomaly/seeded-random.ts";
import { EVERYTHING, type TrainingPlace, trainingPlace, undisturbed } from "../support/training-place.ts";

/*
 * The server is killed without warning in the middle of training, again and again. Nobody starts the job again: it goes
 * on by itself from its last checkpoint, and in the end its figures are those of a run that nobody disturbed.
 * QUATRAIN_TEST_KILLS=20 for the figure of the release notes.
 */

const KILLS = Number(process.env.QUATRAIN_TEST_KILLS ?? 2);

/** The job after so many changes (a trainer begins, a step, an epoch), and so many looks after the last of them. */
async function later(place: TrainingPlace, job: number, changes: number, looks: number) {
  let [before, left] = ["", changes + looks];
  for (;;) {
    const seen = await place.get("GET", `/training/jobs/${job}`);
    const { steps } = await place.get("GET", `/training/jobs/${job}/steps`);
    const now = JSON.stringify([
      seen.attempt,
      seen.current_epoch,
      steps.at(-1),
      (await place.children()).size,
    ]);
    if (left <= looks || now !== before) left--;
    before = now;
    if (left < 0 || seen.status === "completed") return seen;
  }
}

it(`goes on with the same figures over ${KILLS} kills of the server`, {
  timeout: 120_000 + KILLS * 30_000,
}, async () => {
  const place = await trainingPlace();
  await place.start();
  const dataset = await place.stripes();
  const begin = () => place.started(dataset, EVERYTHING);
  const expected = await undisturbed(place, dataset);

  const random = seededRandom(Number(process.env.QUATRAIN_TEST_SEED ?? 3));
  let [job, jobs, restarts, epochsAtKills] = [await begin(), 1, 0, [] as number[]];
  let slowestMs = 0;
  const verify = async () => {
    restarts += (await place.until(job, "completed")).restarts;
    expect(await place.rows(job)).toEqual(expected);
    expect(await place.workUnderWay()).toEqual([]);
  };
  for (let kills = 0; kills < KILLS; kills++) {
    const seen = await later(place, job, random.below(7), random.below(30));
    if (seen.status === "completed") {
      await verify();
      [job, jobs] = [await begin(), jobs + 1];
    }
    expect((await place.server().end("SIGKILL")).signal).toBe("SIGKILL");
    epochsAtKills.push(seen.current_epoch);
    const killedAt = performance.now();
    await expect.poll(() => place.children()).toEqual(new Map());
    slowestMs = Math.max(slowestMs, performance.now() - killedAt);
    await place.start();
  }
  await verify();
  expect(await place.children()).toEqual(new Map());
  expect((await place.server().end("SIGTERM")).code).toBe(0);
  console.log(
    `${KILLS} kills (after epochs ${epochsAtKills.join(" ")}) in ${jobs} jobs, ${restarts} restarts: all went on, ` +
      `${jobs * expected.length} rows identical, no process left ` +
      `${(slowestMs / 1_000).toFixed(1)} s after its kill`,
  );
});
