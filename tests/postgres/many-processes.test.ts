import { describe, expect, it } from "vitest";
import { discPng } from "../support/drawn-pictures.ts";
import { POSTGRES_URL, temporaryDatabase } from "../support/postgres.ts";
import { postForm, postJson, send } from "../support/requests.ts";
import { runCommand, type ServerProcess, startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** One PostgreSQL, one shared folder, several processes: what one machine cannot do alone. */

const ROI = { role_id: "many", roi_id: "disc" };
const state = async (server: ServerProcess) =>
  (await send("GET", `${server.url}/state?${new URLSearchParams(ROI)}`)).body;

describe.skipIf(!POSTGRES_URL)("on PostgreSQL", () => {
  it("an api process takes the work, a worker process does it, every api process sees it", async () => {
    const environment = { DATABASE_URL: await temporaryDatabase(), QUATRAIN_SHARED_DATA: "1" };
    const dataDir = await temporaryFolder();
    const [first, second] = await Promise.all(
      [1, 2].map(() => startServer({ dataDir, environment, options: ["--roles", "api"] })),
    );
    const images = await Promise.all([1, 2, 3].map((seed) => discPng(seed)));
    const queued = await postForm(`${first!.url}/fit_ok?async=1`, { ...ROI, mm_per_px: 0.2, images });
    expect(queued.status, JSON.stringify(queued.body)).toBe(202);
    const job = `/_/api/jobs/${queued.body.job_id}`;
    expect((await send("GET", second!.url + job)).body.state).toBe("queued");
    expect((await postForm(`${second!.url}/fit_ok`, { ...ROI, mm_per_px: 0.2, images })).status).toBe(409);

    const worker = await startServer({ dataDir, environment, options: ["--roles", "worker"] });
    await expect
      .poll(async () => (await send("GET", second!.url + job)).body.state, { timeout: 40_000 })
      .toBe("completed");
    expect(await state(second!)).toMatchObject({ memory_fitted: true, model_version: 1 });
    await postJson(`${first!.url}/calibrate_ng`, { ...ROI, ok_scores: [1] });
    const inferred = await postForm(`${second!.url}/infer`, { ...ROI, mm_per_px: 0.2, image: images[0]! });
    expect(inferred.body).toMatchObject({ threshold: 1, model_version: 1 });

    const refitted = await postForm(`${first!.url}/fit_ok`, {
      ...ROI,
      mm_per_px: 0.2,
      images: images.slice(0, 2),
    });
    expect(refitted.body).toMatchObject({ model_version: 2 });
    const again = await postForm(`${second!.url}/infer`, { ...ROI, mm_per_px: 0.2, image: images[0]! });
    expect(again.body).toMatchObject({ model_version: 2 });
    for (const server of [first!, second!, worker]) expect((await server.end("SIGTERM")).code).toBe(0);
  });

  it("a killed worker's fit is finished by another one", async () => {
    const environment = { DATABASE_URL: await temporaryDatabase(), QUATRAIN_SHARED_DATA: "1" };
    const dataDir = await temporaryFolder();
    const api = await startServer({ dataDir, environment, options: ["--roles", "api"] });
    const doomed = await startServer({ dataDir, environment, options: ["--roles", "worker"] });
    const images = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => discPng(seed, undefined, 448)));
    const queued = await postForm(`${api.url}/fit_ok?async=1`, { ...ROI, mm_per_px: 0.2, images });
    const job = `/_/api/jobs/${queued.body.job_id}`;
    await expect
      .poll(async () => (await send("GET", api.url + job)).body.state, { timeout: 20_000 })
      .toBe("running");
    await doomed.end("SIGKILL");
    const heir = await startServer({ dataDir, environment, options: ["--roles", "worker"] });
    await expect
      .poll(async () => (await send("GET", api.url + job)).body.state, { timeout: 50_000, interval: 200 })
      .toBe("completed");
    expect((await send("GET", api.url + job)).body.attempt).toBeGreaterThan(1);
    for (const server of [api, heir]) expect((await server.end("SIGTERM")).code).toBe(0);
  });

  it("backup and restore say whose work they are", async () => {
    const environment = { DATABASE_URL: await temporaryDatabase() };
    const dataDir = await temporaryFolder();
    const backup = await runCommand(["backup", `${dataDir}/b.tar.gz`, "--data", dataDir], { environment });
    expect(backup).toMatchObject({ code: 1, stderr: expect.stringMatching(/pg_dump/) });
  });
});

it("split roles are refused where processes cannot share", async () => {
  const { code, stderr } = await runCommand([
    "serve",
    "--roles",
    "worker",
    "--data",
    await temporaryFolder(),
  ]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/DATABASE_URL/);
});
