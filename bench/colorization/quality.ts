import { parseArgs } from "node:util";
import { colourPage } from "../../src/algorithms/colouring/colour-page.ts";
import { describeReferences } from "../../src/algorithms/colouring/describe-references.ts";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { preparePage } from "../../src/algorithms/page/prepare-page.ts";
import { structureCheck } from "../../src/algorithms/page/structure-check.ts";
import { luminanceTable, meanAndDeviation, oneTint } from "./baselines.ts";
import { turnedGray, turnedScreentone } from "./gray-pages.ts";
import { type Quality, qualityOf } from "./metrics.ts";
import { type Pair, readPairs } from "./pairs.ts";
import { writeSheet } from "./sheets.ts";

/**
 * How near colourings come to the truth: colour pages turned gray and turned screentone, coloured after a reference.
 *
 *     node bench/colorization/quality.ts [--only NAME] [--drawn shaded|screentone] [--crossed] [--sheets FOLDER]
 */

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    drawn: { type: "string" },
    crossed: { type: "boolean", default: false },
    sheets: { type: "string" },
    seed: { type: "string" },
  },
});

const DRAWN: Record<string, (page: Picture) => Picture> = {
  shaded: turnedGray,
  screentone: turnedScreentone,
};
const METHODS: Record<string, (page: Picture, reference: Picture) => Picture> = {
  gray: (page) => page,
  "one tint": oneTint,
  "luminance table": luminanceTable,
  "mean, deviation": meanAndDeviation,
  ours,
};

const pairs = await readPairs(new RegExp(values.only ?? ""), values.crossed);
if (pairs.length === 0) console.log("No samples at ../shared/samples/colorization: nothing to measure.");
for (const drawn of Object.keys(DRAWN)) if ((values.drawn ?? drawn) === drawn) await measure(drawn);

async function measure(drawn: string): Promise<void> {
  const found = new Map<string, Quality[]>();
  for (const pair of pairs) {
    const page = (DRAWN[drawn] as (page: Picture) => Picture)(pair.truth);
    for (const [method, colour] of Object.entries(METHODS)) {
      const result = colour(page, pair.reference);
      const quality = qualityOf(result, pair.truth);
      found.set(method, [...(found.get(method) ?? []), quality]);
      print(`${drawn} ${pair.name}`, method, quality);
      if (method === "ours" && values.sheets !== undefined)
        await sheet(values.sheets, drawn, pair, page, result);
    }
  }
  for (const [method, qualities] of found)
    print(`${drawn}, mean of ${pairs.length}`, method, meanOf(qualities));
}

function sheet(
  folder: string,
  drawn: string,
  { name, reference, truth }: Pair,
  page: Picture,
  result: Picture,
) {
  return writeSheet(folder, `${drawn}-${name}`, [page, reference, result, truth]);
}

function ours(page: Picture, reference: Picture): Picture {
  const seed = Number(values.seed ?? 1);
  const start = process.cpuUsage();
  const prepared = preparePage(page);
  const readied = process.cpuUsage(start).user;
  const references = describeReferences([reference], [prepared.kind], seed);
  const described = process.cpuUsage(start).user;
  const { picture, regions, confidence } = colourPage({
    page,
    prepared,
    references,
    strength: 1,
    seed,
    hints: [],
    exemplars: [],
  });
  const { user } = process.cpuUsage(start);
  const seconds = (micros: number) => (micros / 1e6).toFixed(2);
  console.log(
    `  ${prepared.kind}: ${regions} regions, confidence ${confidence.toFixed(2)}; CPU-s: page prepared ${seconds(readied)},`,
    `reference ${seconds(described - readied)}, coloured ${seconds(user - described)}`,
  );
  const { hasAlert, panels } = structureCheck(page, picture, prepared);
  const worst = Math.max(0, ...panels.map(({ affectedPercent }) => affectedPercent));
  console.log(
    `  ${hasAlert ? "STRUCTURAL ALERT" : "no structural alert"}: of the worst panel ${worst.toFixed(1)} % is near lost or added lines`,
  );
  return picture;
}

function meanOf(qualities: readonly Quality[]): Quality {
  const mean = (part: keyof Quality) =>
    qualities.reduce((sum, quality) => sum + quality[part], 0) / qualities.length;
  return {
    psnr: mean("psnr"),
    ssim: mean("ssim"),
    difference: mean("difference"),
    hue: mean("hue"),
    colourfulness: mean("colourfulness"),
  };
}

function print(of: string, method: string, { psnr, ssim, difference, hue, colourfulness }: Quality): void {
  console.log(
    `${of.padEnd(24)} ${method.padEnd(16)} PSNR ${psnr.toFixed(2).padStart(5)}  SSIM ${ssim.toFixed(3)}  dE2000 ${difference.toFixed(2).padStart(5)}`,
    ` hue ${hue.toFixed(3)}  colourfulness ${colourfulness.toFixed(1).padStart(5)}`,
  );
}
