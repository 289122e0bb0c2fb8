/**
 * What choosing a bank costs: greedy k-center with every distance computed, and with as few as are needed, on points
 * like tokens (40 groups of unequal size, each of 8 dimensions in many, with noise).
 *
 *     node bench/inspection/choosing.ts [points, 100000] [bank, 10000] [dimensions, 128] [sweep too: yes]
 */
import { seededRandom } from "../../src/algorithms/anomaly/seeded-random.ts";
import { openThreadRuntime } from "../../src/ml/runtime/thread-runtime.ts";
import { pickLazily } from "../../src/systems/inspection/engine/lazy-centres.ts";
import { ModelCache } from "../../src/systems/inspection/engine/model-cache.ts";
import { sweepCentres } from "../../src/systems/inspection/engine/sweep-centres.ts";

const [count = 100_000, size = 10_000, dim = 128] = process.argv.slice(2, 5).map(Number);
const GROUPS = 40;
const INNER = 8;
const points = drawPoints();
const runtime = openThreadRuntime();
const models = new ModelCache(8);

const lazily = await timed("as few as needed", () => pickLazily(points, dim, size, tools()));
if (process.argv[5] === "yes") {
  const swept = await timed("every distance", () => sweepCentres(points, dim, size, tools()));
  const known = new Set(swept);
  console.log(`the same points: ${lazily.filter((point) => known.has(point)).length} of ${size}`);
}
await runtime.close();

function tools() {
  return { runtime, models, random: seededRandom(1) };
}

function drawPoints(): Float32Array {
  const random = seededRandom(3);
  const normals = (length: number, scale: number) =>
    Float32Array.from({ length }, () => (scale * random.normal()) / Math.sqrt(dim));
  const groups = Array.from({ length: GROUPS }, () => ({
    axes: normals(INNER * dim, 0.5),
    middle: normals(dim, 1.5),
  }));
  const drawn = new Float32Array(count * dim);
  for (let point = 0; point < count; point++) {
    const { axes, middle } = groups[Math.floor(GROUPS * random.uniform() ** 2)]!;
    const place = Array.from({ length: INNER }, random.normal);
    const noise = normals(dim, 0.1);
    for (let axis = 0; axis < dim; axis++)
      drawn[point * dim + axis] = place.reduce(
        (sum, value, inner) => sum + value * axes[inner * dim + axis]!,
        middle[axis]! + noise[axis]!,
      );
  }
  return drawn;
}

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `${name.padEnd(18)} ${size} of ${count}: CPU ${((user + system) / 1e6).toFixed(1)} s, wall ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
  return result;
}
