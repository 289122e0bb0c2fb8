import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawnDinoFile } from "../../../../../tests/support/drawn-dinov2.ts";
import { scoreHeat } from "../../../../algorithms/anomaly/score-heat.ts";
import { drawDisc } from "../../../../algorithms/image/drawn-discs/index.ts";
import type { Picture } from "../../../../algorithms/image/picture.ts";
import type { DinoConfiguration } from "../../../../ml/backbones/dinov2/configuration.ts";
import { openThreadRuntime } from "../../../../ml/runtime/thread-runtime.ts";
import { joinEngines } from "../engines.ts";
import { openFb98Engine } from "../fb98-engine.ts";
import type { FitSettings, InspectionEngine, MemoryModel } from "../port.ts";
import { openDinov2Engine } from "./dinov2-engine.ts";

/** A network so small that random weights answer in a moment. */
const TINY: DinoConfiguration = {
  id: "vit_tiny",
  dim: 12,
  heads: 2,
  depth: 2,
  hidden: 24,
  registers: 4,
  patch: 14,
  trainedGrid: 9,
  taps: [0, 1],
};
const SETTINGS: FitSettings = {
  engineId: TINY.id,
  coresetRate: 0.1,
  keepEverything: false,
  ridge: false,
  pixelPercentile: 99,
  seed: 1,
};

const runtime = openThreadRuntime({ intraOpThreads: 1 });
let folder: string;
let weights: string;
let engine: InspectionEngine;
let memory: MemoryModel;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "quatrain-weights-"));
  await mkdir(join(folder, "timm"));
  weights = join(folder, "timm", `${TINY.id}.safetensors`);
  await writeFile(weights, drawnDinoFile(TINY));
  engine = openDinov2Engine(runtime, folder, [TINY]);
  memory = await engine.fit([0, 1, 2].map(disc), SETTINGS);
});
afterAll(async () => {
  await runtime.close();
  await rm(folder, { recursive: true, force: true });
});

function disc(seed: number) {
  return { contentHash: `disc ${seed}`, load: async () => drawDisc(seed).picture };
}

/** A gray plane with a dark square somewhere. */
function plate(width: number, height: number, spot?: { x: number; y: number; size: number }): Picture {
  const data = new Uint8Array(width * height * 3).fill(170);
  if (spot !== undefined)
    for (let y = spot.y; y < spot.y + spot.size; y++)
      data.fill(20, 3 * (y * width + spot.x), 3 * (y * width + spot.x + spot.size));
  return { width, height, data };
}

const plateOk = (width: number, height: number, name: string) => ({
  contentHash: name,
  load: async () => plate(width, height),
});

describe("a fit", () => {
  it("keeps the asked share of the tokens, each with its picture, and says which weights made them", () => {
    expect(memory).toMatchObject({ engineId: TINY.id, tokenShape: [32, 32], embeddingCount: 3072 });
    expect(memory.coresetSize).toBe(308);
    expect(memory.sources).toEqual(["disc 0", "disc 1", "disc 2"]);
  });

  it("remembers no padding: of a strip only the patches that show it", async () => {
    const strip = await engine.fit([plateOk(400, 100, "strip")], { ...SETTINGS, coresetRate: 1 });
    expect(strip).toMatchObject({ tokenShape: [8, 32], embeddingCount: 256, coresetSize: 256 });
  });

  it("keeps everything when told so", async () => {
    const settings = { ...SETTINGS, coresetRate: 1, keepEverything: true };
    expect((await engine.fit([disc(0)], settings)).coresetSize).toBe(1024);
  });

  it("makes the same bytes of the same pictures", async () => {
    const again = await engine.fit([0, 1, 2].map(disc), SETTINGS);
    expect(Buffer.from(engine.encode(again)).equals(engine.encode(memory))).toBe(true);
  });

  it("loads one picture at a time, tells how far it is, and ends when it is cancelled", async () => {
    const seen: number[] = [];
    const stop = new AbortController();
    const onProgress = (fraction: number) => {
      seen.push(fraction);
      if (seen.length === 3) stop.abort();
    };
    const fit = engine.fit([0, 1, 2, 3].map(disc), SETTINGS, { signal: stop.signal, onProgress });
    await expect(fit).rejects.toMatchObject({ code: "cancelled" });
    expect(seen).toEqual([0, 0.225, 0.45]);
  });

  it("refuses to learn from nothing, and pictures without content by their name", async () => {
    await expect(engine.fit([], SETTINGS)).rejects.toMatchObject({ code: "no_images" });
    const thin = { contentHash: "thin", name: "thin.png", load: async () => plate(7, 100) };
    await expect(engine.fit([thin], SETTINGS)).rejects.toThrow(/thin\.png.*7x100/);
  });
});

