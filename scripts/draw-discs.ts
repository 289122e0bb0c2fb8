/**
 * Draws brake discs to try inspection with: `ok/` good ones, `ng/` bad ones, `new/` both, which nobody has seen.
 *
 *     ./quatrain npm exec -c "node scripts/draw-discs.ts"             into demo-output/discs/
 *     ./quatrain npm exec -c "node scripts/draw-discs.ts /elsewhere"
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFECT_KINDS, type DefectKind, drawDisc } from "../src/algorithms/image/drawn-discs/index.ts";
import { encodePng } from "../src/ml/images/edit-picture.ts";

const folder = process.argv[2] ?? "demo-output/discs";
for (let seed = 1; seed <= 20; seed++) await draw(`ok/${seed}.png`, seed);
for (const kind of DEFECT_KINDS) {
  for (const seed of [1_001, 1_002]) await draw(`ng/${kind}-${seed}.png`, seed, kind);
  await draw(`new/${kind}.png`, 3_000, kind);
}
await draw("new/good.png", 2_000);

async function draw(name: string, seed: number, defect?: DefectKind): Promise<void> {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, await encodePng(drawDisc(seed, { defect }).picture));
  console.log(path);
}
