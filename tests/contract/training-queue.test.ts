import { afterEach, beforeAll, describe, expect, test } from "vitest";
import * as contract from "../../src/contracts/training/index.ts";
import { ErrorBody } from "../../src/contracts/training/vocabulary.ts";
import { SMALL_PICTURES, useTrainingServer } from "../support/training-server.ts";

/** One slot: what waits, what leaves the queue first, and how runs are stopped and begun again. */
const { ask, url, colours, job, until, member, admin } = useTrainingServer();

const ENDLESS = 1_000;

let dataset: string;
beforeAll(async () => {
  dataset = (await colours({ each: 3 })).id;
});

afterEach(async () => {
  const { running, queued } = (await ask("GET", "/training/queue")).body;
  for (const id of [...queued, ...running]) await stop(id); // of a test that failed
});

const newJob = async (epochs: number, around: object = {}): Promise<number> =>
  (await job({ dataset_id: dataset, epochs, advanced_config: SMALL_PICTURES }, around)).id;
const look = async (id: number) => (await ask("GET", `/training/jobs/${id}`)).body;
const start = (id: number, query = "") => ask("POST", `/training/jobs/${id}/start${query}`);
const stop = (id: number) => ask("POST", `/training/stop/${id}`);
const epochs = async (id: number) =>
  (await ask("GET", `/training/jobs/${id}/metrics?limit=10000`)).body.map(
    ({ epoch }: { epoch: number }) => epoch,
  );
const reaches = (id: number, epoch: number) =>
  expect.poll(async () => (await look(id)).current_epoch, { interval: 20 }).toBeGreaterThanOrEqual(epoch);

describe("one slot", () => {
  test("runs one job; others wait, the most important first", async () => {
    const first = await newJob(ENDLESS);
    expect((await start(first)).body).toMatchObject({ status: "running", queue_position: null });
    const [low, high, late] = [await newJob(1), await newJob(1, { priority: 5 }), await newJob(1)];
    const queued = await start(low);
    expect(queued.status).toBe(200);
    expect(queued.body).toMatchObject({ id: low, status: "queued", started_at: null, queue_position: 1 });
    expect((await start(high)).body).toMatchObject({ status: "queued", queue_position: 1, priority: 5 });
    expect((await start(late, "?priority=9")).body).toMatchObject({ queue_position: 1, priority: 9 });
    expect((await look(low)).queue_position).toBe(3);

    const queue = await ask("GET", "/training/queue");
    expect(queue.status).toBe(200);
    contract.trainingQueue.responses[200].schema.parse(queue.body);
    expect(queue.body).toEqual({ slots: 1, running: [first], queued: [late, high, low] });
    const stranger = await member("stranger");
    expect((await ask("GET", "/training/queue", { as: stranger })).body).toEqual({
      slots: 1,
      running: [],
      queued: [],
    });

    for (const id of [first, low]) {
      const again = await start(id);
      ErrorBody.parse(again.body);
      expect([again.status, again.body.code]).toEqual([409, "INVALID_STATUS"]);
      expect((await ask("DELETE", `/training/jobs/${id}`)).body.code).toBe("INVALID_STATUS");
    }
    const inUse = await ask("DELETE", `/datasets/${dataset}`);
    expect([inUse.status, inUse.body.code]).toEqual([409, "INVALID_STATUS"]);
    const checkpoints = async () =>
      (await ask("GET", `/training/jobs/${first}/checkpoints`)).body.checkpoints;
    await expect.poll(checkpoints).not.toEqual([]);
    const [{ name }] = await checkpoints();
    const kept = await ask("DELETE", `/training/jobs/${first}/checkpoints/${name}`);
    expect([kept.status, kept.body.code]).toEqual([409, "INVALID_STATUS"]);

    expect((await stop(first)).status).toBe(200);
    const ends = await Promise.all([late, high, low].map((id) => until(id, "completed")));
    const begun = ends.map(({ started_at }) => Date.parse(started_at));
    expect(begun).toEqual([...begun].sort((a, b) => a - b));
    expect((await ask("GET", "/training/queue")).body).toEqual({ slots: 1, running: [], queued: [] });
  });

  test("a job that waits is stopped at once, and its place goes to the next", async () => {
    const [first, second, third] = [await newJob(ENDLESS), await newJob(1), await newJob(1)];
    for (const id of [first, second, third]) expect((await start(id)).status).toBe(200);
    expect((await stop(second)).body).toMatchObject({ job_id: second, status: "stopped" });
    expect((await look(third)).queue_position).toBe(1);
    await stop(first);
    await until(third, "completed");
    expect(await look(second)).toMatchObject({ status: "stopped", started_at: null, current_epoch: 0 });
    expect((await start(second)).body.status).toBe("running");
    await until(second, "completed");
  });
});

