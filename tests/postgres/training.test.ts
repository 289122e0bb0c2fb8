import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { POSTGRES_URL, temporaryDatabase } from "../support/postgres.ts";
import type { ServerProcess } from "../support/server-process.ts";
import { EVERYTHING, type TrainingPlace, trainingPlace, undisturbed } from "../support/training-place.ts";

/** One PostgreSQL and one folder, several processes: an api process is spoken to, workers train. */

const API = ["--roles", "api"];
const WORKER = ["--roles", "worker"];
/** Enough pictures of a kind that a job outlives what is looked at while it runs, also on a fast machine. */
const EACH = 120;

async function sharedPlace(): Promise<TrainingPlace> {
  return trainingPlace({ DATABASE_URL: await temporaryDatabase(), QUATRAIN_SHARED_DATA: "1" });
}

/** Trainers by the worker whose they are. */
async function trainersOf(place: TrainingPlace, { process: { pid } }: ServerProcess): Promise<number[]> {
  const parents = await Promise.all(
    [...(await place.children()).keys()].map(async (child) => {
      const status = await readFile(`/proc/${child}/status`, "utf8").catch(() => "");
      return { child, parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) };
    }),
  );
  return parents.filter(({ parent }) => parent === pid).map(({ child }) => child);
}

/** Every event of the live channel, until the job has ended. */
async function follow(place: TrainingPlace, job: number): Promise<{ type: string; data: Event }[]> {
  const answer = await fetch(`${place.server().url}/api/v1/training/jobs/${job}/events`, {
    headers: place.credentials(),
  });
  const blocks = (await answer.text()).split("\n\n").filter((block) => block.startsWith("event:"));
  return blocks.map((block) => {
    const [, type = "", data = ""] = /^event: (\S+)\ndata: (.*)$/s.exec(block) ?? [];
    return { type, data: JSON.parse(data) };
  });
}

interface Event {
  readonly epoch?: number;
  readonly status?: string;
}

describe.skipIf(!POSTGRES_URL)("training on PostgreSQL", () => {
  it("goes on in another worker when one is killed, with the same figures; all are told of it live", {
    timeout: 180_000,
  }, async () => {
    const place = await sharedPlace();
    await place.start(API);
    const workers = await Promise.all([place.start(WORKER), place.start(WORKER)]);
    const dataset = await place.stripes(EACH);
    const expected = await undisturbed(place, dataset);

    const jobs = await Promise.all([1, 2, 3].map(() => place.started(dataset, EVERYTHING)));
    const live = Promise.all(jobs.map((job) => follow(place, job)));
    await expect.poll(async () => (await trainersOf(place, workers[0]!)).length).toBe(1);
    await expect.poll(async () => (await trainersOf(place, workers[1]!)).length).toBe(1);
    const { running, queued } = await place.get("GET", "/training/queue");
    expect([running.length, queued.length]).toEqual([2, 1]);
    await Promise.all(running.map((job: number) => place.untilEpoch(job, 1)));
    await workers[0]!.end("SIGKILL");
    await expect.poll(() => trainersOf(place, workers[0]!)).toEqual([]);

    let restarts = 0;
    for (const job of jobs) {
      restarts += (await place.until(job, "completed", 90_000)).restarts;
      expect(await place.rows(job)).toEqual(expected);
    }
    expect(restarts).toBe(1);
    for (const events of await live) {
      const epochs = events.filter(({ type }) => type === "training_progress").map(({ data }) => data.epoch);
      expect(new Set(epochs)).toEqual(new Set([1, 2, 3]));
      expect(events.findLast(({ type }) => type === "status")?.data.status).toBe("completed");
    }
    expect(await place.children()).toEqual(new Map());
    expect(await place.workUnderWay()).toEqual([]);
  });

  it("stops where the job runs, and moves it when its worker is told to end", {
    timeout: 120_000,
  }, async () => {
    const place = await sharedPlace();
    const api = await place.start(API);
    const first = await place.start(WORKER);
    const dataset = await place.stripes(EACH);
    const expected = await undisturbed(place, dataset);

    const job = await place.started(dataset, EVERYTHING);
    await place.trainer();
    const stopped = await place.ask("POST", `/training/stop/${job}`);
    expect(await place.children()).toEqual(new Map());
    expect(stopped).toMatchObject({ status: 200, body: { status: "stopped" } });

    const moved = await place.started(dataset, EVERYTHING);
    await place.untilEpoch(moved, 1);
    expect((await first.end("SIGTERM")).code).toBe(0);
    expect(await place.get("GET", `/training/jobs/${moved}`)).toMatchObject({ status: "queued" });
    const second = await place.start(WORKER);
    await expect.poll(async () => (await trainersOf(place, second)).length).toBe(1);
    expect(await place.until(moved, "completed")).toMatchObject({ restarts: 0, attempt: 2 });
    expect(await place.rows(moved)).toEqual(expected);
    for (const server of [second, api]) expect((await server.end("SIGTERM")).code).toBe(0);
    expect(await place.workUnderWay()).toEqual([]);
  });
});
