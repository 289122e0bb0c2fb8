import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import type { Picture } from "../../../algorithms/image/picture.ts";
import { outputOf } from "../../../ml/runtime/numeric-runtime.ts";
import { openThreadRuntime } from "../../../ml/runtime/thread-runtime.ts";
import { embedGraph } from "./embed-graph.ts";
import { openFb98Engine } from "./fb98-engine.ts";
import { lookAt } from "./look.ts";
import { RECIPE } from "./recipe.ts";

interface Packed {
  shape: number[];
  float32: string;
}
interface Vectors {
  patchStep: number;
  patches: Record<string, Packed>;
  heatStep: number;
  heat: Packed;
}
const file = new URL("../../../../tests/vectors/inspection-fb98.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vectors;
const unpacked = ({ float32 }: Packed) =>
  new Float32Array(new Uint8Array(Buffer.from(float32, "base64")).buffer);

const [WIDTH, HEIGHT] = [448, 48];
/** The reference's pictures: tiles, stripes and a ramp. */
function picture(number: number): Picture {
  const data = new Uint8Array(3 * WIDTH * HEIGHT);
  for (let at = 0; at < data.length; at++) {
    const [c, x, y] = [at % 3, Math.floor(at / 3) % WIDTH, Math.floor(at / 3 / WIDTH)];
    const tiles = ((Math.floor(x / (7 + number)) + Math.floor(y / 5) + number) % 2) * 120;
    const ramp = (x * 3 + y * 5 + c * 40 + number * 29 + Math.floor((x * y) / 64)) % 97;
    data[at] = (tiles + ramp) % 256;
  }
  return { width: WIDTH, height: HEIGHT, data };
}

/** Largest difference, relative to the largest value. */
function difference(found: Float32Array, known: Float32Array): number {
  expect(found).toHaveLength(known.length);
  const scale = Math.max(...known.map(Math.abs));
  return Math.max(...found.map((value, at) => Math.abs(value - (known[at] as number)))) / scale;
}

const settings = {
  engineId: "fb98",
  coresetRate: 1,
  keepEverything: true,
  ridge: false,
  pixelPercentile: 100,
  seed: 1,
};

describe("the engine against the NumPy reference", () => {
  const runtime = openThreadRuntime();
  const everyGrid = { ...RECIPE, grids: null };
  const engine = openFb98Engine(runtime, everyGrid);
  afterAll(() => runtime.close());

  it.each(["fine", "coarse", "half", "ridge"])("embeds the patches of the %s grid alike", async (name) => {
    const look = await lookAt(picture(2), { ...settings, ridge: true }, everyGrid);
    const { model } = embedGraph(look.size, look.options);
    const patches = outputOf(
      await runtime.run(model, { picture: look.tensor }),
      `${name}.patches`,
      "float32",
    );
    const known = vectors.patches[name] as Packed;
    const [, dim = 1] = known.shape;
    const every = patches.data.filter((_, at) => Math.floor(at / dim) % vectors.patchStep === 0);
    expect(difference(every, unpacked(known))).toBeLessThan(2e-4);
  });

  it("gives the same heat after a fit on the same pictures", async () => {
    const pictures = [0, 1].map((number) => ({
      contentHash: String(number),
      load: () => Promise.resolve(picture(number)),
    }));
    const memory = await engine.fit(pictures, settings);
    const { heat } = await engine.inspect(memory, picture(2));
    const every = heat.data.filter(
      (_, at) => (at % WIDTH) % vectors.heatStep === 0 && Math.floor(at / WIDTH) % vectors.heatStep === 0,
    );
    expect(difference(every, unpacked(vectors.heat))).toBeLessThan(1e-3);
  });
});