test("a running job says how far it is, and when it will be done; bodies of requests without one are left unread", async () => {
  const id = await newJob(ENDLESS);
  expect(
    (await ask("POST", `/training/jobs/${id}/start?checkpoint_path=&resume=false`, { json: {} })).status,
  ).toBe(200);
  await reaches(id, 2);
  const running = await look(id);
  expect(running.progress_percent).toBeCloseTo(running.current_epoch / 10, 1);
  expect(running.eta_seconds).toBeGreaterThan(0);
  expect(Date.parse(running.eta)).toBeGreaterThan(Date.parse(running.started_at));
  expect((await ask("GET", "/training/jobs/?status=running")).body.jobs).toMatchObject([{ id }]);
  expect((await ask("POST", `/training/stop/${id}`, { json: "null" })).status).toBe(200);
});

describe("a run that was stopped", () => {
  test("has stopped when that is said, with a checkpoint, and stays so", async () => {
    const id = await newJob(ENDLESS);
    await start(id);
    const told: { type: string; data: { epoch: number; status: string } }[] = [];
    const socket = new WebSocket(`${url(`/ws/training/${id}`).replace("http", "ws")}`, {
      headers: admin().headers,
    } as unknown as string[]);
    const hungUp = new Promise((resolve) => socket.addEventListener("close", resolve));
    socket.addEventListener("message", ({ data }) => told.push(JSON.parse(String(data))));
    await reaches(id, 2);
    const { status, body } = await stop(id);
    expect(status).toBe(200);
    await hungUp;
    const epochsTold = told.filter(({ type }) => type === "training_progress").map(({ data }) => data.epoch);
    expect(epochsTold).toEqual([...new Set(epochsTold)].sort((a, b) => a - b));
    expect(epochsTold.length).toBeGreaterThan(1);
    expect(told.at(-1)).toMatchObject({ type: "status", data: { status: "stopped" } });
    contract.stopTrainingJob.responses[200].schema.parse(body);
    expect(body).toEqual({ job_id: id, status: "stopped", message: "Training job stopped successfully" });
    const stopped = await look(id);
    expect(stopped).toMatchObject({ status: "stopped", attempt: 1, error_message: null });
    expect(stopped.completed_at).not.toBeNull();
    expect(stopped.last_checkpoint_path).toContain("/checkpoints/");
    const rows = await epochs(id);
    expect((await stop(id)).body.code).toBe("INVALID_STATUS");
    const live = await fetch(url(`/api/v1/training/jobs/${id}/events`), { headers: admin().headers });
    expect(await live.text()).toContain('"status":"stopped"');
    expect(await epochs(id)).toEqual(rows);
    expect(await look(id)).toEqual(stopped);
  });

  test("goes on where it was with resume, and from the beginning without", async () => {
    const id = await newJob(ENDLESS);
    await start(id);
    await reaches(id, 3);
    await stop(id);
    const before = await epochs(id);

    const resumed = await start(id, "?resume=true");
    expect(resumed.body).toMatchObject({
      status: "running",
      attempt: 2,
      error_message: null,
      completed_at: null,
    });
    await reaches(id, before.length + 2);
    await stop(id);
    const after = await epochs(id);
    expect(after).toEqual(after.map((_: number, index: number) => index + 1));
    expect(after.slice(0, before.length)).toEqual(before);

    const { last_checkpoint_path: path } = await look(id);
    const named = await start(id, `?resume=true&checkpoint_path=${encodeURIComponent(path)}`);
    expect(named.body).toMatchObject({ status: "running", attempt: 3 });
    expect(named.body.current_epoch).toBeGreaterThanOrEqual(after.length);
    await stop(id);

    const fresh = await start(id);
    expect(fresh.body).toMatchObject({ status: "running", attempt: 4, best_metric: null });
    await reaches(id, 1);
    await stop(id);
    expect((await epochs(id)).length).toBeLessThan(after.length);
    expect((await ask("DELETE", `/training/jobs/${id}`)).status).toBe(200);
  });
});

test("two that stop, start or delete the same job at once: one does it, the other is told", async () => {
  const id = await newJob(ENDLESS);
  const starts = await Promise.all([start(id), start(id), start(id)]);
  expect(starts.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  await reaches(id, 1);
  const stops = await Promise.all([stop(id), stop(id)]);
  expect(stops.map(({ status }) => status)).toContain(200);
  const deletions = await Promise.all([1, 2].map(() => ask("DELETE", `/training/jobs/${id}`)));
  expect(deletions.map(({ status }) => status)).toContain(200);
  expect((await look(id)).code).toBe("JOB_NOT_FOUND");
});
