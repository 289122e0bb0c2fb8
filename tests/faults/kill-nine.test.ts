import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seededRandom } from "../../src/algorithms/anomaly/seeded-random.ts";
import { discPng } from "../support/drawn-pictures.ts";
import { postForm, postJson, send } from "../support/requests.ts";
import { startServer } from "../support/server-process.ts";

/*
 * The server is killed without warning in the middle of uploads, fits and calibrations, again and again. What it had
 * acknowledged is there afterwards; what it had not is there whole or not at all.
 * QUATRAIN_TEST_KILLS=20 for the figure of the release notes.
 */

const KILLS = Number(process.env.QUATRAIN_TEST_KILLS ?? 5);
const PER_UPLOAD = 3;
const UPLOADS = { role_id: "kill", roi_id: "uploads" };
const FITS = { role_id: "kill", roi_id: "fits" };
const CALIBRATIONS = { role_id: "kill", roi_id: "calibrations" };

/** What the server has said "done" to. */
interface Acknowledged {
  readonly pictures: Set<string>;
  modelVersion: number;
  /** Acknowledged thresholds; the last one counts, or one that was under way. */
  threshold: number;
  thresholdsUnderWay: Set<number>;
}

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "quatrain-kill-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

it(`loses nothing acknowledged and tears nothing over ${KILLS} kills`, {
  timeout: KILLS * 30_000,
}, async () => {
  const random = seededRandom(9);
  const images = await Promise.all([1, 2, 3].map((seed) => discPng(seed, undefined, 96)));
  const done: Acknowledged = {
    pictures: new Set(),
    modelVersion: 0,
    threshold: 0,
    thresholdsUnderWay: new Set(),
  };
  let acknowledgements = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const server = await startServer({ dataDir });
    await verify(server.url, done);
    const killAt = 1 + random.below(25);
    let answers = 0;
    const answered = () => {
      acknowledgements++;
      if (++answers === killAt) server.process.kill("SIGKILL");
    };
    await Promise.all([
      untilKilled(() => upload(server.url, images, done), answered),
      untilKilled(() => upload(server.url, images, done), answered),
      untilKilled(() => fitOnce(server.url, images, done), answered),
      untilKilled(() => calibrate(server.url, 1 + random.below(1e6), done), answered),
    ]);
    expect((await server.end("SIGKILL")).signal).toBe("SIGKILL");
  }
  const server = await startServer({ dataDir });
  await verify(server.url, done);
  expect((await server.end("SIGTERM")).code).toBe(0);
  console.log(`${KILLS} kills, ${acknowledgements} acknowledged writes, 0 lost, 0 torn`);
});

async function untilKilled(write: () => Promise<void>, answered: () => void): Promise<void> {
  for (;;) {
    try {
      await write();
    } catch (error) {
      if (error instanceof TypeError) return; // the connection broke: the server is dead
      throw error;
    }
    answered();
  }
}

async function upload(url: string, images: Blob[], done: Acknowledged): Promise<void> {
  const { status, body } = await postForm(`${url}/datasets/ok/upload`, { ...UPLOADS, images });
  expect(status, JSON.stringify(body)).toBe(200);
  for (const name of body.saved) done.pictures.add(name);
}

async function fitOnce(url: string, images: Blob[], done: Acknowledged): Promise<void> {
  const { status, body } = await postForm(`${url}/fit_ok`, { ...FITS, mm_per_px: 0.2, images });
  expect(status, JSON.stringify(body)).toBe(200);
  done.modelVersion = body.model_version;
}

async function calibrate(url: string, threshold: number, done: Acknowledged): Promise<void> {
  done.thresholdsUnderWay = new Set([threshold]);
  const { status } = await postJson(`${url}/calibrate_ng`, { ...CALIBRATIONS, ok_scores: [threshold] });
  expect(status).toBe(200);
  done.threshold = threshold;
}

async function verify(url: string, done: Acknowledged): Promise<void> {
  const get = async (path: string, fields: Record<string, string>) =>
    (await send("GET", `${url}${path}?${new URLSearchParams(fields)}`)).body;
  const { files } = (await get("/datasets/list", UPLOADS)).classes.ok;
  expect(files).toEqual(expect.arrayContaining([...done.pictures]));
  expect(files.length % PER_UPLOAD).toBe(0);
  for (const filename of files.slice(-4)) {
    const picture = await fetch(
      `${url}/datasets/file?${new URLSearchParams({ ...UPLOADS, label: "ok", filename })}`,
    );
    expect((await picture.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
  }
  for (const filename of files) done.pictures.add(filename); // whole now, so they must stay

  const fitted = await get("/state", FITS);
  expect(fitted.model_version ?? 0).toBeGreaterThanOrEqual(done.modelVersion);
  if (fitted.memory_fitted) {
    const image = await discPng(50, undefined, 96);
    const inferred = await postForm(`${url}/infer`, {
      ...FITS,
      mm_per_px: 0.2,
      image,
      allow_uncalibrated: true,
    });
    expect(inferred.status, JSON.stringify(inferred.body)).toBe(200);
  }

  const { calib } = await get("/manifest", CALIBRATIONS);
  expect([done.threshold, ...done.thresholdsUnderWay]).toContain(calib?.threshold ?? 0);
  done.threshold = calib?.threshold ?? 0;
}
