import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scoreHeat } from "../../../algorithms/anomaly/score-heat.ts";
import { type DefectKind, drawDisc } from "../../../algorithms/image/drawn-discs/index.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";
import { openThreadRuntime } from "../../../ml/runtime/thread-runtime.ts";
import { readSafetensors } from "../../../ml/weights/safetensors.ts";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import { openFb98Engine } from "./fb98-engine.ts";
import type { FitSettings, MemoryModel, OkPicture } from "./port.ts";
import { RECIPE } from "./recipe.ts";

const runtime = openThreadRuntime();
const engine = openFb98Engine(runtime);
afterAll(() => runtime.close());

const settings: FitSettings = {
  engineId: "fb98-fast",
  coresetRate: 0.1,
  keepEverything: false,
  ridge: false,
  pixelPercentile: 100,
  seed: 1,
};
const size = 224;
const ok = (picture: Picture, contentHash: string): OkPicture => ({
  contentHash,
  load: () => Promise.resolve(picture),
});
const discs = Array.from({ length: 6 }, (_, seed) => drawDisc(seed, { size }).picture);
const okDiscs = discs.slice(0, 5).map((picture, index) => ok(picture, `disc-${index}`));
const textured = (width: number, height: number): Picture => ({
  width,
  height,
  data: Uint8Array.from({ length: 3 * width * height }, (_, at) => (at * 7919) % 251),
});
const scoreOf = async (memory: MemoryModel, picture: Picture, withoutSource?: string) =>
  scoreHeat((await engine.inspect(memory, picture, { withoutSource })).heat, null, 100);
const codeOf = (code: string) => expect.objectContaining({ code });

let memory: MemoryModel;
beforeAll(async () => {
  memory = await engine.fit(okDiscs, settings);
});

