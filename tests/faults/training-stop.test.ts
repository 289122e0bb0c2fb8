import { describe, expect, it } from "vitest";
import { EVERYTHING, type TrainingPlace, trainingPlace, undisturbed } from "../support/training-place.ts";

/** Stopping: when the answer comes, nothing of the job runs any more, whatever its trainer was doing. */

async function stop(place: TrainingPlace, job: number): Promise<void> {
  const answer = await place.ask("POST", `/training/stop/${job}`);
  const left = await place.children(); // at once: the answer is a promise
  expect(answer).toMatchObject({ status: 200, body: { job_id: job, status: "stopped" } });
  expect(left).toEqual(new Map());
  expect(await place.workUnderWay()).toEqual([]);
  expect(await place.get("GET", `/training/jobs/${job}`)).toMatchObject({
    status: "stopped",
    error_message: null,
    restarts: 0,
  });
}

async function rolesOf(place: TrainingPlace, job: number): Promise<string[]> {
  const { checkpoints } = await place.get("GET", `/training/jobs/${job}/checkpoints`);
  return checkpoints.flatMap(({ roles }: { roles: string[] }) => roles);
}

describe("a job that is stopped", () => {
  it("leaves a checkpoint in the middle of an epoch, and goes on from there with the same figures", async () => {
    const place = await trainingPlace();
    await place.start();
    const dataset = await place.stripes();
    const expected = await undisturbed(place, dataset);
    const job = await place.started(dataset, EVERYTHING);
    await expect
      .poll(async () => (await place.get("GET", `/training/jobs/${job}/steps`)).total)
      .toBeGreaterThan(0);
    await stop(place, job);
    expect(await rolesOf(place, job)).toContain("last");
    expect(await place.ask("POST", `/training/stop/${job}`)).toMatchObject({
      status: 409,
      body: { code: "INVALID_STATUS" },
    });
    await place.get("POST", `/training/jobs/${job}/start?resume=true`);
    await place.until(job, "completed");
    expect(await place.rows(job)).toEqual(expected);
  });

  it("ends while its trainer still begins, and can be started afresh", async () => {
    const place = await trainingPlace();
    await place.start();
    const dataset = await place.stripes();
    const job = await place.started(dataset, EVERYTHING);
    await place.trainer();
    await stop(place, job);
    const again = await place.ask("POST", `/training/jobs/${job}/start?resume=true`);
    if (again.status === 404) {
      expect(again.body).toMatchObject({ code: "CHECKPOINT_NOT_FOUND" });
      await place.get("POST", `/training/jobs/${job}/start`);
    }
    await place.until(job, "completed");
    expect(await place.rows(job)).toEqual(await undisturbed(place, dataset));
  });

  it("is killed after the grace where its trainer does not react, and keeps its last checkpoint", async () => {
    const place = await trainingPlace({ QUATRAIN_TRAINING_STOP_GRACE: "1" });
    await place.start();
    const dataset = await place.stripes();
    const expected = await undisturbed(place, dataset);
    const job = await place.started(dataset, EVERYTHING);
    await place.untilEpoch(job, 1);
    process.kill(await place.trainer(), "SIGSTOP");
    await stop(place, job);
    expect(await rolesOf(place, job)).toContain("last");
    await place.get("POST", `/training/jobs/${job}/start?resume=true`);
    await place.until(job, "completed");
    expect(await place.rows(job)).toEqual(expected);
  });

  it("leaves the queue while another one trains, which does not notice", async () => {
    const place = await trainingPlace();
    await place.start();
    const dataset = await place.stripes();
    const running = await place.started(dataset, EVERYTHING);
    const [queued, last] = [
      await place.started(dataset, EVERYTHING),
      await place.started(dataset, EVERYTHING),
    ];
    const pending = await place.job(dataset);
    expect(await place.get("GET", "/training/queue")).toMatchObject({
      running: [running],
      queued: [queued, last],
    });
    for (const job of [queued, pending]) {
      expect((await place.ask("POST", `/training/stop/${job}`)).status).toBe(200);
    }
    expect(await place.get("GET", "/training/queue")).toMatchObject({ running: [running], queued: [last] });
    await place.until(running, "completed");
    await place.until(last, "completed");
    expect(await place.get("GET", `/training/jobs/${queued}`)).toMatchObject({
      status: "stopped",
      attempt: 0,
    });
    expect(await place.rows(running)).toEqual(await place.rows(last));
  });
});
