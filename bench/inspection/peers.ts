/**
 * A fit of 20 pictures of 448x448 and an inspection, beside PatchCore in plain torch and NumPy with the same vision
 * transformer and random weights, in one run: CPU-seconds, wall, ratios. Needs a Python with torch, NumPy and SciPy
 * (`PYTHON`, /usr/bin/python3 unless given).
 *
 *     node bench/inspection/peers.ts
 */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scoreHeat } from "../../src/algorithms/anomaly/score-heat.ts";
import { drawDisc } from "../../src/algorithms/image/drawn-discs/index.ts";
import { DINOV2_MODELS } from "../../src/ml/backbones/dinov2/configuration.ts";
import { openThreadRuntime } from "../../src/ml/runtime/thread-runtime.ts";
import { openEngines } from "../../src/systems/inspection/engine/engines.ts";
import { drawnDinoFile } from "../../tests/support/drawn-dinov2.ts";

const PICTURES = 20;
const ROUNDS = 10;
const PEER = new URL("peers.py", import.meta.url).pathname;

interface Cost {
  readonly cpu: number;
  readonly wall: number;
}
type Peer = Readonly<Record<"embedding" | "plain" | "products" | "inference", Cost>> & {
  readonly threads: number;
};

const [small] = DINOV2_MODELS;
if (small === undefined) throw new Error("there is no model");
const folder = mkdtempSync(join(tmpdir(), "quatrain-peers-"));
try {
  mkdirSync(join(folder, "timm"));
  const weights = join(folder, "timm", `${small.id}.safetensors`);
  const pictures = join(folder, "pictures.raw");
  const discs = Array.from({ length: PICTURES }, (_, seed) => drawDisc(seed).picture);
  writeFileSync(weights, drawnDinoFile(small));
  writeFileSync(pictures, Buffer.concat(discs.map(({ data }) => data)));
  const python = process.env.PYTHON ?? "/usr/bin/python3";
  const said = execFileSync(python, [PEER, weights, pictures, String(PICTURES)], { encoding: "utf8" });
  const peer = JSON.parse(said) as Peer;
  const fits = { plain: sum(peer.embedding, peer.plain), products: sum(peer.embedding, peer.products) };
  console.log(`torch and NumPy, ${peer.threads} threads`);
  row("fit, k-center by differences", fits.plain);
  row("fit, k-center by dot products", fits.products);
  row("inspection", peer.inference);

  for (const engineId of [small.id, "fb98", "fb98-fast"]) {
    const runtime = openThreadRuntime();
    const engine = await openEngines(runtime, folder);
    const pixelPercentile = engineId === small.id ? 99 : 100;
    const settings = {
      engineId,
      coresetRate: 0.1,
      keepEverything: false,
      ridge: engineId === "fb98",
      pixelPercentile,
      seed: 1,
    };
    const ok = discs.map((picture, index) => ({ contentHash: String(index), load: async () => picture }));
    // graphs and sessions are made once in a server's life
    const first = await engine.fit(ok.slice(0, 1), settings);
    await engine.inspect(first, discs[0]!);
    const [memory, fit] = await timed(() => engine.fit(ok, settings));
    await engine.inspect(memory, discs[0]!);
    const [, inspections] = await timed(async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const { heat } = await engine.inspect(memory, discs[round % PICTURES]!);
        scoreHeat(heat, null, pixelPercentile);
      }
    });
    const inspection = { cpu: inspections.cpu / ROUNDS, wall: inspections.wall / ROUNDS };
    console.log(`\n${engineId}, ${memory.coresetSize} rows`);
    row("fit", fit);
    console.log(
      `    CPU ${ratio(fits.plain.cpu, fit.cpu)} (differences), ${ratio(fits.products.cpu, fit.cpu)} (products) times less`,
    );
    row("inspection", inspection);
    const share = (part: "cpu" | "wall") =>
      `${(inspection[part] / peer.inference[part]).toFixed(2)} of the peer's (${ratio(peer.inference[part], inspection[part])} times faster)`;
    console.log(`    CPU ${share("cpu")}; wall ${share("wall")}`);
    await runtime.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function timed<T>(work: () => Promise<T>): Promise<[T, Cost]> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return [result, { cpu: (user + system) / 1e6, wall: (performance.now() - start) / 1000 }];
}

function sum(a: Cost, b: Cost): Cost {
  return { cpu: a.cpu + b.cpu, wall: a.wall + b.wall };
}

function row(name: string, { cpu, wall }: Cost): void {
  console.log(
    `  ${name.padEnd(32)} CPU ${cpu.toFixed(2).padStart(7)} s, wall ${wall.toFixed(2).padStart(7)} s`,
  );
}

function ratio(more: number, less: number): string {
  return (more / less).toFixed(1);
}
