import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { QuatrainClient } from "../../src/client/index.ts";
import * as contract from "../../src/contracts/colorization/index.ts";
import { encodePng, resizePicture } from "../../src/ml/images/edit-picture.ts";
import { zipStream } from "../../src/platform/archives/zip-stream.ts";
import { openComic } from "../../src/systems/colorization/files/comic/open-comic.ts";
import { comicPage, grayPage } from "../../tests/support/drawn-comics.ts";
import { startServer } from "../../tests/support/server-process.ts";
import { cpuSeconds, forgetPeak, memoryBytes } from "../process-figures.ts";
import { turnedGray, turnedScreentone } from "./gray-pages.ts";
import { readPairs } from "./pairs.ts";

/*
 * What a chapter costs a real server, over HTTP: processor time of the first and each further page of 975 x 1500 with
 * one reference, memory above rest, and a chapter of 20 pages as one cbz from upload to archive.
 * `strip`: gray strips for scrolling instead, 800 x 20,000 each, pages one below the other.
 *   node bench/colorization/chapter.ts [shaded|screentone|strip] [pages]
 */

const [kind = "shaded", pages = "20"] = process.argv.slice(2);
const SIZE = kind === "strip" ? { width: 800, height: 20_000 } : { width: 975, height: 1500 };
const PAGES = Number(pages);
/** As an eager client does: looking more often would be a good part of what it measures. */
const LOOK_EVERY_MS = 200;
const LIMITS = { maxPages: 2_000, maxPageBytes: 2 ** 26, maxBytes: 2 ** 32 };

const { drawn, reference } = await pictures();
const dataDir = await mkdtemp(join(tmpdir(), "quatrain-chapter-"));
const server = await startServer({ dataDir });
const client = new QuatrainClient({ baseUrl: server.url });
try {
  await delay(2_000);
  const restMiB = await memoryMiB("VmRSS");
  await forgetPeak(server.process.pid);
  const cbz = await packed(drawn);
  const begun = performance.now();
  const cpuBegun = await cpuSeconds(server.process.pid);
  const [pagesId, styleId] = [await upload("chapter.cbz", cbz), await upload("style.png", reference)];
  const uploaded = await cpuSeconds(server.process.pid);
  const { job_id } = await client.call(contract.twoPassJob, {
    chapter_id: "bench",
    input_dir: pagesId,
    style_reference: styleId,
    engine: "embedded",
    options: { seed_mode: "fixed", seed: 1 },
  });
  const perPage = await watch(job_id, uploaded);
  const archive = join(dataDir, "coloured.cbz");
  await writeFile(archive, await client.bytes(contract.colorizationArchive, { job_id }));
  const wall = (performance.now() - begun) / 1_000;
  const cpu = (await cpuSeconds(server.process.pid)) - cpuBegun;
  const opened = await openComic(archive, LIMITS);
  const count = opened.pages.length;
  opened.close();
  if (count !== PAGES) throw new Error(`the archive has ${count} pages, not ${PAGES}`);
  const [first = 0, ...further] = perPage;
  further.sort((a, b) => a - b);
  console.log(`${PAGES} ${kind} pages of ${SIZE.width} x ${SIZE.height}, one reference`);
  console.log(`first page, the reference with it: ${first.toFixed(2)} CPU-s`);
  if (further.length > 0)
    console.log(
      `each further page: median ${further[further.length >> 1]?.toFixed(2)} CPU-s, worst ${further.at(-1)?.toFixed(2)}`,
    );
  console.log(
    `memory: ${restMiB.toFixed(0)} MiB at rest, at most ${((await memoryMiB("VmHWM")) - restMiB).toFixed(0)} MiB above`,
  );
  console.log(
    `from upload to the archive: ${wall.toFixed(1)} s, ${cpu.toFixed(1)} CPU-s; archive of ${count} pages`,
  );
} finally {
  await server.end("SIGTERM");
  await rm(dataDir, { recursive: true, force: true });
}

/** Pages of the samples where they are, else drawn ones; and their reference as PNG. */
async function pictures(): Promise<{ drawn: Uint8Array[]; reference: Uint8Array }> {
  const pairs = (await readPairs(/E0/)).filter(({ name }) => name !== "comic");
  const turned = kind === "screentone" ? turnedScreentone : turnedGray;
  const sized = async (picture: Picture) => encodePng(await resizePicture(picture, SIZE));
  const found = pairs.length === 0 ? [comicPage(SIZE.width, SIZE.width)] : pairs.map(({ truth }) => truth);
  const sources = kind === "strip" ? [await stacked(found)] : found;
  const some = await Promise.all(
    sources.map((picture) => (pairs.length === 0 ? grayPage(picture) : turned(picture))).map(sized),
  );
  return {
    drawn: Array.from({ length: PAGES }, (_, at) => some[at % some.length] as Uint8Array),
    reference: await encodePng(
      await resizePicture(pairs[0]?.reference ?? comicPage(), { width: 975, height: 1500 }),
    ),
  };
}

/** Pages one below the other, over and over, as wide as a strip and as long. */
async function stacked(pages: readonly Picture[]): Promise<Picture> {
  const { width, height } = SIZE;
  const data = new Uint8Array(3 * width * height);
  for (let [top, at] = [0, 0]; top < height; at++) {
    const page = pages[at % pages.length] as Picture;
    const wide = { width, height: Math.round((page.height * width) / page.width) };
    const { data: rows } = await resizePicture(page, wide);
    data.set(rows.subarray(0, 3 * width * Math.min(wide.height, height - top)), 3 * width * top);
    top += wide.height;
  }
  return { width, height, data };
}

async function packed(files: readonly Uint8Array[]): Promise<Uint8Array> {
  const entries = files.map((bytes, at) => ({ path: `${at + 1}.png`, content: async () => [bytes] }));
  return Buffer.concat(await zipStream(entries).toArray());
}

async function upload(filename: string, bytes: Uint8Array): Promise<string> {
  const content = new Blob([new Uint8Array(bytes)]);
  return (await client.call(contract.uploadPages, {}, { file: [{ filename, content }] })).id;
}

/** Processor seconds of each page, as it is done. */
async function watch(jobId: string, from: number): Promise<number[]> {
  const spent: number[] = [];
  for (let before = from; ; ) {
    const { status, error, progress } = await client.call(contract.getColorizationJob, { job_id: jobId });
    if (progress.pass2_done > spent.length) {
      const now = await cpuSeconds(server.process.pid);
      const done = progress.pass2_done - spent.length;
      for (let page = 0; page < done; page++) spent.push((now - before) / done);
      before = now;
    }
    if (status === "completed") return spent;
    if (status === "failed" || status === "cancelled") throw new Error(error);
    await delay(LOOK_EVERY_MS);
  }
}

async function memoryMiB(line: "VmRSS" | "VmHWM"): Promise<number> {
  return (await memoryBytes(server.process.pid, line)) / 2 ** 20;
}
