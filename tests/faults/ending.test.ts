import { expect, it } from "vitest";
import { discPng } from "../support/drawn-pictures.ts";
import { postForm, postJson, send } from "../support/requests.ts";
import { startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** SIGTERM and clients that vanish: the process ends cleanly, or goes on healthy. */

const ROI = { role_id: "ending", roi_id: "disc" };
const bigDiscs = () => Promise.all([1, 2, 3, 4, 5, 6].map((seed) => discPng(seed, undefined, 448)));

it("answers what is under way at SIGTERM and ends with 0 within ten seconds", async () => {
  const server = await startServer({ dataDir: await temporaryFolder() });
  const images = await bigDiscs();
  await postForm(`${server.url}/fit_ok`, { ...ROI, mm_per_px: 0.2, images });
  await postJson(`${server.url}/calibrate_ng`, { ...ROI, ok_scores: [1] });
  const pending = [1, 2, 3, 4].map(() =>
    postForm(`${server.url}/infer`, { ...ROI, mm_per_px: 0.2, image: images[0]! }),
  );
  await send("GET", `${server.url}/state?${new URLSearchParams(ROI)}`);
  const endedAt = performance.now();
  const ended = server.end("SIGTERM");
  const answers = await Promise.allSettled(pending);
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(performance.now() - endedAt).toBeLessThan(10_000);
  const answered = answers.filter((answer) => answer.status === "fulfilled");
  for (const { value } of answered) expect([200, 503, 499]).toContain(value.status);
  expect(answered.length).toBeGreaterThan(0);
});

it("hands an unfinished background fit to the next start, which finishes it", async () => {
  const dataDir = await temporaryFolder();
  const first = await startServer({ dataDir });
  const queued = await postForm(`${first.url}/fit_ok?async=1`, {
    ...ROI,
    mm_per_px: 0.2,
    images: await bigDiscs(),
  });
  const job = `/_/api/jobs/${queued.body.job_id}`;
  await expect.poll(async () => (await send("GET", first.url + job)).body.state).toBe("running");
  expect((await first.end("SIGTERM")).code).toBe(0);

  const second = await startServer({ dataDir });
  await expect
    .poll(async () => (await send("GET", second.url + job)).body, { timeout: 30_000 })
    .toMatchObject({ state: "completed", error: null });
  expect((await send("GET", `${second.url}/state?${new URLSearchParams(ROI)}`)).body.memory_fitted).toBe(
    true,
  );
  await second.end("SIGTERM");
});

it("finishes a background fit whose server was killed, and frees the ROI", async () => {
  const dataDir = await temporaryFolder();
  const first = await startServer({ dataDir });
  const queued = await postForm(`${first.url}/fit_ok?async=1`, {
    ...ROI,
    mm_per_px: 0.2,
    images: await bigDiscs(),
  });
  const job = `/_/api/jobs/${queued.body.job_id}`;
  await expect.poll(async () => (await send("GET", first.url + job)).body.state).toBe("running");
  await first.end("SIGKILL");

  const second = await startServer({ dataDir });
  await expect
    .poll(async () => (await send("GET", second.url + job)).body.state, { timeout: 30_000 })
    .toBe("completed");
  const again = await postForm(`${second.url}/fit_ok`, {
    ...ROI,
    mm_per_px: 0.2,
    images: (await bigDiscs()).slice(0, 1),
  });
  expect(again.body).toMatchObject({ model_version: 2, n_images: 1 });
  await second.end("SIGTERM");
});

it("keeps the old memory in use while a fit is killed and begun again", async () => {
  const dataDir = await temporaryFolder();
  const first = await startServer({ dataDir });
  const images = await bigDiscs();
  await postForm(`${first.url}/fit_ok`, { ...ROI, mm_per_px: 0.2, images: images.slice(0, 2) });
  const queued = await postForm(`${first.url}/fit_ok?async=1`, { ...ROI, mm_per_px: 0.2, images });
  const job = `/_/api/jobs/${queued.body.job_id}`;
  await expect.poll(async () => (await send("GET", first.url + job)).body.state).toBe("running");
  await first.end("SIGKILL");

  const second = await startServer({ dataDir });
  const during = await postForm(`${second.url}/infer`, {
    ...ROI,
    mm_per_px: 0.2,
    image: images[0]!,
    allow_uncalibrated: 1,
  });
  expect(during.status).toBe(200);
  const refused = await postForm(`${second.url}/fit_ok`, {
    ...ROI,
    mm_per_px: 0.2,
    images: images.slice(0, 1),
  });
  expect([200, 409]).toContain(refused.status); // the job may have ended meanwhile
  await expect
    .poll(async () => (await send("GET", second.url + job)).body.state, { timeout: 30_000 })
    .toBe("completed");
  await second.end("SIGTERM");
});

it("lets the next fit in at once when the server was killed in the middle of one", async () => {
  const dataDir = await temporaryFolder();
  const first = await startServer({ dataDir });
  const images = await bigDiscs();
  const beginFit = async (): Promise<unknown> => {
    const answer = await postForm(`${first.url}/fit_ok`, { ...ROI, mm_per_px: 0.2, images }).catch(
      () => "cut",
    );
    // a probe may hold the lease at that very instant
    return typeof answer === "object" && answer.status === 409 ? beginFit() : answer;
  };
  const cut = beginFit();
  const probe = { ...ROI, mm_per_px: "0.2", use_dataset: "true" }; // takes the lease for an instant, then is refused
  await expect
    .poll(async () => (await postForm(`${first.url}/fit_ok`, probe)).status, { interval: 10 })
    .toBe(409);
  await first.end("SIGKILL");
  expect(await cut).toBe("cut");
  const second = await startServer({ dataDir });
  const next = await postForm(`${second.url}/fit_ok`, { ...ROI, mm_per_px: 0.2, images: images.slice(0, 1) });
  expect(next.status, JSON.stringify(next.body)).toBe(200);
  await second.end("SIGTERM");
});

it("stays healthy when clients vanish in the middle of inference", async () => {
  const server = await startServer({ dataDir: await temporaryFolder() });
  const images = await bigDiscs();
  await postForm(`${server.url}/fit_ok`, { ...ROI, mm_per_px: 0.2, images: images.slice(0, 2) });
  const leaving = new AbortController();
  const gone = images.map((image) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...ROI, mm_per_px: "0.2", allow_uncalibrated: "1" }))
      form.append(name, value);
    form.append("image", image, "a.png");
    return fetch(`${server.url}/infer`, { method: "POST", body: form, signal: leaving.signal }).catch(
      () => null,
    );
  });
  await send("GET", `${server.url}/health`);
  leaving.abort();
  await Promise.all(gone);
  const after = await postForm(`${server.url}/infer`, {
    ...ROI,
    mm_per_px: 0.2,
    image: images[0]!,
    allow_uncalibrated: 1,
  });
  expect(after.status).toBe(200);
  expect(await server.end("SIGTERM")).toEqual({ code: 0, signal: null });
});
