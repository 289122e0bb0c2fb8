/**
 * The built-in engine, its parts and its options on twelve kinds of drawn parts with six kinds of flaw: image and pixel
 * figures a kind, beside the recipe as it ships. Sets 1 to 9 are for choosing, sets from 101 on for reporting.
 *
 *     node bench/inspection/drawn.ts --sets 101,102 [--kinds fabric,bolt] [--variants recipe,fast]
 */
import { parseArgs } from "node:util";
import { openThreadRuntime } from "../../src/ml/runtime/thread-runtime.ts";
import { openFb98Engine } from "../../src/systems/inspection/engine/fb98-engine.ts";
import type { FitSettings } from "../../src/systems/inspection/engine/port.ts";
import { RECIPE, type Recipe } from "../../src/systems/inspection/engine/recipe.ts";
import { turnedAndLit } from "./augmented-learner.ts";
import { colourLearner } from "./colour-learner.ts";
import { PART_KINDS } from "./drawn-parts/index.ts";
import { engineLearner, evaluate, type Learner, type Quality } from "./evaluate.ts";
import { drawnParts } from "./picture-sets.ts";

const { values } = parseArgs({
  options: {
    sets: { type: "string", default: "101,102" },
    kinds: { type: "string", default: "" },
    variants: { type: "string", default: "" },
    side: { type: "string", default: "448" },
  },
});
const COUNTS = { fit: 8, good: 8, badOfEach: 2 };
const SIZE = Number(values.side);
/** Beside a picture of 448 pixels; in a larger one flaws are as many pixels large, so a smaller part of it. */
const FLAW_SIZE = (0.8 * 448) / SIZE;

const runtime = openThreadRuntime();
const variants: readonly (readonly [string, Learner])[] = [
  ["recipe", engine()],
  ["without lines", engine({}, { ridge: false })],
  ["with coarse grid", engine({ grids: null })],
  ["three grids", engine({ grids: null }, { ridge: false })],
  ["one grid 448", engine({ grids: ["fine"] })],
  ["random bank", engine({ bank: "random" })],
  ["no density", engine({ densityWeight: 0 })],
  ["replicate padding", engine({ border: "replicate" })],
  ["random memory", engine({ bank: "random", densityWeight: 0, grids: ["fine"], border: "replicate" })],
  ["fast", engine({}, { engineId: "fb98-fast", ridge: false })],
  ["fast with lines", engine({}, { engineId: "fb98-fast" })],
  ["turned and lit", turnedAndLit(engine())],
  ["detail 2", engine({}, { detail: 2 })],
  ["fast detail 2", engine({}, { engineId: "fb98-fast", ridge: false, detail: 2 })],
  ["colours only", colourLearner(runtime)],
];

const wanted = (list: string, name: string) => list === "" || list.split(",").includes(name);
const chosen = variants.filter(([name]) => wanted(values.variants, name));
const found = new Map<string, Quality[]>(chosen.map(([name]) => [name, []]));
const sets = values.sets.split(",").map(Number);

console.log(`sets ${values.sets}: image AUROC (of faint flaws only) / pixel AUROC / pixel AP, percent`);
for (const kind of PART_KINDS.filter(({ name }) => wanted(values.kinds, name))) {
  const ofKind = new Map<string, Quality[]>(chosen.map(([name]) => [name, []]));
  for (const set of sets) {
    const pictures = drawnParts(kind, set, COUNTS, { size: SIZE, flawSize: FLAW_SIZE });
    for (const [name, learn] of chosen) ofKind.get(name)?.push(await evaluate(learn, pictures));
  }
  console.log(`\n${kind.name}`);
  for (const [name, qualities] of ofKind) {
    console.log(row(name, qualities));
    found.get(name)?.push(...qualities);
  }
}
console.log("\nall kinds");
for (const [name, qualities] of found) console.log(row(name, qualities));
const { user, system } = process.cpuUsage();
console.log(`\n${((user + system) / 1e6).toFixed(0)} CPU-s`);
await runtime.close();

function engine(recipe: Partial<Recipe> = {}, settings: Partial<FitSettings> = {}): Learner {
  return engineLearner(openFb98Engine(runtime, { ...RECIPE, ...recipe }), {
    engineId: "fb98",
    coresetRate: 0.1,
    keepEverything: false,
    ridge: true,
    pixelPercentile: 100,
    seed: 1,
    ...settings,
  });
}

function row(name: string, qualities: readonly Quality[]): string {
  const mean = (key: keyof Quality) => {
    const sum = qualities.reduce((total, quality) => total + quality[key], 0);
    return ((100 * sum) / qualities.length).toFixed(1).padStart(5);
  };
  return `  ${name.padEnd(20)} ${mean("image")} (${mean("faint")}) / ${mean("pixel")} / ${mean("pixelPrecision")}`;
}