describe("an inspection", () => {
  it("finds nothing in a picture of the memory when everything was kept", async () => {
    const all = await engine.fit([disc(0)], { ...SETTINGS, coresetRate: 1, keepEverything: true });
    const { heat } = await engine.inspect(all, drawDisc(0).picture);
    expect(scoreHeat(heat, null, 100)).toBeLessThan(2e-3);
  });

  it("puts the heat where the defect is, also on pictures that are not square", async () => {
    for (const [width, height, spot] of [
      [400, 400, { x: 280, y: 60, size: 40 }],
      [500, 200, { x: 420, y: 20, size: 30 }],
      [200, 500, { x: 20, y: 430, size: 30 }],
    ] as const) {
      const plates = await engine.fit([plateOk(width, height, "plate")], { ...SETTINGS, coresetRate: 1 });
      const { heat } = await engine.inspect(plates, plate(width, height, spot));
      expect([heat.width, heat.height, heat.data.length]).toEqual([width, height, width * height]);
      const peak = heat.data.indexOf(heat.data.reduce((most, value) => Math.max(most, value), 0));
      const [x, y] = [peak % width, Math.floor(peak / width)];
      const patch = (14 * Math.max(width, height)) / 448;
      expect(x).toBeGreaterThan(spot.x - patch);
      expect(x).toBeLessThan(spot.x + spot.size + patch);
      expect(y).toBeGreaterThan(spot.y - patch);
      expect(y).toBeLessThan(spot.y + spot.size + patch);
    }
  });

  it("scores a picture of the memory higher without its own patches", async () => {
    const picture = drawDisc(1).picture;
    const own = scoreHeat((await engine.inspect(memory, picture)).heat, null, 99);
    const others = scoreHeat(
      (await engine.inspect(memory, picture, { withoutSource: "disc 1" })).heat,
      null,
      99,
    );
    expect(others).toBeGreaterThan(own);
    const alone = await engine.fit([disc(1)], SETTINGS);
    await expect(engine.inspect(alone, picture, { withoutSource: "disc 1" })).rejects.toMatchObject({
      code: "too_few_ok_pictures",
    });
  });

  it("scores the same with a memory that was written and read back", async () => {
    const picture = drawDisc(7, { defect: "scratch" }).picture;
    const back = engine.decode(engine.encode(memory));
    const [first, second] = [await engine.inspect(memory, picture), await engine.inspect(back, picture)];
    expect(second.heat.data).toEqual(first.heat.data);
  });
});

it("scores about the same in 8 bits, with a memory that is its own", async () => {
  const settings = { ...SETTINGS, engineId: `${TINY.id}-int8` };
  const small = await engine.fit([0, 1, 2].map(disc), settings);
  const picture = drawDisc(7, { defect: "scratch" }).picture;
  const score = async (model: MemoryModel) =>
    scoreHeat((await engine.inspect(model, picture)).heat, null, 99);
  const [whole, eighth] = [await score(memory), await score(small)];
  expect(Math.abs(eighth - whole)).toBeLessThan(0.1 * whole);
  expect(eighth).not.toBe(whole);
});

describe("engines side by side", () => {
  it("score a memory with the one that made it, and refuse those of others", async () => {
    const both = await joinEngines([engine, openFb98Engine(runtime)]);
    expect((await both.backbones()).map(({ id, isInstalled }) => [id, isInstalled])).toEqual([
      [TINY.id, true],
      [`${TINY.id}-int8`, true],
      ["fb98", true],
      ["fb98-fast", true],
    ]);
    const filters = await both.fit([plateOk(64, 64, "plate")], { ...SETTINGS, engineId: "fb98-fast" });
    for (const made of [filters, memory]) {
      const back = both.decode(both.encode(made));
      expect(back.engineId).toBe(made.engineId);
      expect((await both.inspect(back, plate(64, 64))).heat.width).toBe(64);
    }
    await expect(engine.inspect(filters, plate(64, 64))).rejects.toThrow(/^Token grid mismatch/);
    await expect(openFb98Engine(runtime).inspect(memory, plate(64, 64))).rejects.toThrow(
      /^Token grid mismatch/,
    );
    const foreign = { ...memory, engineId: "vit_giant" };
    await expect(both.inspect(foreign, plate(64, 64))).rejects.toThrow(/^Token grid mismatch/);
    expect(() => both.decode(new Uint8Array(20))).toThrow(/no memory file/);
  });
});

describe("weights", () => {
  it("that were exchanged are noticed: tokens of others cannot be compared", async () => {
    const other = drawnDinoFile({ ...TINY, hidden: 24 });
    const changed = other.slice();
    changed.set([63], changed.length - 1); // the last number becomes 0.5 and something
    await writeFile(weights, changed);
    await expect(engine.inspect(memory, plate(64, 64))).rejects.toThrow(/Token grid mismatch.*other weights/);
    await writeFile(weights, drawnDinoFile(TINY));
    expect((await engine.inspect(memory, plate(64, 64))).heat.width).toBe(64);
  });

  it("that are damaged or missing are told, and used as soon as they are there", async () => {
    await writeFile(weights, drawnDinoFile(TINY).subarray(0, 5000));
    await expect(engine.inspect(memory, plate(64, 64))).rejects.toMatchObject({ code: "weights_unreadable" });
    await rm(weights);
    expect(await engine.backbones()).toMatchObject([{ isInstalled: false }, { isInstalled: false }]);
    await expect(engine.inspect(memory, plate(64, 64))).rejects.toThrow(/models pull vit_tiny/);
    await writeFile(weights, drawnDinoFile(TINY));
    expect((await engine.inspect(memory, plate(64, 64))).heat.width).toBe(64);
  });
});
