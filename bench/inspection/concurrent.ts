import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { discPng } from "../../tests/support/drawn-pictures.ts";
import { postForm, postJson } from "../../tests/support/requests.ts";
import { startServer } from "../../tests/support/server-process.ts";
import { cpuSeconds, memoryBytes } from "../process-figures.ts";

/*
 * `/infer` under many clients at once, each sending its next picture when the last is answered: throughput, p50 and p95
 * of a request, answers other than 200, the server's processor time an answer and its highest memory. A memory of 20
 * pictures of 448x448.   node bench/inspection/concurrent.ts [fb98|fb98-fast]
 */

const CLIENTS = [1, 2, 4, 8, 16, 64, 128];
const REQUESTS = 96;
const ROI = { role_id: "bench", roi_id: "1", mm_per_px: 0.2 };

const [engine = "fb98"] = process.argv.slice(2);
const dataDir = await mkdtemp(join(tmpdir(), "quatrain-concurrent-"));
const server = await startServer({ dataDir, environment: { QUATRAIN_INSPECTION_ENGINE: engine } });
try {
  const images = await Promise.all(Array.from({ length: 20 }, (_, seed) => discPng(seed, undefined, 448)));
  await postForm(`${server.url}/fit_ok`, { ...ROI, images });
  await postJson(`${server.url}/calibrate_ng`, { ...ROI, ok_scores: [2] });
  const seen = await Promise.all([0, 1, 2, 3].map((seed) => discPng(100 + seed, undefined, 448)));
  await load(4, 16, seen);
  console.log(`${engine}, ${REQUESTS} pictures or 4 a client`);
  for (const clients of CLIENTS) {
    const [cpu, begun] = [await cpuSeconds(server.process.pid), performance.now()];
    const { times, refused } = await load(clients, Math.max(REQUESTS, 4 * clients), seen);
    const seconds = (performance.now() - begun) / 1000;
    const each = (1000 * ((await cpuSeconds(server.process.pid)) - cpu)) / times.length;
    const at = (share: number) => `${times[Math.floor(share * times.length)]?.toFixed(0) ?? "-"} ms`;
    console.log(
      `${String(clients).padStart(3)} clients: ${(times.length / seconds).toFixed(1)} a second, p50 ${at(0.5)}, p95 ${at(0.95)}, ` +
        `${each.toFixed(0)} CPU-ms each, refused ${[...refused].map(([status, count]) => `${count} (${status})`).join(", ") || "none"}, ` +
        `${await peakMegabytes()} MB at most`,
    );
  }
} finally {
  await server.end("SIGTERM");
  await rm(dataDir, { recursive: true, force: true });
}

/** Milliseconds of the requests that were answered, in order, and how many were refused by which status. */
async function load(clients: number, requests: number, images: readonly Blob[]) {
  const times: number[] = [];
  const refused = new Map<string, number>();
  let next = 0;
  const client = async () => {
    while (next < requests) {
      const image = images[next++ % images.length]!;
      const begun = performance.now();
      const { status, body } = await postForm(`${server.url}/infer`, { ...ROI, image });
      const why = `${status} ${body.error?.code ?? body.error ?? ""}`.trim();
      if (status === 200) times.push(performance.now() - begun);
      else refused.set(why, (refused.get(why) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { times: times.sort((a, b) => a - b), refused };
}

async function peakMegabytes(): Promise<string> {
  return ((await memoryBytes(server.process.pid, "VmHWM")) / 1e6).toFixed(0);
}
