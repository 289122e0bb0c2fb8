/**
 * The recipe of fb98 beside its parts switched off one by one: image and pixel AUROC over three seeds.
 *
 *     node bench/inspection/recipe.ts [--seeds 1,2,3] [--variants "the recipe,three grids without lines"]
 */
import { parseArgs } from "node:util";
import { openThreadRuntime } from "../../src/ml/runtime/thread-runtime.ts";
import { openFb98Engine } from "../../src/systems/inspection/engine/fb98-engine.ts";
import { RECIPE, type Recipe } from "../../src/systems/inspection/engine/recipe.ts";
import { engineLearner, evaluate, type Quality } from "./evaluate.ts";
import { boards, faintDiscs, type PictureSet } from "./picture-sets.ts";

interface Variant {
  readonly name: string;
  readonly recipe?: Partial<Recipe>;
  readonly engineId?: string;
  /** Lines join; true when absent. */
  readonly ridge?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { name: "the recipe" },
  { name: "without lines", ridge: false },
  { name: "with the coarse grid", recipe: { grids: null } },
  { name: "three grids without lines", recipe: { grids: null }, ridge: false },
  { name: "one grid (448)", recipe: { grids: ["fine"] } },
  { name: "random bank", recipe: { bank: "random" } },
  { name: "no density correction", recipe: { densityWeight: 0 } },
  { name: "replicate padding", recipe: { border: "replicate" } },
  { name: "fast (one grid, 224)", engineId: "fb98-fast", ridge: false },
  { name: "fast with lines", engineId: "fb98-fast" },
];
const { values } = parseArgs({
  options: { seeds: { type: "string", default: "1,2,3" }, variants: { type: "string", default: "" } },
});
const SEEDS = values.seeds.split(",").map(Number);
const chosen = VARIANTS.filter(
  ({ name }) => values.variants === "" || values.variants.split(",").includes(name),
);

const runtime = openThreadRuntime();
const sets: [string, (seed: number) => Promise<PictureSet | null>][] = [
  ["circuit boards", boards],
  ["drawn discs, faint flaws", (seed) => Promise.resolve(faintDiscs(seed))],
];
for (const [name, setOf] of sets) {
  console.log(`\n${name}: image AUROC / pixel AUROC in percent, mean of ${SEEDS.length} seeds [each seed]`);
  for (const variant of chosen) {
    const found = await measured(variant, setOf);
    console.log(found === null ? "  the pictures are absent" : row(variant.name, found));
    if (found === null) break;
  }
}
await runtime.close();

async function measured(
  { recipe, engineId = "fb98", ridge = true }: Variant,
  setOf: (seed: number) => Promise<PictureSet | null>,
): Promise<Quality[] | null> {
  const engine = openFb98Engine(runtime, { ...RECIPE, ...recipe });
  const found: Quality[] = [];
  for (const seed of SEEDS) {
    const set = await setOf(seed);
    if (set === null) return null;
    const settings = { engineId, coresetRate: 0.1, keepEverything: false, ridge, pixelPercentile: 100, seed };
    found.push(await evaluate(engineLearner(engine, settings), set));
  }
  return found;
}

function row(name: string, found: readonly Quality[]): string {
  const percent = (value: number) => (100 * value).toFixed(1);
  const mean = (pick: (quality: Quality) => number) =>
    percent(found.reduce((sum, quality) => sum + pick(quality), 0) / found.length);
  const each = found.map(({ image, pixel }) => `${percent(image)}/${percent(pixel)}`).join(" ");
  return `  ${name.padEnd(24)} ${mean(({ image }) => image)} / ${mean(({ pixel }) => pixel)}   [${each}]`;
}
