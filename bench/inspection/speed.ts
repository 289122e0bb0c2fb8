/**
 * What a fit and an inspection cost: CPU-seconds and wall, and where the time of an inspection goes.
 *
 *     node bench/inspection/speed.ts
 */

import { scoreHeat } from "../../src/algorithms/anomaly/score-heat.ts";
import { drawDisc } from "../../src/algorithms/image/drawn-discs/index.ts";
import { heatmapBytes } from "../../src/algorithms/image/heatmap-bytes.ts";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { findRegions } from "../../src/algorithms/image/regions.ts";
import { decodePicture } from "../../src/ml/images/decode-picture.ts";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import type { NumericRuntime } from "../../src/ml/runtime/numeric-runtime.ts";
import { openThreadRuntime } from "../../src/ml/runtime/thread-runtime.ts";
import { openFb98Engine } from "../../src/systems/inspection/engine/fb98-engine.ts";
import type { MemoryModel } from "../../src/systems/inspection/engine/port.ts";

const PICTURES = 20;
const ROUNDS = 30;

const discs = Array.from({ length: PICTURES }, (_, seed) => drawDisc(seed).picture);
const bad = drawDisc(99, { defect: "scratch" }).picture;
const upload = await encodePng(bad);

for (const engineId of ["fb98", "fb98-fast"]) {
  const runtime = timed(openThreadRuntime());
  const engine = openFb98Engine(runtime);
  const settings = {
    engineId,
    coresetRate: 0.1,
    keepEverything: false,
    ridge: engineId === "fb98",
    pixelPercentile: 100,
    seed: 1,
  };
  const cpu = process.cpuUsage();
  const start = performance.now();
  const memory = await engine.fit(discs.map(asOk), settings);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (value: number) => `${(value / 1e6).toFixed(2)} s`;
  console.log(`\n${engineId}: fit of ${PICTURES} pictures of 448x448`);
  console.log(`  CPU ${seconds(user + system)}, wall ${seconds(1000 * (performance.now() - start))}`);
  console.log(
    `  ${memory.embeddingCount} patches, ${memory.coresetSize} kept, file ${engine.encode(memory).length} bytes`,
  );
  await inspections(engineId, memory, runtime, engine);
  await runtime.close();
}

async function inspections(
  engineId: string,
  memory: MemoryModel,
  runtime: ReturnType<typeof timed>,
  engine: ReturnType<typeof openFb98Engine>,
): Promise<void> {
  const steps = new Map<string, number[]>();
  const note = (step: string, ms: number) => steps.set(step, [...(steps.get(step) ?? []), ms]);
  const step = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    note(name, performance.now() - start);
    return result;
  };
  await engine.inspect(memory, bad);
  const cpu = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round++) {
    runtime.runs.length = 0;
    await step("all of it", async () => {
      const picture = await step("decode PNG", () =>
        decodePicture(upload, { maxBytes: 1e8, maxPixels: 1e8 }),
      );
      const { heat } = await step("inspect", () => engine.inspect(memory, picture));
      const score = await step("score", () => scoreHeat(heat, null, 100));
      const rules = { threshold: 0.7 * score, mmPerPx: 0.1, minAreaMm2: 1, maxRegions: 500 };
      await step("regions", () => findRegions(heat, null, rules));
      const gray = await step("heatmap bytes", () => heatmapBytes(heat, null));
      await step("heatmap PNG", () => encodePng(gray, 1));
    });
    for (const [name, ms] of runtime.runs) note(`  of it ${name}`, ms);
  }
  const { user, system } = process.cpuUsage(cpu);
  console.log(`${engineId}: inspection at 448x448, ${memory.coresetSize} rows, p50 of ${ROUNDS}`);
  for (const [name, times] of steps) console.log(`  ${name.padEnd(24)} ${median(times).toFixed(1)} ms`);
  console.log(`  CPU per inspection       ${((user + system) / 1000 / ROUNDS).toFixed(1)} ms`);
}

/** The runtime, with the name and the milliseconds of every run noted. */
function timed(runtime: NumericRuntime): NumericRuntime & { readonly runs: [string, number][] } {
  const runs: [string, number][] = [];
  return {
    runs,
    async run(model, feeds, options) {
      const start = performance.now();
      const outputs = await runtime.run(model, feeds, options);
      runs.push([model.name, performance.now() - start]);
      return outputs;
    },
    warm: (model, options) => runtime.warm(model, options),
    status: () => runtime.status(),
    close: () => runtime.close(),
  };
}

function asOk(picture: Picture, index: number) {
  return { contentHash: String(index), load: () => Promise.resolve(picture) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
