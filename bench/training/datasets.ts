import { once } from "node:events";
import { existsSync, openAsBlob } from "node:fs";
import { mkdir, mkdtemp, open, rename, rm } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { Worker } from "node:worker_threads";
import sharp from "sharp";
import { zipStream } from "../../src/platform/archives/zip-stream.ts";
import { postForm, postJson, send } from "../../tests/support/requests.ts";
import { startServer } from "../../tests/support/server-process.ts";
import { cpuSeconds, forgetPeak, memoryBytes } from "../process-figures.ts";
import { drawSurface, SURFACES } from "./drawn-surfaces.ts";

/*
 * A dataset of many drawn pictures as one zip archive over HTTP: how long until it is stored, what the server's process
 * takes meanwhile and how soon it still answers; then lists, pages and checks of it among 200 others, and its end.
 *   node bench/training/datasets.ts [PICTURES] [FOLDER]      10,000, the archive drawn once into /tmp/quatrain-datasets
 *
 * Linux: memory is read in /proc.
 */

const PICTURES = Number(process.argv[2] ?? 10_000);
const FOLDER = process.argv[3] ?? "/tmp/quatrain-datasets";
const CLASSES = 10;
const OTHERS = 200;
const READS = 200;
const PASSWORD = "a long password of the bench";

const archive = await drawnArchive();
const dataDir = await mkdtemp(join(tmpdir(), "quatrain-bench-"));
const server = await startServer({
  dataDir,
  environment: { QUATRAIN_ADMIN_PASSWORD: PASSWORD, QUATRAIN_RATE_LIMIT: "0" },
  options: ["--only", "training"],
});
try {
  const api = `${server.url}/api/v1`;
  const credentials = { email: "admin@localhost", password: PASSWORD };
  const { access_token: token } = (await postJson(`${api}/auth/login`, credentials)).body;
  const headers = { authorization: `Bearer ${token}` };
  await makeOthers(api, headers);
  const id = await measureUpload(api, headers);
  await measureReads(api, headers, id);
  await measureWork(`GET .../check`, () => send("GET", `${api}/datasets/${id}/check`, headers));
  const form = { files: await onePicture(), class_name: "class-1" };
  await measureWork("one more picture", () => postForm(`${api}/datasets/${id}/files`, form, headers));
  await measureWork("DELETE", () => send("DELETE", `${api}/datasets/${id}`, headers));
} finally {
  await server.end("SIGTERM");
  await rm(dataDir, { recursive: true, force: true });
}

async function measureUpload(api: string, headers: Record<string, string>): Promise<string> {
  await postForm(`${api}/datasets`, { name: "warm-up", files: await onePicture() }, headers);
  const { pid } = server.process;
  const before = (await memoryBytes(pid, "VmRSS")) / 1e6;
  await forgetPeak(pid);
  const cpuBefore = await cpuSeconds(pid);
  const watch = await watchLife(server.url);
  const form = new FormData();
  form.append("name", "large");
  form.append("format", "imagefolder");
  form.append("files", await openAsBlob(archive), "large.zip");
  let answer: { id: string; image_count: number; total_size_bytes: number } | undefined;
  const took = await timed(async () => {
    answer = (await postPatiently(`${api}/datasets`, form, headers)) as typeof answer;
  });
  const answers = await watch();
  const cpu = (await cpuSeconds(pid)) - cpuBefore;
  const above = (await memoryBytes(pid, "VmHWM")) / 1e6 - before;
  const seconds = took / 1_000;
  if (answer === undefined || answer.image_count !== PICTURES) throw new Error("pictures are missing");
  const megabytes = answer.total_size_bytes / 1e6;
  console.log(
    `upload of ${PICTURES} pictures, ${megabytes.toFixed(0)} MB: ${seconds.toFixed(1)} s, ${(PICTURES / seconds).toFixed(0)} pictures a second, ` +
      `${cpu.toFixed(1)} CPU-s, peak ${above.toFixed(0)} MB above ${before.toFixed(0)} MB`,
  );
  report("GET /_/livez meanwhile", answers);
  return answer.id;
}

