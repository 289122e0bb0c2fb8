import { expect, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { aModel, anEvent, aRun, IN_DEFAULT, openTestStore, ROI } from "./testing.ts";

describeEachDatabase("CalibrationWriter", (open) => {
  test("a calibration replaces the one before; both are kept with their scores", async () => {
    const { reader, calibrations, calibrationReader } = await openTestStore(open);
    const first = await calibrations.add(aRun(ROI, 1), anEvent(ROI));
    const { origin, modelVersion, computedThreshold, okCount, ngCount, scores, operatorId, ...plain } = {
      ...aRun(ROI, 2),
      ngPercentile5: 3.5,
      ngMean: 4,
    };
    const run = { ...plain, origin, modelVersion, computedThreshold, okCount, ngCount, scores, operatorId };
    const second = await calibrations.add(run, anEvent(ROI));
    expect(await reader.findCalibration(ROI)).toEqual({ ...plain, runId: second });
    expect(await calibrationReader.run(ROI, second)).toEqual({ ...run, id: second });
    expect(await calibrationReader.run(IN_DEFAULT, second)).toBeNull();
    expect((await calibrationReader.runs(ROI, 10)).map(({ id }) => id)).toEqual([second, first]);
  });

  test("a threshold is set only where the recipe has a calibration of its own", async () => {
    const { calibrations, reader, audit } = await openTestStore(open);
    await calibrations.add(aRun(IN_DEFAULT, 1), anEvent(IN_DEFAULT));
    expect(await calibrations.setThreshold(ROI, 2, null, () => anEvent(ROI, "set_threshold"), 5)).toBeNull();
    const event = (from: number) => ({ ...anEvent(IN_DEFAULT, "set_threshold"), details: { from } });
    expect(await calibrations.setThreshold(IN_DEFAULT, 2, null, event, 5)).toEqual({ from: 1 });
    expect(await reader.findCalibration(ROI)).toMatchObject({ threshold: 2, okPercentile: 1 });
    expect((await audit.entries({ action: "set_threshold" }, 5)).map(({ details }) => details)).toEqual([
      { from: 1 },
    ]);
  });

  test("old calibrations go, but not those in use or of a version that can come back", async () => {
    const { calibrations, versions, calibrationReader } = await openTestStore(open);
    const model = await versions.add(aModel(ROI, 1), anEvent(ROI));
    const kept = await calibrations.add({ ...aRun(ROI, 0.5), modelId: model }, anEvent(ROI));
    const ids = [];
    for (let index = 0; index < 55; index++) ids.push(await calibrations.add(aRun(ROI, index), anEvent(ROI)));
    const left = (await calibrationReader.runs(ROI, 100)).map(({ id }) => id);
    expect(left).toEqual([...ids.slice(5).reverse(), kept]);
  });
});
