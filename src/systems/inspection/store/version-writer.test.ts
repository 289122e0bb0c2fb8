import { expect, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { aModel, anEvent, aRun, openTestStore, ROI } from "./testing.ts";

const NOW = 1_795_000_100_000;

describeEachDatabase("VersionWriter", (open) => {
  test("a model locks the recipe's scale; one of another scale is not added, nor told of", async () => {
    const { reader, versions, audit } = await openTestStore(open);
    await versions.add(aModel(ROI, 1, 0.2), anEvent(ROI));
    expect(await reader.lockedMmPerPx(ROI.recipeId)).toBe(0.2);
    await expect(versions.add(aModel(ROI, 2, 0.3), anEvent(ROI))).rejects.toMatchObject({
      code: "mm_per_px_mismatch",
      status: 409,
    });
    expect((await reader.findModel(ROI))?.version).toBe(1);
    expect(await audit.entries({}, 10)).toHaveLength(1);
  });

  test("a version exists once, and its number is never given again", async () => {
    const { reader, versions } = await openTestStore(open);
    const first = await versions.add(aModel(ROI, 1), anEvent(ROI));
    await expect(versions.add(aModel(ROI, 1), anEvent(ROI))).rejects.toThrow();
    const second = await versions.add(aModel(ROI, 2), anEvent(ROI));
    expect(await versions.remove(second, null, NOW)).toBe(false);
    const older = (await reader.ownVersion(ROI, 1))!;
    expect(await versions.rollBack(older, null, anEvent(ROI, "rollback"), NOW)).toBe(true);
    expect((await reader.findModel(ROI))?.id).toBe(first);
    expect(await versions.remove(second, anEvent(ROI, "delete_version"), NOW)).toBe(true);
    expect(await versions.remove(second, null, NOW)).toBe(false);
    expect(await reader.ownVersion(ROI, 2)).toBeNull();
    expect(await reader.lastVersion(ROI)).toBe(2);
  });

  test("a roll-back brings the version's calibration back, with the threshold it last had", async () => {
    const { reader, versions, calibrations, calibrationReader } = await openTestStore(open);
    const first = await versions.add(aModel(ROI, 1), anEvent(ROI));
    await calibrations.add({ ...aRun(ROI, 1), modelId: first, modelVersion: 1 }, anEvent(ROI));
    await calibrations.setThreshold(ROI, 1.5, "less alarms", () => anEvent(ROI, "set_threshold"), NOW);
    const second = await versions.add(aModel(ROI, 2), anEvent(ROI));
    await calibrations.add({ ...aRun(ROI, 9), modelId: second, modelVersion: 2 }, anEvent(ROI));
    const target = (await reader.ownVersion(ROI, 1))!;
    const run = await calibrationReader.lastOf(ROI, first);
    await versions.rollBack(target, run, anEvent(ROI, "rollback"), NOW + 1);
    expect(await reader.findModel(ROI)).toMatchObject({ version: 1 });
    expect(await reader.findCalibration(ROI)).toMatchObject({
      threshold: 1.5,
      modelId: first,
      runId: run?.id,
    });
    expect(run).toMatchObject({ computedThreshold: 1, threshold: 1.5 });
    const changes = await calibrationReader.thresholdChanges(ROI, 10);
    expect(changes.map(({ reason, from, to, note }) => [reason, from, to, note])).toEqual([
      ["rollback", 9, 1.5, null],
      ["calibration", 1.5, 9, null],
      ["manual", 1, 1.5, "less alarms"],
      ["calibration", null, 1, null],
    ]);
  });

  test("what came with a calibration is calibrated at once", async () => {
    const { reader, versions } = await openTestStore(open);
    const id = await versions.add(aModel(ROI, 3), anEvent(ROI, "import_bundle"), aRun(ROI, 4));
    expect(await reader.findCalibration(ROI)).toMatchObject({ threshold: 4, modelId: id });
  });

  test("a version takes its calibrations along when it goes, but never the one in use", async () => {
    const { reader, versions, calibrations, calibrationReader } = await openTestStore(open);
    const first = await versions.add(aModel(ROI, 1), anEvent(ROI));
    for (const threshold of [1, 2])
      await calibrations.add({ ...aRun(ROI, threshold), modelId: first, modelVersion: 1 }, anEvent(ROI));
    await versions.add(aModel(ROI, 2), anEvent(ROI));
    expect(await versions.remove(first, null, NOW)).toBe(true);
    expect((await calibrationReader.runs(ROI, 10)).map(({ threshold }) => threshold)).toEqual([2]);
    expect(await reader.findCalibration(ROI)).toMatchObject({ threshold: 2 });
  });
});