describe("fit", () => {
  it("says what it kept", () => {
    expect(memory).toMatchObject({ engineId: "fb98-fast", tokenShape: [28, 28], embeddingCount: 5 * 784 });
    expect(memory.coresetSize).toBe(1000);
    expect(memory.sources).toEqual(["disc-0", "disc-1", "disc-2", "disc-3", "disc-4"]);
  });

  it("gives the same file for the same pictures, settings and seed, and another for another seed", async () => {
    const again = await engine.fit(okDiscs, settings);
    expect(engine.encode(again)).toEqual(engine.encode(memory));
    const other = await engine.fit(okDiscs, { ...settings, seed: 2 });
    expect(engine.encode(other)).not.toEqual(engine.encode(memory));
  });

  it("has two grids in the whole recipe, and lines, and keeps every patch when asked to", async () => {
    const pictures = [ok(textured(64, 64), "a"), ok(discs[0] as Picture, "b")];
    const whole = await engine.fit(pictures, {
      ...settings,
      engineId: "fb98",
      coresetRate: 1,
      keepEverything: true,
      ridge: true,
    });
    expect(whole.tokenShape).toEqual([56, 56]);
    expect(whole.embeddingCount).toBe(2 * (2 * 56 * 56 + 28 * 28));
    expect(whole.coresetSize).toBe(whole.embeddingCount);
    expect(await scoreOf(whole, discs[0] as Picture)).toBeLessThan(await scoreOf(whole, discs[1] as Picture));
  });

  it("adds a grid of line detectors with the ridge option", async () => {
    const ridged = await engine.fit(okDiscs, { ...settings, ridge: true });
    expect(ridged.embeddingCount).toBe(2 * memory.embeddingCount);
    const crack = drawDisc(77, { size, defect: "crack" }).picture;
    expect(await scoreOf(ridged, crack)).toBeGreaterThan(await scoreOf(ridged, discs[5] as Picture));
    expect(engine.encode(engine.decode(engine.encode(ridged)))).toEqual(engine.encode(ridged));
  });

  it("looks finer on wish, and keeps the wish with the memory", async () => {
    const fine = await engine.fit(okDiscs.slice(0, 2), { ...settings, detail: 2 });
    expect(fine).toMatchObject({ tokenShape: [56, 56], embeddingCount: 2 * 56 * 56 });
    const read = engine.decode(engine.encode(fine));
    expect(read.settings.detail).toBe(2);
    const { heat } = await engine.inspect(read, discs[5] as Picture);
    expect([heat.width, heat.height]).toEqual([size, size]);
    expect(await scoreOf(read, drawDisc(9, { size, defect: "crack" }).picture)).toBeGreaterThan(
      await scoreOf(read, discs[5] as Picture),
    );
  });

  it("reports growing progress and loads one picture at a time", async () => {
    const fractions: number[] = [];
    let open = 0;
    const careful = okDiscs.slice(0, 2).map(({ contentHash, load }) => ({
      contentHash,
      load: async () => {
        expect(++open).toBe(1);
        const picture = await load();
        open--;
        return picture;
      },
    }));
    await engine.fit(careful, settings, { onProgress: (fraction) => fractions.push(fraction) });
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it("stops when it is cancelled", async () => {
    const control = new AbortController();
    const hooks = { signal: control.signal, onProgress: () => control.abort() };
    await expect(engine.fit(okDiscs, settings, hooks)).rejects.toEqual(codeOf("cancelled"));
  });

  it("refuses no pictures, tiny pictures and unknown engines", async () => {
    await expect(engine.fit([], settings)).rejects.toEqual(codeOf("no_images"));
    await expect(engine.fit([ok(textured(7, 90), "a")], settings)).rejects.toEqual(codeOf("image_too_small"));
    const foreign = { ...settings, engineId: "dinov9" };
    await expect(engine.fit(okDiscs, foreign)).rejects.toEqual(codeOf("token_grid_mismatch"));
  });
});

describe("inspect", () => {
  it.each<DefectKind>(["scratch", "crack", "stain"])(
    "scores a %s above good parts and finds its place",
    async (defect) => {
      const { picture, truth } = drawDisc(77, { size, defect });
      const { heat } = await engine.inspect(memory, picture);
      expect(scoreHeat(heat, null, 100)).toBeGreaterThan(await scoreOf(memory, discs[5] as Picture));
      const hottest = heat.data.indexOf(Math.max(...heat.data));
      const near = truth.data.some(
        (on, pixel) =>
          on === 1 &&
          Math.hypot(
            (pixel % size) - (hottest % size),
            Math.floor(pixel / size) - Math.floor(hottest / size),
          ) < 16,
      );
      expect(near).toBe(true);
    },
  );

  it("scores a known picture higher once its own patches are left out", async () => {
    const [own, without] = [
      await scoreOf(memory, discs[2] as Picture),
      await scoreOf(memory, discs[2] as Picture, "disc-2"),
    ];
    expect(without).toBeGreaterThan(own);
    expect(await scoreOf(memory, discs[2] as Picture, "never seen")).toBe(own);
  });

  it("gives a picture that was uploaded twice one source", async () => {
    const twice = await engine.fit([...okDiscs, ok(discs[2] as Picture, "disc-2")], settings);
    expect(twice.sources).toHaveLength(5);
    expect(await scoreOf(twice, discs[2] as Picture, "disc-2")).toBeGreaterThan(
      await scoreOf(twice, discs[2] as Picture),
    );
  });

  it("works with one good picture, but cannot leave it out", async () => {
    const single = await engine.fit(okDiscs.slice(0, 1), settings);
    const defect = drawDisc(77, { size, defect: "stain" }).picture;
    expect(await scoreOf(single, defect)).toBeGreaterThan(await scoreOf(single, discs[0] as Picture));
    await expect(scoreOf(single, discs[0] as Picture, "disc-0")).rejects.toEqual(
      codeOf("too_few_ok_pictures"),
    );
  });

  it.each([
    [16, 16],
    [8, 300],
    [2000, 40],
    [37, 91],
    [640, 480],
  ])("yields finite heat of a picture's own size, %d x %d", async (width, height) => {
    const { heat } = await engine.inspect(memory, textured(width, height));
    expect(heat).toMatchObject({ width, height });
    expect(heat.data).toHaveLength(width * height);
    expect(heat.data.every(Number.isFinite)).toBe(true);
  });

  it("learns from strips and flat pictures without dividing by nothing", async () => {
    const black = { width: 60, height: 20, data: new Uint8Array(3600) };
    const flat = await engine.fit([ok(black, "a"), ok(black, "b"), ok(textured(400, 16), "c")], settings);
    const { heat } = await engine.inspect(flat, black);
    expect(heat.data.every(Number.isFinite)).toBe(true);
  });

  it("refuses a memory of another engine", async () => {
    const { engineId, sources, tokenShape } = memory;
    const foreign = { engineId, sources, tokenShape, settings, embeddingCount: 1, coresetSize: 1 };
    await expect(engine.inspect(foreign, discs[0] as Picture)).rejects.toEqual(codeOf("token_grid_mismatch"));
  });
});

describe("encode and decode", () => {
  it("give a memory back that scores exactly the same", async () => {
    const bytes = engine.encode(memory);
    const read = engine.decode(bytes);
    expect(engine.encode(read)).toEqual(bytes);
    expect(read).toMatchObject({ settings, sources: memory.sources, coresetSize: memory.coresetSize });
    expect(await scoreOf(read, discs[5] as Picture)).toBe(await scoreOf(memory, discs[5] as Picture));
  });

  it("score a memory of an older version with all of its grids, and write it as it was", async () => {
    const older = openFb98Engine(runtime, { ...RECIPE, grids: null });
    const whole = await older.fit(okDiscs.slice(0, 2), { ...settings, engineId: "fb98" });
    expect(whole.embeddingCount).toBe(2 * (56 * 56 + 2 * 28 * 28));
    const bytes = older.encode(whole);
    expect(readSafetensors(bytes).metadata.version).toBe("1");
    expect(engine.encode(engine.decode(bytes))).toEqual(bytes);
    const { heat } = await older.inspect(whole, discs[5] as Picture);
    expect((await engine.inspect(engine.decode(bytes), discs[5] as Picture)).heat).toEqual(heat);
    const newer = await engine.fit(okDiscs.slice(0, 2), { ...settings, engineId: "fb98" });
    expect(readSafetensors(engine.encode(newer)).metadata.version).toBe("3");
  });

  it("writes what an older server would misread as a newer version, and refuses details that are none", async () => {
    const versionOf = (model: MemoryModel) => readSafetensors(engine.encode(model)).metadata.version;
    expect(versionOf(memory)).toBe("1");
    const detailed = { ...memory, settings: { ...settings, detail: 3 as const } };
    expect(versionOf(detailed)).toBe("2");
    const bytes = engine.encode(detailed);
    const at = Buffer.from(bytes).indexOf('\\"detail\\":3') + '\\"detail\\":'.length;
    bytes[at] = "7".charCodeAt(0);
    expect(() => engine.decode(bytes)).toThrow(codeOf("memory_unreadable"));
  });

  it("refuse foreign and damaged files as the caller's mistake, and nothing else", () => {
    const bytes = engine.encode(memory);
    const header = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const changes = fc.array(fc.tuple(fc.nat(header - 1), fc.nat(255)), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(changes, fc.option(fc.nat(bytes.length)), (edits, length) => {
        const damaged = bytes.slice(0, length ?? bytes.length);
        for (const [at, value] of edits) damaged[at] = value;
        try {
          engine.decode(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(QuatrainError);
          expect(error).toMatchObject({ code: "memory_unreadable", status: 400 });
        }
      }),
    );
  });
});
