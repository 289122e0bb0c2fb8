import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { comicPage, grayPage } from "../support/drawn-comics.ts";
import { POSTGRES_URL, temporaryDatabase } from "../support/postgres.ts";
import { postJson, send } from "../support/requests.ts";
import { type ServerProcess, startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** One PostgreSQL, one shared folder: api processes take chapters and show them, workers colour them. */

const PAGES = 6;
/** Enough that no machine is through with them before a worker hears of the cancel, at its next proof of life. */
const MANY_PAGES = 300;

async function place(pages = PAGES) {
  const dataDir = await temporaryFolder();
  const environment = {
    DATABASE_URL: await temporaryDatabase(),
    QUATRAIN_SHARED_DATA: "1",
    QUATRAIN_COLORIZATION_THREADS: "1",
  };
  const folder = join(dataDir, "colorization", "data", "pages");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "..", "style.png"), await encodePng(comicPage()));
  for (let page = 1; page <= pages; page++) {
    const drawn = comicPage(200 + 10 * (page % PAGES), 280);
    await writeFile(join(folder, `${page}.png`), await encodePng(grayPage(drawn)));
  }
  const start = (role: string) =>
    startServer({ dataDir, environment, options: ["--only", "colorization", "--roles", role] });
  return { start };
}

const wish = (chapter: string) => ({
  chapter_id: chapter,
  input_dir: "data/pages",
  style_reference: "data/style.png",
  engine: "embedded",
  options: { seed_mode: "fixed", seed: 3 },
});

const jobOf = async ({ url }: ServerProcess, id: string) => (await send("GET", `${url}/v1/jobs/${id}`)).body;

async function hashesOf({ url }: ServerProcess, chapter: string): Promise<string[]> {
  const hashes: string[] = [];
  for (let page = 1; page <= PAGES; page++) {
    const response = await fetch(`${url}/v1/chapters/${chapter}/pages/${page}/colorized?download=1`);
    expect(response.status).toBe(200);
    hashes.push(
      createHash("sha256")
        .update(new Uint8Array(await response.arrayBuffer()))
        .digest("hex"),
    );
  }
  return hashes;
}

describe.skipIf(!POSTGRES_URL)("colorization on PostgreSQL", () => {
  it("a chapter that one api process took is coloured by a worker; a killed worker's is finished by another, the same", async () => {
    const { start } = await place();
    const [first, second] = await Promise.all([start("api"), start("api")]);
    const straight = await postJson(`${first.url}/v1/jobs/two-pass`, wish("straight"), {
      "idempotency-key": "one",
    });
    expect(straight.status).toBe(202);
    const again = await postJson(`${second.url}/v1/jobs/two-pass`, wish("straight"), {
      "idempotency-key": "one",
    });
    expect(again.body.job_id).toBe(straight.body.job_id);
    expect(await jobOf(second, straight.body.job_id)).toMatchObject({ status: "queued" });
    const events = fetch(`${second.url}/v1/jobs/${straight.body.job_id}/events`).then((response) =>
      response.text(),
    );

    const doomed = await start("worker");
    const told = (await events)
      .split("\n")
      .flatMap((line) => (line.startsWith("data: ") ? [JSON.parse(line.slice(6))] : []));
    expect(told.at(-1)).toMatchObject({ status: "completed", progress: { pass2_done: PAGES } });
    expect(new Set(told.map(({ status }) => status))).toContain("running");

    const { body: killed } = await postJson(`${second.url}/v1/jobs/two-pass`, wish("killed"));
    const done = async () => (await jobOf(first, killed.job_id)).progress.pass2_done;
    await expect.poll(done, { timeout: 50_000, interval: 20 }).toBeGreaterThan(0);
    await doomed.end("SIGKILL");
    const before = await done();
    const runmeta = `${first.url}/v1/chapters/killed/pages/1/runmeta/pass2?download=1`;
    const madeAt = (await send("GET", runmeta)).body.timestamp_utc;
    expect(await jobOf(first, killed.job_id)).toMatchObject({ status: "running" });
    const heir = await start("worker");
    await expect
      .poll(async () => (await jobOf(second, killed.job_id)).status, { timeout: 50_000, interval: 200 })
      .toBe("completed");
    expect(before).toBeLessThan(PAGES);
    expect((await send("GET", runmeta)).body.timestamp_utc).toBe(madeAt);
    expect(await hashesOf(first, "killed")).toEqual(await hashesOf(second, "straight"));

    const { body: list } = await send("GET", `${second.url}/v1/jobs`);
    expect(list.jobs.map(({ chapter_id: chapter }: { chapter_id: string }) => chapter)).toEqual([
      "killed",
      "straight",
    ]);
    for (const server of [first, second, heir]) expect((await server.end("SIGTERM")).code).toBe(0);
  });

  it("a job is cancelled from another process than that which works on it", async () => {
    const { start } = await place(MANY_PAGES);
    const [api, worker] = await Promise.all([start("api"), start("worker")]);
    const { body } = await postJson(`${api.url}/v1/jobs/two-pass`, wish("cancelled"));
    await expect
      .poll(async () => (await jobOf(api, body.job_id)).status, { timeout: 40_000, interval: 20 })
      .toBe("running");
    await fetch(`${api.url}/v1/jobs/${body.job_id}/cancel`, { method: "POST" });
    await expect
      .poll(async () => (await jobOf(api, body.job_id)).status, { timeout: 40_000 })
      .toBe("cancelled");
    for (const server of [api, worker]) expect((await server.end("SIGTERM")).code).toBe(0);
  });
});
