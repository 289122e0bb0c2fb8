import { expect, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { aModel, anEvent, aPicture, aRun, IN_DEFAULT, openTestStore, ROI } from "./testing.ts";

describeEachDatabase("InspectionReader", (open) => {
  test("an empty store has nothing", async () => {
    const { reader } = await openTestStore(open);
    expect(await reader.findModel(ROI)).toBeNull();
    expect(await reader.findCalibration(ROI)).toBeNull();
    expect(await reader.findPictures(ROI)).toEqual([]);
    expect(await reader.findPicture(ROI, "ok", "a.png")).toBeNull();
    expect(await reader.lockedMmPerPx("a")).toBeNull();
    expect(await reader.rolesWithMemory()).toEqual([]);
  });

  test("finds what the recipe has, else what default has; ownModels never falls back", async () => {
    const { reader, versions, calibrations } = await openTestStore(open);
    await versions.add(aModel(IN_DEFAULT, 7), anEvent(IN_DEFAULT));
    await calibrations.add(aRun(IN_DEFAULT, 7), anEvent(IN_DEFAULT));
    expect(await reader.findModel(ROI)).toMatchObject(aModel(IN_DEFAULT, 7));
    expect(await reader.findCalibration(ROI)).toMatchObject({ roi: IN_DEFAULT, threshold: 7, runId: 1 });
    expect(await reader.ownModels(ROI, 5)).toEqual([]);
    await versions.add(aModel(ROI, 1), anEvent(ROI));
    await calibrations.add(aRun(ROI, 1), anEvent(ROI));
    expect(await reader.findModel(ROI)).toMatchObject({ roi: ROI, version: 1 });
    expect(await reader.findCalibration(ROI)).toMatchObject({ roi: ROI, threshold: 1 });
    expect(await reader.rolesWithMemory()).toEqual([ROI.roleId]);
  });

  test("knows ROIs apart by each of their names, and by case", async () => {
    const { reader, versions } = await openTestStore(open);
    await versions.add(aModel(IN_DEFAULT, 1), anEvent(IN_DEFAULT));
    for (const other of [
      { modelKey: ROI.modelKey.toUpperCase() },
      { roleId: ROI.roleId.toUpperCase() },
      { roiId: "../X" },
    ]) {
      expect(await reader.findModel({ ...IN_DEFAULT, ...other })).toBeNull();
    }
  });

  test("lists versions newest first", async () => {
    const { reader, versions } = await openTestStore(open);
    for (const version of [2, 10, 9]) await versions.add(aModel(ROI, version), anEvent(ROI));
    expect((await reader.ownModels(ROI, 2)).map((model) => model.version)).toEqual([10, 9]);
  });

  test("pictures fall back to default only where the recipe has none at all", async () => {
    const { reader, writer } = await openTestStore(open);
    const theirs = ["b.png", "a.png"].map((name) => aPicture(IN_DEFAULT, "ok", name));
    await writer.adoptPictures(theirs, 1);
    expect((await reader.findPictures(ROI)).map((picture) => picture.filename)).toEqual(["a.png", "b.png"]);
    expect(await reader.findPicture(ROI, "ok", "a.png")).toEqual(theirs[1]);
    expect(await reader.findPicture(ROI, "ng", "a.png")).toBeNull();
    const own = aPicture(ROI, "ng", "c.png");
    await writer.adoptPictures([own], 1);
    expect(await reader.findPictures(ROI)).toEqual([own]);
    expect(await reader.allPictures()).toHaveLength(3);
  });
});
