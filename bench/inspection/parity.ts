/**
 * The vision transformer at full size beside torch: the same random weights and picture, the greatest difference of the
 * tokens. Needs a Python with torch (`PYTHON`, /usr/bin/python3 unless given).
 *
 *     node bench/inspection/parity.ts
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DINOV2_MODELS } from "../../src/ml/backbones/dinov2/configuration.ts";
import { readDinoWeights } from "../../src/ml/backbones/dinov2/read-weights.ts";
import { tokenGraph } from "../../src/ml/backbones/dinov2/token-graph.ts";
import { evaluate } from "../../src/ml/runtime/compute.ts";
import { outputOf } from "../../src/ml/runtime/numeric-runtime.ts";
import { drawnDinoFile } from "../../tests/support/drawn-dinov2.ts";
import { hashedNumbers } from "../../tests/support/hashed-numbers.ts";

const SIDE = 448;
const SCRIPT = new URL("../../tests/vectors/regenerate-dinov2.py", import.meta.url).pathname;
const [small] = DINOV2_MODELS;
if (small === undefined) throw new Error("there is no model");

const folder = mkdtempSync(join(tmpdir(), "quatrain-parity-"));
try {
  const [weights, picture, tokens] = ["weights.safetensors", "picture.raw", "tokens.raw"].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const file = drawnDinoFile(small);
  const pixels = Uint8Array.from(
    hashedNumbers(0, SIDE * SIDE * 3, (uniform) => Math.floor((uniform + 1) * 127.99)),
  );
  writeFileSync(weights, file);
  writeFileSync(picture, pixels);
  const python = process.env.PYTHON ?? "/usr/bin/python3";
  execFileSync(python, [SCRIPT, "--full", weights, picture, tokens], { stdio: "inherit" });
  const theirs = new Float32Array(new Uint8Array(readFileSync(tokens)).buffer);

  const model = tokenGraph(small, readDinoWeights(file, small), { width: SIDE, height: SIDE });
  const outputs = await evaluate(model, {
    pictures: { type: "uint8", shape: [1, SIDE, SIDE, 3], data: pixels },
  });
  const ours = outputOf(outputs, "tokens", "float32").data;
  if (ours.length !== theirs.length) throw new Error(`${ours.length} numbers beside ${theirs.length}`);
  let [worst, squares, size] = [0, 0, 0];
  ours.forEach((value, at) => {
    const difference = Math.abs(value - (theirs[at] ?? Number.NaN));
    worst = Math.max(worst, difference);
    squares += difference ** 2;
    size += value ** 2;
  });
  const mean = (sum: number) => Math.sqrt(sum / ours.length);
  console.log(
    `${small.id} at ${SIDE}x${SIDE}, random weights, ${ours.length} numbers of root mean square ${mean(size).toFixed(2)}`,
  );
  console.log(
    `greatest difference from torch ${worst.toExponential(1)}, root mean square ${mean(squares).toExponential(1)}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
