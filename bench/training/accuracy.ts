import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { resolveConfig } from "../../src/systems/training/config/resolve-config.ts";
import { listModels } from "../../src/systems/training/engine/models/catalogue.ts";
import type { TrainerEpoch, TrainerImage } from "../../src/systems/training/engine/port.ts";
import { runTrainer } from "../../src/systems/training/engine/run-trainer.ts";
import { drawSurface, SURFACES } from "./drawn-surfaces.ts";

/*
 * A small set as people have one: six kinds of defects of drawn sheets of metal, 20 pictures of 64 pixels a kind to learn
 * from, 50 others a kind to be judged by. Heads on fixed features beside networks that are trained whole; what each gets
 * right, and what it costs.   node bench/training/accuracy.ts [SEEDS]
 *
 * Linux: the trainers' CPU time is read in /proc.
 */

const SEEDS = Number(process.argv[2] ?? 3);
const [LEARNT, JUDGED, SIDE] = [20, 50, 64];
/** Batches of 16, the model's recommended learning rate, down a cosine after three epochs of warm-up. */
const SCHEDULER = { type: "cosine", eta_min: 1e-6, warmup_epochs: 3, warmup_lr: 1e-5 };
const MODELS: readonly (readonly [name: string, epochs: number])[] = [
  ["features_linear", 60],
  ["features_mlp", 60],
  ["cnn4", 40],
  ["tiny", 40],
];

const drawn = new Map<number, Promise<TrainerImage[]>>();
const folder = await mkdtemp(join(tmpdir(), "quatrain-accuracy-"));
try {
  console.log(
    `${SURFACES.length} kinds, ${LEARNT} pictures each of ${SIDE} px to learn, ${JUDGED} to judge, ${SEEDS} seeds, one thread\n`,
  );
  console.log("| model | parameters | epochs | accuracy, mean | least to most | CPU-s | seconds |");
  console.log("|---|---|---|---|---|---|---|");
  for (const [model, epochs] of MODELS) await compare(model, epochs);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function compare(model: string, epochs: number): Promise<void> {
  const runs = [];
  for (let seed = 0; seed < SEEDS; seed++) runs.push(await train(model, epochs, seed));
  const accuracies = runs.map(({ accuracy }) => 100 * accuracy);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const { parameterCount } = factsOf(model);
  console.log(
    `| ${model} | ${parameterCount.toLocaleString("en")} | ${epochs} | ${mean(accuracies).toFixed(1)} | ` +
      `${Math.min(...accuracies).toFixed(1)} to ${Math.max(...accuracies).toFixed(1)} | ` +
      `${mean(runs.map(({ cpu }) => cpu)).toFixed(1)} | ${mean(runs.map(({ wall }) => wall)).toFixed(1)} |`,
  );
}

async function train(model: string, epochs: number, seed: number) {
  const facts = factsOf(model);
  const { config } = resolveConfig(
    {
      framework: "quatrain",
      modelName: model,
      taskType: "image_classification",
      epochs,
      batchSize: 16,
      learningRate: facts.recommendedLearningRate,
      advanced: { seed, scheduler: SCHEDULER },
    },
    {
      numClasses: SURFACES.length,
      classes: SURFACES,
      defaultImageSize: facts.defaultImageSize,
      defaultMean: facts.mean,
      defaultStd: facts.std,
      imageSizes: facts.imageSizes,
      frozenByNature: facts.alwaysFrozen,
    },
  );
  const images = await drawnSet(seed);
  const workDir = await mkdtemp(join(folder, "work-"));
  const rows: TrainerEpoch[] = [];
  const never = new AbortController().signal;
  const [begun, cpuBefore] = [performance.now(), await childrensCpu()];
  const ended = await runTrainer(
    {
      jobId: 1,
      attempt: 1,
      config,
      classes: SURFACES,
      images,
      workDir,
      resumeFrom: null,
      initialWeights: null,
      threads: 1,
    },
    {
      onEvent: async (event) => {
        if (event.type === "epoch") rows.push(event);
      },
      stop: never,
      kill: never,
      graceMs: 1_000,
    },
  );
  if (ended.outcome !== "completed") throw new Error(JSON.stringify(ended));
  return {
    accuracy: rows.at(-1)?.accuracy ?? Number.NaN,
    cpu: (await childrensCpu()) - cpuBefore,
    wall: (performance.now() - begun) / 1_000,
  };
}

function factsOf(name: string) {
  const facts = listModels().find((model) => model.framework === "quatrain" && model.name === name);
  if (facts === undefined) throw new Error(`there is no model ${name}`);
  return facts;
}

/** Every seed has pictures of its own. */
function drawnSet(seed: number): Promise<TrainerImage[]> {
  const found = drawn.get(seed) ?? drawSet(seed);
  drawn.set(seed, found);
  return found;
}

async function drawSet(seed: number): Promise<TrainerImage[]> {
  const images: TrainerImage[] = [];
  for (const [label, kind] of SURFACES.entries()) {
    const place = join(folder, `set-${seed}`, kind);
    await mkdir(place, { recursive: true });
    for (let index = 0; index < LEARNT + JUDGED; index++) {
      const file = join(place, `${index}.png`);
      const picture = drawSurface(kind, 1e6 * (seed + 1) + 1e3 * label + index, SIDE);
      await writeFile(file, await encodePng(picture, 3));
      const split = index < LEARNT ? "train" : "val";
      images.push({ path: `${kind}/${index}.png`, file, split, label, boxes: [] });
    }
  }
  return images;
}

/** Seconds that processes of ours which have ended have computed. */
async function childrensCpu(): Promise<number> {
  const fields = (await readFile("/proc/self/stat", "utf8")).split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[13]) + Number(fields[14])) / 100;
}
