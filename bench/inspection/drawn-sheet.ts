/**
 * Writes a contact sheet of the drawn parts, one row a kind: a good part, then one of each flaw.
 *
 *     node bench/inspection/drawn-sheet.ts sheet.png
 */
import { writeFileSync } from "node:fs";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { FLAWS, PART_KINDS, partDrawer } from "./drawn-parts/index.ts";

const SIZE = 224;
const GAP = 4;
const [file = "drawn-parts.png", set = "1", strength = "1"] = process.argv.slice(2);

const columns = FLAWS.length + 1;
const width = columns * (SIZE + GAP);
const data = new Uint8Array(3 * width * PART_KINDS.length * (SIZE + GAP)).fill(255);
PART_KINDS.forEach((kind, row) => {
  const draw = partDrawer(kind, Number(set));
  [undefined, ...FLAWS].forEach((flaw, column) => {
    const { picture } = draw({ seed: 50 + column, flaw, strength: Number(strength), size: SIZE });
    for (let y = 0; y < SIZE; y++) {
      const line = picture.data.subarray(3 * y * SIZE, 3 * (y + 1) * SIZE);
      data.set(line, 3 * ((row * (SIZE + GAP) + y) * width + column * (SIZE + GAP)));
    }
  });
});
writeFileSync(file, await encodePng({ width, height: PART_KINDS.length * (SIZE + GAP), data }));
