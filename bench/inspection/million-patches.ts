/**
 * Memory of a fit that sees a million patches: 977 pictures of 448x448, DINOv2's sizes, random weights. The network is
 * cut to its first blocks (argument, 1 unless given), because memory does not depend on their number and time does.
 *
 *     node bench/inspection/million-patches.ts [blocks] [pictures]
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawDisc } from "../../src/algorithms/image/drawn-discs/index.ts";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { DINOV2_MODELS } from "../../src/ml/backbones/dinov2/configuration.ts";
import { openThreadRuntime } from "../../src/ml/runtime/thread-runtime.ts";
import { openDinov2Engine } from "../../src/systems/inspection/engine/dinov2/dinov2-engine.ts";
import { drawnDinoFile } from "../../tests/support/drawn-dinov2.ts";
import { memoryBytes } from "../process-figures.ts";

const [blocks = 1, pictures = 977] = process.argv.slice(2).map(Number);
const [small] = DINOV2_MODELS;
if (small === undefined) throw new Error("there is no model");
// Three taps of as many numbers as the real ones, whatever the depth.
const taps = blocks >= 3 ? [blocks - 3, blocks - 2, blocks - 1] : [0];
const model = {
  ...small,
  id: "vit_cut",
  depth: blocks,
  dim: blocks >= 3 ? 384 : 1152,
  heads: blocks >= 3 ? 6 : 1,
  hidden: 384,
  taps,
};
const folder = mkdtempSync(join(tmpdir(), "quatrain-million-"));
const runtime = openThreadRuntime();
try {
  mkdirSync(join(folder, "timm"));
  writeFileSync(join(folder, "timm", "vit_cut.safetensors"), drawnDinoFile(model));
  const engine = openDinov2Engine(runtime, folder, [model]);
  const discs = Array.from({ length: 32 }, (_, seed) => drawDisc(seed).picture);
  const ok = Array.from({ length: pictures }, (_, index) => ({
    contentHash: String(index),
    load: async () => turnedRound(discs[index % discs.length]!, 5 * Math.floor(index / discs.length)),
  }));
  const settings = {
    engineId: model.id,
    coresetRate: 0.1,
    keepEverything: false,
    ridge: false,
    pixelPercentile: 99,
    seed: 1,
  };
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  let [choosing, heard] = [0, 0];
  const onProgress = (_: number, stage: string) => {
    if (stage === "choosing the bank" && choosing === 0) choosing = processorSeconds(cpu);
    if (pictures >= 10 && stage.startsWith("picture") && heard++ % Math.ceil(pictures / 10) === 0)
      console.log(`${stage}: ${residentMegabytes()} MB now, ${processorSeconds(cpu).toFixed(0)} CPU-s`);
  };
  const memory = await engine.fit(ok, settings, { onProgress });
  const total = processorSeconds(cpu);
  console.log(`${memory.embeddingCount} patches of ${pictures} pictures, ${memory.coresetSize} kept`);
  console.log(
    `CPU ${total.toFixed(1)} s, of it ${(total - choosing).toFixed(1)} s to choose the bank; wall ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
  console.log(`most memory of the process: ${await peakMegabytes()} MB`);
} finally {
  await runtime.close();
  rmSync(folder, { recursive: true, force: true });
}

/** The rows of a picture moved round by some pixels: other tokens, no time for drawing. */
function turnedRound({ width, height, data }: Picture, rows: number): Picture {
  const cut = 3 * width * rows;
  const moved = new Uint8Array(data.length);
  moved.set(data.subarray(cut));
  moved.set(data.subarray(0, cut), data.length - cut);
  return { width, height, data: moved };
}

function processorSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

function residentMegabytes(): string {
  return (process.memoryUsage.rss() / 1e6).toFixed(0);
}

async function peakMegabytes(): Promise<string> {
  return ((await memoryBytes("self", "VmHWM")) / 1e6).toFixed(0);
}
