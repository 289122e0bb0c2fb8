import { beforeAll, describe, expect, it } from "vitest";
import { DEFECT_KINDS, drawDisc } from "../../../algorithms/image/drawn-discs/index.ts";
import { type Spoiling, spoil } from "../../../algorithms/image/drawn-discs/spoil.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";
import type { QualityReference } from "../../../algorithms/image/quality/quality-reference.ts";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import type { OnPoorQuality } from "../store/quality-store.ts";
import { QualityStore } from "../store/quality-store.ts";
import { aModel, anEvent, IN_DEFAULT, openTestStore, ROI } from "../store/testing.ts";
import { gatedDecision, QualityCheck, qualityWarnings } from "./quality-check.ts";
import { QualityLearner } from "./quality-learner.ts";

const SIZE = 224;
const disc = (seed: number) => drawDisc(seed, { size: SIZE }).picture;

async function learnt(pictures: readonly Picture[]): Promise<QualityReference> {
  const learner = new QualityLearner(pictures.length);
  for (const [index, picture] of pictures.entries()) await learner.observe(index, String(index), picture);
  const reference = learner.reference();
  if (reference === null) throw new Error("nothing was learnt");
  return reference;
}

/** A check of one memory, without a database. */
function checkWith(reference: QualityReference | null, onPoor: OnPoorQuality | null = null) {
  const gate = onPoor === null ? null : { roi: ROI, onPoor, operatorId: null, updatedAt: 0 };
  const store = { reference: async () => reference, findGate: async () => gate };
  const check = new QualityCheck(store as unknown as QualityStore);
  return (picture: Picture) => check.check(ROI, 1, picture);
}

describe("the quality gate on drawn discs", () => {
  let reference: QualityReference;
  beforeAll(async () => {
    reference = await learnt(Array.from({ length: 12 }, (_, seed) => disc(seed)));
  });

  it("lets good parts pass, and bad parts in good pictures", async () => {
    const check = checkWith(reference);
    for (let seed = 100; seed < 130; seed++)
      expect((await check(disc(seed)))?.reasons, `${seed}`).toEqual([]);
    for (const defect of DEFECT_KINDS)
      expect((await check(drawDisc(7, { defect, size: SIZE }).picture))?.verdict, defect).toBe("good");
  });

  it.each<[string, Spoiling, string]>([
    ["blurred", { kind: "blur", radius: 1 }, "blurred: "],
    ["very blurred", { kind: "blur", radius: 3 }, "blurred: "],
    ["dark", { kind: "light", gain: 0.7 }, "too dark: mean brightness"],
    ["overexposed", { kind: "light", gain: 1.6 }, "too bright: mean brightness"],
    ["shifted", { kind: "shift", dx: 14, dy: 0 }, "px to the right and"],
    ["shifted up and left", { kind: "shift", dx: -20, dy: -25 }, "px to the left and"],
  ])("flags %s pictures in words", async (_what, spoiling, words) => {
    const quality = await checkWith(reference)(spoil(disc(200), spoiling));
    expect(quality?.verdict).toBe("poor");
    expect(quality?.reasons.join("; ")).toContain(words);
    expect(qualityWarnings(quality!)[0]).toContain("the score may mean nothing");
  });

  it("flags what is no such part at all", async () => {
    const noise = { width: SIZE, height: SIZE, data: new Uint8Array(3 * SIZE * SIZE) };
    let state = 1;
    for (let at = 0; at < noise.data.length; at++) {
      state = (state * 48_271) % 2_147_483_647;
      noise.data[at] = state % 160;
    }
    expect((await checkWith(reference)(noise))?.reasons.join()).toContain("unlike the good pictures");
  });

  it("decides as the ROI wants it, and looks at nothing where the gate is off", async () => {
    const dark = spoil(disc(200), { kind: "light", gain: 0.5 });
    const decided = async (onPoor: OnPoorQuality | null, picture = dark) =>
      gatedDecision("ok", await checkWith(reference, onPoor)(picture));
    expect(await decided(null)).toBe("ok");
    expect(await decided("undecided")).toBeNull();
    expect(await decided("ng")).toBe("ng");
    expect(await decided("ng", disc(201))).toBe("ok");
    expect(await checkWith(reference, "off")(dark)).toBeNull();
    expect(gatedDecision(null, await checkWith(reference, "ng")(dark))).toBeNull();
  });

  it("says so when the memory knows nothing about quality", async () => {
    const quality = await checkWith(null)(disc(1));
    expect(quality).toMatchObject({ verdict: "unknown", reasons: [expect.stringContaining("fit again")] });
    expect(qualityWarnings(quality!)).toEqual([]);
  });

  it("does not judge the position where good pictures have none in common, or are too few", async () => {
    const wandering = Array.from({ length: 8 }, (_, index) =>
      spoil(disc(index), { kind: "shift", dx: 60 * (index % 3) - 60, dy: 50 * (index % 2) }),
    );
    expect((await learnt(wandering)).alignment).toBeNull();
    expect((await learnt([disc(1), disc(2)])).alignment).toBeNull();
    expect((await learnt([disc(1)])).sharpness.least).toBeLessThan(
      (await learnt([disc(1)])).sharpness.median,
    );
  });
});

describeEachDatabase("what was learnt about quality", (open) => {
  it("is stored with its memory, read back as it was, and gone with it", async () => {
    const { database, reader, versions } = await openTestStore(open);
    const store = new QualityStore(database);
    const reference = await learnt([disc(1), disc(2), disc(3)]);
    await versions.add(aModel(ROI, 1), anEvent(ROI), null, reference);
    await versions.add(aModel(ROI, 2), anEvent(ROI));
    const [newer, older] = await reader.ownModels(ROI, 2);
    expect(await store.reference(older!.id)).toEqual(reference);
    expect(await store.reference(newer!.id)).toBeNull();
    expect(await versions.remove(older!.id, null, 1)).toBe(true);
    expect(await store.reference(older!.id)).toBeNull();
  });

  it("is heeded as the ROI, or else the default recipe, says", async () => {
    const { database, audit } = await openTestStore(open);
    const store = new QualityStore(database);
    expect(await store.findGate(ROI)).toBeNull();
    const doer = { operatorId: "ana", actor: "key", requestId: "r" };
    await store.setGate(IN_DEFAULT, "ng", doer, 5);
    const found = { roi: IN_DEFAULT, onPoor: "ng", operatorId: "ana", updatedAt: 5 };
    expect(await store.findGate(ROI)).toEqual(found);
    await store.setGate(ROI, "undecided", doer, 6);
    await store.setGate(ROI, "off", doer, 7);
    expect(await store.findGate(ROI)).toMatchObject({ roi: ROI, onPoor: "off" });
    const [last] = await audit.entries({}, 10);
    expect(last).toMatchObject({ action: "set_quality_gate", details: { on_poor: "off" }, doer });
  });
});
