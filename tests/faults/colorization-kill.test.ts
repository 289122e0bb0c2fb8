import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { comicPage, grayPage } from "../support/drawn-comics.ts";
import { type ServerProcess, startServer } from "../support/server-process.ts";

const PAGES = 6;
const ROUNDS = Number(process.env.QUATRAIN_TEST_KILLS ?? 1);

let dataDir: string;
let server: ServerProcess;

const start = async () => {
  server = await startServer({ dataDir, environment: { QUATRAIN_COLORIZATION_THREADS: "1" } });
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "quatrain-comics-kill-"));
  const root = join(dataDir, "colorization", "data", "pages");
  await mkdir(root, { recursive: true });
  await writeFile(join(dataDir, "colorization", "data", "style.png"), await encodePng(comicPage()));
  for (let page = 1; page <= PAGES; page++) {
    await writeFile(join(root, `${page}.png`), await encodePng(grayPage(comicPage(200 + 10 * page, 280))));
  }
  await start();
});

afterAll(async () => {
  await server.end("SIGTERM");
  await rm(dataDir, { recursive: true, force: true });
});

const ask = async (path: string) => (await fetch(server.url + path)).json() as Promise<Record<string, never>>;

async function begin(chapter: string): Promise<string> {
  const response = await fetch(`${server.url}/v1/jobs/two-pass`, {
    method: "POST",
    body: JSON.stringify({
      chapter_id: chapter,
      input_dir: "data/pages",
      style_reference: "data/style.png",
      engine: "embedded",
      options: { seed_mode: "fixed", seed: 3 },
    }),
  });
  return ((await response.json()) as { job_id: string }).job_id;
}

interface Job {
  readonly status: string;
  readonly progress: { readonly pass2_done: number };
}

const until = (id: string, isReached: (job: Job) => boolean) =>
  expect
    .poll(async () => isReached((await ask(`/v1/jobs/${id}`)) as unknown as Job), {
      timeout: 50_000,
      interval: 20,
    })
    .toBe(true);

async function hashes(chapter: string): Promise<string[]> {
  const found: string[] = [];
  for (let page = 1; page <= PAGES; page++) {
    const response = await fetch(`${server.url}/v1/chapters/${chapter}/pages/${page}/colorized?download=1`);
    expect(response.status).toBe(200);
    const bytes = new Uint8Array(await response.arrayBuffer());
    found.push(createHash("sha256").update(bytes).digest("hex"));
  }
  return found;
}

/** When each file of the job's first pages was written, and where it lies on the disk: a file that is made anew has another. */
async function tracesOf(jobId: string, pages: number): Promise<Record<string, string>> {
  const folder = join(dataDir, "colorization", "jobs", jobId);
  const traces: Record<string, string> = {};
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const page = Number(/page_(\d{3})/.exec(name)?.[1] ?? Number.POSITIVE_INFINITY);
    if (page > pages) continue;
    const { mtimeNs, ino } = await stat(join(folder, name), { bigint: true });
    traces[name] = `${mtimeNs} ${ino}`;
  }
  return traces;
}

async function doneOf(jobId: string): Promise<number> {
  const { progress } = (await ask(`/v1/jobs/${jobId}`)) as unknown as Job;
  return progress.pass2_done;
}

/** Files of a page: original, mask, metadata, two runmetas, picture and three of the structure check. */
const FILES_PER_PAGE = 9;

test("a chapter that is killed in its middle goes on by itself, does no page twice and gives the same bytes", async () => {
  const straight = await begin("straight");
  await until(straight, ({ status }) => status === "completed");
  const expected = await hashes("straight");
  for (let round = 1; round <= ROUNDS; round++) {
    const chapter = `killed_${round}`;
    const id = await begin(chapter);
    // after the first page, the second, ... the fifth, and anew
    await until(id, ({ progress }) => progress.pass2_done >= 1 + ((round - 1) % (PAGES - 1)));
    const done = await doneOf(id);
    await server.end("SIGKILL");
    const before = await tracesOf(id, done);
    expect(Object.keys(before)).toHaveLength(FILES_PER_PAGE * done);
    await start();
    await until(id, ({ status }) => status === "completed");
    expect(await hashes(chapter)).toEqual(expected);
    expect(await tracesOf(id, done)).toEqual(before);
  }
}, 600_000);
