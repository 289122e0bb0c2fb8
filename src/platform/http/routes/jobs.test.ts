import type { IncomingHttpHeaders } from "node:http";
import { expect, test } from "vitest";
import { authMigrations } from "../../auth/migrations.ts";
import { LOCAL_TOKEN, openAuthRoom } from "../../auth/testing.ts";
import { Secret } from "../../config/secret.ts";
import { describeEachDatabase } from "../../db/testing.ts";
import type { JobRecord } from "../../jobs/job-queue.ts";
import type { RouteRequest } from "../bound-route.ts";
import type { MountedSystem } from "../mounted-system.ts";
import { createPlatformSystem } from "../platform-system.ts";
import { jobRoutes } from "./jobs.ts";

const job = (id: string, kind: string): JobRecord => ({
  id,
  kind,
  state: "running",
  payload: { secret: "of the caller" },
  progress: 0.5,
  message: null,
  attempt: 1,
  result: null,
  error: null,
  errorCode: null,
  createdAt: 0,
  startedAt: 1_000,
  finishedAt: null,
  cancelRequestedAt: null,
});

const JOBS = [
  job("1", "open.fit"),
  job("2", "closed.fit"),
  job("3", "elsewhere.fit"),
  job("4", "hidden.run"),
];

/** Systems of which one takes the shared key, so that it is closed to others, and one keeps its jobs to itself. */
const systems = ["open", "closed", "hidden"].map(
  (name): MountedSystem => ({
    ...createPlatformSystem([]),
    name,
    takesSharedKey: name === "closed",
    hidesJobs: name === "hidden",
  }),
);

const SHARED = { "x-api-key": "shared" };
const LOCAL = { authorization: `Bearer ${LOCAL_TOKEN}` };

describeEachDatabase("job routes", (open) => {
  async function openRoutes() {
    const { database } = await open(authMigrations);
    const { authority } = openAuthRoom(database, { sharedKey: new Secret("shared") });
    const jobs = {
      get: async (id: string) => JOBS.find((one) => one.id === id) ?? null,
      list: async () => JOBS,
      cancel: async () => true,
    };
    const routes = jobRoutes({ jobs, authority, systems });
    return async (id: string, input: object, headers: IncomingHttpHeaders) =>
      routes.find(({ contract }) => contract.id === id)?.handle({ input, headers } as RouteRequest);
  }

  test("everybody sees the jobs of the systems that are open to him", async () => {
    const call = await openRoutes();
    const visible = async (headers: IncomingHttpHeaders) => {
      const { jobs } = (await call("listJobs", {}, headers)) as { jobs: { id: string }[] };
      return jobs.map(({ id }) => id);
    };
    expect(await visible({})).toEqual(["1"]);
    expect(await visible(SHARED)).toEqual(["1", "2"]);
    expect(await visible(LOCAL)).toEqual(["1", "2", "3", "4"]);
  });

  test("a job shows how far it is, not what it was given", async () => {
    const call = await openRoutes();
    const shown = await call("getJob", { id: "1" }, {});
    expect(shown).toMatchObject({
      id: "1",
      progress: 0.5,
      started_at: "1970-01-01T00:00:01.000Z",
      finished_at: null,
    });
    expect(shown).not.toHaveProperty("payload");
    await expect(call("getJob", { id: "9" }, {})).rejects.toMatchObject({
      code: "job_not_found",
      status: 404,
    });
  });

  test("nobody looks at or cancels the jobs of a system that is closed to him", async () => {
    const call = await openRoutes();
    for (const id of ["getJob", "cancelJob"]) {
      await expect(call(id, { id: "2" }, {})).rejects.toMatchObject({ status: 401 });
      await expect(call(id, { id: "3" }, SHARED)).rejects.toMatchObject({ status: 401 });
      await expect(call(id, { id: "4" }, SHARED)).rejects.toMatchObject({ status: 401 });
    }
    expect(await call("cancelJob", { id: "2" }, SHARED)).toEqual({ cancelled: true });
  });
});
