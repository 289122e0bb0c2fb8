/**
 * How often the image-quality gate cries over good pictures, what it finds on spoilt ones, and what it costs beside an
 * inspection. Drawn discs; the gate learns from twenty good ones.
 *
 *     node bench/inspection/quality-gate.ts [good pictures, 300]
 */
import { drawDisc } from "../../src/algorithms/image/drawn-discs/index.ts";
import { type Spoiling, spoil } from "../../src/algorithms/image/drawn-discs/spoil.ts";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { QualityJudge } from "../../src/algorithms/image/quality/judge-quality.ts";
import { openThreadRuntime } from "../../src/ml/runtime/thread-runtime.ts";
import { openFb98Engine } from "../../src/systems/inspection/engine/fb98-engine.ts";
import { lookAtQuality } from "../../src/systems/inspection/quality/look-at-quality.ts";
import { QualityLearner } from "../../src/systems/inspection/quality/quality-learner.ts";

const GOOD = Number(process.argv[2] ?? 300);
const SPOILT = 20;
const LEARNT = 20;

const okPictures = Array.from({ length: LEARNT }, (_, seed) => drawDisc(seed).picture);
const learner = new QualityLearner(LEARNT);
for (const [index, picture] of okPictures.entries()) await learner.observe(index, String(index), picture);
const judge = new QualityJudge(learner.reference()!);
const faultsOf = async (picture: Picture) => judge.judge(await lookAtQuality(picture)).faults;

const alarms = new Map<string, number>();
for (let seed = 1_000; seed < 1_000 + GOOD; seed++)
  for (const fault of await faultsOf(drawDisc(seed).picture)) alarms.set(fault, (alarms.get(fault) ?? 0) + 1);
console.log(`good: ${GOOD} pictures, false alarms: ${JSON.stringify(Object.fromEntries(alarms))}`);

const spoilings: Spoiling[] = [
  ...[1, 2, 3].map((radius) => ({ kind: "blur" as const, radius })),
  ...[0.6, 0.8, 0.85, 1.15, 1.2, 1.5].map((gain) => ({ kind: "light" as const, gain })),
  ...[8, 13, 18, 27, 45].map((dx) => ({ kind: "shift" as const, dx, dy: 0 })),
];
for (const spoiling of spoilings) {
  let found = 0;
  for (let seed = 5_000; seed < 5_000 + SPOILT; seed++)
    if ((await faultsOf(spoil(drawDisc(seed).picture, spoiling))).length > 0) found++;
  console.log(`${JSON.stringify(spoiling).padEnd(44)} found ${found} of ${SPOILT}`);
}

for (const engineId of ["fb98", "fb98-fast"]) await compareCost(engineId);

async function compareCost(engineId: string): Promise<void> {
  const runtime = openThreadRuntime({ workers: 1, intraOpThreads: 1 });
  const engine = openFb98Engine(runtime);
  const memory = await engine.fit(
    okPictures.map((picture, index) => ({ contentHash: String(index), load: async () => picture })),
    {
      engineId,
      coresetRate: 0.1,
      keepEverything: false,
      ridge: engineId === "fb98",
      pixelPercentile: 100,
      seed: 1,
    },
  );
  const picture = drawDisc(77).picture;
  const inspect = await cpuOf(20, () => engine.inspect(memory, picture));
  const gate = await cpuOf(100, () => faultsOf(picture));
  console.log(
    `${engineId}: inspection ${inspect.toFixed(1)} ms CPU, gate ${gate.toFixed(2)} ms CPU (${((100 * gate) / inspect).toFixed(1)} %)`,
  );
  await runtime.close();
}

async function cpuOf(rounds: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / rounds;
}
