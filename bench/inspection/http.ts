import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { discPng } from "../../tests/support/drawn-pictures.ts";
import { postForm, postJson } from "../../tests/support/requests.ts";
import { startServer } from "../../tests/support/server-process.ts";

/*
 * `/infer` as a client sees it: 448x448 PNG in, JSON with heatmap out, one request after the other, over HTTP, for
 * both presets and for a small and a full memory.   node bench/inspection/http.ts
 */

const REQUESTS = 40;
const WARM_UP = 5;
const FITS: readonly (readonly [string, number])[] = [
  ["1 picture", 1],
  ["20 pictures", 20],
];

for (const engine of ["fb98", "fb98-fast"]) {
  const dataDir = await mkdtemp(join(tmpdir(), "quatrain-http-"));
  const server = await startServer({ dataDir, environment: { QUATRAIN_INSPECTION_ENGINE: engine } });
  try {
    for (const [name, count] of FITS) {
      const roi = { role_id: "bench", roi_id: name };
      const images = await Promise.all(
        Array.from({ length: count }, (_, seed) => discPng(seed, undefined, 448)),
      );
      const fitted = await postForm(`${server.url}/fit_ok`, { ...roi, mm_per_px: 0.2, images });
      await postJson(`${server.url}/calibrate_ng`, { ...roi, ok_scores: [2] });
      const times: number[] = [];
      for (let index = 0; index < WARM_UP + REQUESTS; index++) {
        const image = await discPng(100 + (index % 4), index % 2 ? "scratch" : undefined, 448);
        const begun = performance.now();
        const { status } = await postForm(`${server.url}/infer`, { ...roi, mm_per_px: 0.2, image });
        if (status !== 200) throw new Error(`/infer answered ${status}`);
        if (index >= WARM_UP) times.push(performance.now() - begun);
      }
      times.sort((a, b) => a - b);
      const at = (share: number) => times[Math.floor(share * times.length)]!.toFixed(0).padStart(4);
      console.log(
        `${engine.padEnd(9)} ${String(fitted.body.coreset_size).padStart(5)} rows: fit ${String(fitted.body.elapsed_ms).padStart(5)} ms; /infer p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`,
      );
    }
  } finally {
    await server.end("SIGTERM");
    await rm(dataDir, { recursive: true, force: true });
  }
}