async function measureReads(api: string, headers: Record<string, string>, id: string): Promise<void> {
  const reads: readonly (readonly [string, string, number])[] = [
    ["GET datasets, 50 of 202", "/datasets", READS],
    ["GET datasets, search", "/datasets?search=number%2017", READS],
    ["GET datasets/{id}", `/datasets/${id}`, READS],
    ["GET .../images, first 50", `/datasets/${id}/images`, READS],
    ["... last 50 of a class", `/datasets/${id}/images?label=class-3&skip=950`, READS],
    ["... skip 9,900", `/datasets/${id}/images?skip=${PICTURES - 100}`, READS],
    ["GET .../check", `/datasets/${id}/check`, 20],
    ["GET .../check?near=false", `/datasets/${id}/check?near=false`, 20],
  ];
  for (const [name, path, count] of reads) {
    const times: number[] = [];
    for (let index = 0; index < count; index++)
      times.push(
        await timed(async () => {
          const { status } = await send("GET", api + path, headers);
          if (status !== 200) throw new Error(`${path}: ${status}`);
        }),
      );
    report(name, times);
  }
}

/** Something that takes long, and how soon the server answers others meanwhile. */
async function measureWork(name: string, work: () => Promise<{ readonly status: number }>): Promise<void> {
  const watch = await watchLife(server.url);
  const took = await timed(async () => {
    const { status } = await work();
    if (status !== 200) throw new Error(`${name}: ${status}`);
  });
  console.log(`${name}: ${(took / 1_000).toFixed(2)} s`);
  report("GET /_/livez meanwhile", await watch());
}

async function makeOthers(api: string, headers: Record<string, string>): Promise<void> {
  for (let index = 0; index < OTHERS; index++) {
    const fields = {
      name: `set number ${index}`,
      files: await onePicture(index),
      paths: `class-${index % 7}/1.png`,
    };
    const { status } = await postForm(`${api}/datasets`, fields, headers);
    if (status !== 201) throw new Error(`${status}`);
  }
}

async function onePicture(seed = 0): Promise<Blob> {
  return new Blob([new Uint8Array(await encoded(9_000_000 + seed))]);
}

/** Posts a form and waits for the answer as long as it takes: `fetch` gives up after five minutes. */
async function postPatiently(url: string, form: FormData, headers: Record<string, string>): Promise<unknown> {
  const { body, headers: encoded } = new Response(form);
  const sent = request(url, {
    method: "POST",
    headers: { ...headers, "content-type": encoded.get("content-type") ?? "" },
  });
  const responded = once(sent, "response") as Promise<[IncomingMessage]>;
  await pipeline(Readable.fromWeb(body as ReadableStream), sent);
  const [response] = await responded;
  const answer = await json(response);
  if (response.statusCode !== 201) throw new Error(JSON.stringify(answer));
  return answer;
}

/** A JPEG or PNG file of 64 to 128 pixels. */
function encoded(seed: number): Promise<Buffer> {
  const side = 64 + ((seed * 37) % 65);
  const { data } = drawSurface(SURFACES[seed % SURFACES.length] ?? "pits", seed, side);
  const image = sharp(data, { raw: { width: side, height: side, channels: 3 } });
  return (seed % 2 === 0 ? image.jpeg({ quality: 85 }) : image.png()).toBuffer();
}

async function drawnArchive(): Promise<string> {
  const path = join(FOLDER, `${PICTURES}.zip`);
  if (existsSync(path)) return path;
  await mkdir(FOLDER, { recursive: true });
  const entries = Array.from({ length: PICTURES }, (_, seed) => ({
    path: `large/class-${seed % CLASSES}/${seed}.${seed % 2 === 0 ? "jpg" : "png"}`,
    content: async () => [await encoded(seed)],
  }));
  const file = await open(`${path}.part`, "w");
  await pipeline(zipStream(entries), file.createWriteStream());
  await rename(`${path}.part`, path);
  return path;
}

/** Asks the server whether it lives until the returned function is called, which says how long each answer took. */
async function watchLife(url: string): Promise<() => Promise<number[]>> {
  const worker = new Worker(new URL("./livez-thread.ts", import.meta.url), { workerData: { url } });
  await once(worker, "message");
  const times = once(worker, "message") as Promise<[number[]]>;
  times.catch(() => undefined); // where the server ends first, its own fault is shown
  return async () => {
    worker.postMessage("end");
    return (await times)[0];
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function report(name: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    `${sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]?.toFixed(1)} ms`;
  console.log(
    `${name.padEnd(28)} p50 ${at(0.5).padStart(9)}  p95 ${at(0.95).padStart(9)}  p99 ${at(0.99).padStart(9)}  most ${at(1)}`,
  );
}
