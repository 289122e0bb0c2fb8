/**
 * How the grids' maps become one: the engine's own map of each grid alone, summed with other weights, normalised by the good
 * pictures' own maps (each scored without itself), the greatest instead of the sum, weights chosen by flaws pasted on the
 * good pictures. Sets 1 to 9 are for choosing, from 101 on for reporting; so are boards and discs 11 to 19, and 1 to 9.
 *
 *     node bench/inspection/combine.ts --sets 101,102 --splits 1,2,3 [--kinds fabric,bolt]
 */
import { parseArgs } from "node:util";
import { openThreadRuntime } from "../../src/ml/runtime/thread-runtime.ts";
import { PART_KINDS } from "./drawn-parts/index.ts";
import { COMBINATIONS, figuresOf } from "./grid-combinations.ts";
import { type GridMaps, mapGrids } from "./grid-maps.ts";
import { boards, drawnParts, faintDiscs, type PictureSet } from "./picture-sets.ts";

const { values } = parseArgs({
  options: {
    sets: { type: "string", default: "101" },
    splits: { type: "string", default: "1,2,3" },
    kinds: { type: "string", default: "" },
  },
});
const numbers = (list: string) => (list === "" ? [] : list.split(",").map(Number));
const COUNTS = { fit: 8, good: 8, badOfEach: 2 };
const OPTIONS = { size: 448, flawSize: 0.8 };

const runtime = openThreadRuntime();
const kinds = PART_KINDS.filter(({ name }) => values.kinds === "" || values.kinds.split(",").includes(name));
await report("circuit boards", numbers(values.splits), boards);
await report("drawn discs, faint flaws", numbers(values.splits), async (seed) => faintDiscs(seed));
await report(
  "drawn parts",
  numbers(values.sets).flatMap((set) => kinds.map((_, index) => 100 * set + index)),
  async (number) => drawnParts(kinds[number % 100]!, Math.floor(number / 100), COUNTS, OPTIONS),
);
await runtime.close();

/** One table: each combination's means over the sets, and what it gains on the first one. */
async function report(
  title: string,
  seeds: readonly number[],
  setOf: (seed: number) => Promise<PictureSet | null>,
): Promise<void> {
  const found = new Map<string, { image: number; pixel: number }[]>();
  for (const seed of seeds) {
    const pictures = await setOf(seed);
    if (pictures === null) return console.log(`\n${title}: the pictures are absent`);
    const maps: GridMaps = await mapGrids(runtime, pictures, seed);
    for (const [name, combine] of COMBINATIONS)
      found.set(name, [...(found.get(name) ?? []), figuresOf(maps, combine)]);
  }
  console.log(
    `\n${title}, ${seeds.length} sets: image / pixel AUROC in percent (gain by image, its standard error)`,
  );
  const [first] = found.values();
  for (const [name, figures] of found) {
    const gains = figures.map(({ image }, at) => image - first![at]!.image);
    const gain = meanOf(gains);
    const error = Math.sqrt(meanOf(gains.map((one) => (one - gain) ** 2)) / Math.max(1, gains.length - 1));
    const [image, pixel] = [meanOf(figures.map((one) => one.image)), meanOf(figures.map((one) => one.pixel))];
    const percent = (value: number) => (100 * value).toFixed(1);
    console.log(
      `  ${name.padEnd(38)} ${percent(image)} / ${percent(pixel)}  (${gain < 0 ? "" : "+"}${percent(gain)}, ${percent(error)})`,
    );
  }
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
