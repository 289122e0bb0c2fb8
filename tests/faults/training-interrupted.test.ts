import { describe, expect, it } from "vitest";
import { EVERYTHING, type TrainingPlace, trainingPlace, undisturbed } from "../support/training-place.ts";

/** What ends a trainer, or the server beside it, while it trains: the job goes on with the same figures. */

describe("a trainer that is killed", () => {
  it("is begun again from its last checkpoint, and that is counted", async () => {
    const place = await trainingPlace();
    await place.start();
    const dataset = await place.stripes(40);
    const expected = await undisturbed(place, dataset);
    const job = await place.started(dataset, EVERYTHING);

    process.kill(await place.trainer(), "SIGKILL"); // while it begins
    await place.untilEpoch(job, 1);
    expect(await restartsOf(place, job)).toBe(1);
    process.kill(await place.trainer(), "SIGKILL");
    expect(await place.until(job, "completed")).toMatchObject({ restarts: 2, attempt: 3 });
    expect(await place.rows(job)).toEqual(expected);
    expect(await place.children()).toEqual(new Map());
    expect(await place.workUnderWay()).toEqual([]);
    const lines = (await place.get("GET", `/training/jobs/${job}/logs`)).map(({ message }: Line) => message);
    expect(lines.filter((line: string) => /killed from outside \(SIGKILL\)/.test(line))).toHaveLength(2);
    expect(lines.filter((line: string) => /attempt 3 goes on from epoch_0001_/.test(line))).toHaveLength(1);
  });

  it("fails its job once that happened more often than max_restarts, and can be resumed then", async () => {
    const place = await trainingPlace();
    await place.start();
    const dataset = await place.stripes(40);
    const expected = await undisturbed(place, dataset);
    const job = await place.started(dataset, { ...EVERYTHING, max_restarts: 1 });
    await place.untilEpoch(job, 1);
    expect(await restartsOf(place, job)).toBe(0);
    process.kill(await place.trainer(), "SIGKILL");
    await expect.poll(() => restartsOf(place, job)).toBe(1);
    process.kill(await place.trainer(), "SIGKILL");

    const failed = await place.until(job, "failed");
    expect(failed).toMatchObject({ status: "failed", error_code: "lost_too_often" });
    expect(failed.error_message).toMatch(/max_restarts is 1.*killed from outside.*resume=true/s);
    expect(await place.children()).toEqual(new Map());
    await place.get("POST", `/training/jobs/${job}/start?resume=true`);
    expect(await place.until(job, "completed")).toMatchObject({ restarts: 0, error_message: null });
    expect(await place.rows(job)).toEqual(expected);
  });

  it("can be stopped at once while it waits to be begun again", async () => {
    const place = await trainingPlace();
    await place.start();
    const job = await place.started(await place.stripes(40), EVERYTHING, { epochs: 500 });
    for (let kill = 1; kill <= 3; kill++) {
      process.kill(await place.trainer(), "SIGKILL"); // each time the wait doubles
      await expect.poll(() => restartsOf(place, job)).toBe(kill);
    }
    process.kill(await place.trainer(), "SIGKILL");
    await expect.poll(async () => (await place.children()).size).toBe(0);
    expect((await place.ask("POST", `/training/stop/${job}`)).status).toBe(200);
    expect(await place.until(job, "stopped")).toMatchObject({ error_message: null });
    expect(await place.children()).toEqual(new Map());
  });
});

describe("a server that is told to end", () => {
  it("leaves nothing running, and goes on with the job when it is back", async () => {
    const place = await trainingPlace();
    await place.start();
    const dataset = await place.stripes(40);
    const expected = await undisturbed(place, dataset);
    const job = await place.started(dataset, EVERYTHING);

    await place.trainer();
    expect((await place.server().end("SIGTERM")).code).toBe(0); // 1 where it took longer than 10 s
    expect(await place.children()).toEqual(new Map());
    await place.start();
    await place.untilEpoch(job, 1);
    expect(await restartsOf(place, job)).toBe(0);
    expect((await place.server().end("SIGTERM")).code).toBe(0);
    expect(await place.children()).toEqual(new Map());
    await place.start();
    expect(await place.until(job, "completed")).toMatchObject({ restarts: 0, attempt: 3 });
    expect(await place.rows(job)).toEqual(expected);
    expect(await place.workUnderWay()).toEqual([]);
  });

  it("goes on with the job, too, where its trainer was told to end before it, as service managers do", async () => {
    const place = await trainingPlace();
    await place.start();
    const dataset = await place.stripes(40);
    const expected = await undisturbed(place, dataset);
    const job = await place.started(dataset, EVERYTHING);
    await place.untilEpoch(job, 1);
    expect(await restartsOf(place, job)).toBe(0);
    process.kill(await place.trainer(), "SIGTERM");
    await expect.poll(async () => (await place.children()).size).toBe(0);
    expect((await place.server().end("SIGTERM")).code).toBe(0);
    await place.start();
    expect(await place.until(job, "completed")).toMatchObject({ restarts: 0 });
    expect(await place.rows(job)).toEqual(expected);
  });
});

interface Line {
  readonly message: string;
}

async function restartsOf(place: TrainingPlace, job: number): Promise<number> {
  return (await place.get("GET", `/training/jobs/${job}`)).restarts;
}
