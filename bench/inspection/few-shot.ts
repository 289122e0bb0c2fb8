/**
 * How many good pictures are needed: the engine learns from 1 to 16, calibrates as `/calibrate_dataset` without NG does
 * (99 % of the scores of the good pictures, each without its own patches), and judges pictures that it has not seen.
 *
 *     node bench/inspection/few-shot.ts [--seeds 1,2,3] [--engine fb98]
 */
import { parseArgs } from "node:util";
import { auroc } from "../../src/algorithms/anomaly/auroc.ts";
import { calibrate } from "../../src/algorithms/anomaly/calibration.ts";
import { scoreHeat } from "../../src/algorithms/anomaly/score-heat.ts";
import { DEFECT_KINDS, drawDisc } from "../../src/algorithms/image/drawn-discs/index.ts";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { openThreadRuntime } from "../../src/ml/runtime/thread-runtime.ts";
import { openFb98Engine } from "../../src/systems/inspection/engine/fb98-engine.ts";
import { PART_KINDS } from "./drawn-parts/index.ts";
import { boards, drawnParts } from "./picture-sets.ts";

interface Shots {
  readonly fit: readonly Picture[];
  readonly good: readonly Picture[];
  readonly bad: readonly Picture[];
}

const COUNTS = [1, 2, 4, 8, 16];
const MOST = Math.max(...COUNTS);
const { values } = parseArgs({
  options: { seeds: { type: "string", default: "1,2,3" }, engine: { type: "string", default: "fb98" } },
});
const seeds = values.seeds.split(",").map(Number);
const settings = {
  engineId: values.engine,
  coresetRate: 0.1,
  keepEverything: false,
  ridge: values.engine === "fb98",
  pixelPercentile: 100,
  seed: 1,
};

const runtime = openThreadRuntime();
const engine = openFb98Engine(runtime);
await report("discs, faint flaws", async (seed) => discs(seed));
await report("circuit boards", boardShots);
for (const name of ["fabric", "connector"]) await report(`drawn: ${name}`, async (seed) => drawn(name, seed));
await runtime.close();

async function report(title: string, shotsOf: (seed: number) => Promise<Shots | null>): Promise<void> {
  console.log(`\n${title}: image AUROC, false alarms, found, percent; mean of ${seeds.length} seeds`);
  const rows = COUNTS.map((count) => ({ count, found: [] as Figures[] }));
  for (const seed of seeds) {
    const shots = await shotsOf(seed);
    if (shots === null) return console.log("  the pictures are absent");
    for (const { count, found } of rows) found.push(await figuresOf(shots, count));
  }
  for (const { count, found } of rows) {
    const mean = (key: keyof Figures) =>
      ((100 * found.reduce((sum, one) => sum + one[key], 0)) / found.length).toFixed(1);
    const judged =
      count === 1 ? "no threshold: one picture cannot be left out" : `${mean("alarms")}, ${mean("detected")}`;
    console.log(`  ${String(count).padStart(2)} good  ${mean("image")}, ${judged}`);
  }
}

interface Figures {
  readonly image: number;
  readonly alarms: number;
  readonly detected: number;
}

async function figuresOf({ fit, good, bad }: Shots, count: number): Promise<Figures> {
  const learnt = fit.slice(0, count);
  const ok = learnt.map((picture, index) => ({ contentHash: String(index), load: async () => picture }));
  const memory = await engine.fit(ok, settings);
  const scores = async (pictures: readonly Picture[], leftOut = false) => {
    const found = [];
    for (const [index, picture] of pictures.entries()) {
      const withoutSource = leftOut ? String(index) : undefined;
      found.push(scoreHeat((await engine.inspect(memory, picture, { withoutSource })).heat, null, 100));
    }
    return found;
  };
  const [goodScores, badScores] = [await scores(good), await scores(bad)];
  const image = auroc(goodScores, badScores) ?? Number.NaN;
  if (count === 1) return { image, alarms: Number.NaN, detected: Number.NaN };
  const threshold = calibrate(await scores(learnt, true), [], 99)?.threshold ?? Number.NaN;
  const share = (all: readonly number[]) => all.filter((score) => score > threshold).length / all.length;
  return { image, alarms: share(goodScores), detected: share(badScores) };
}

function discs(seed: number): Shots {
  const disc = (index: number) => drawDisc(1_000 * seed + index).picture;
  const flawed = (index: number) =>
    drawDisc(1_000 * seed + 500 + index, {
      defect: DEFECT_KINDS[index % DEFECT_KINDS.length],
      strength: 0.35,
    }).picture;
  const many = (count: number, draw: (index: number) => Picture) =>
    Array.from({ length: count }, (_, index) => draw(index));
  return { fit: many(MOST, disc), good: many(24, (index) => disc(100 + index)), bad: many(18, flawed) };
}

async function boardShots(seed: number): Promise<Shots | null> {
  const set = await boards(seed);
  if (set === null) return null;
  const good = [...set.fit, ...set.good];
  return { fit: good.slice(0, MOST), good: good.slice(MOST), bad: set.bad.map(({ picture }) => picture) };
}

function drawn(name: string, seed: number): Shots {
  const kind = PART_KINDS.find((one) => one.name === name);
  if (kind === undefined) throw new RangeError(`there is no part ${name}`);
  const counts = { fit: MOST, good: 24, badOfEach: 2 };
  const { fit, good, bad } = drawnParts(kind, 100 + seed, counts, { size: 448, flawSize: 0.8 });
  return { fit, good, bad: bad.map(({ picture }) => picture) };
}
