import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { comicPage, grayPage } from "../support/drawn-comics.ts";
import { type ServerProcess, startServer } from "../support/server-process.ts";

const PAGES = 4;
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

async function madeAt(chapter: string, page: number): Promise<string> {
  const runmeta = await ask(`/v1/chapters/${chapter}/pages/${page}/runmeta/pass2?download=1`);
  return (runmeta as unknown as { timestamp_utc: string }).timestamp_utc;
}

test("a chapter that is killed in its middle goes on by itself, does no page twice and gives the same bytes", async () => {
  const straight = await begin("straight");
  await until(straight, ({ status }) => status === "completed");
  const expected = await hashes("straight");
  for (let round = 1; round <= ROUNDS; round++) {
    const chapter = `killed_${round}`;
    const id = await begin(chapter);
    await until(id, ({ progress }) => progress.pass2_done >= 1);
    const first = await madeAt(chapter, 1);
    await server.end("SIGKILL");
    await start();
    await until(id, ({ status }) => status === "completed");
    expect(await hashes(chapter)).toEqual(expected);
    expect(await madeAt(chapter, 1)).toBe(first);
  }
}, 300_000);
