import { expect, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { listRois } from "./roi-list.ts";
import { aModel, anEvent, aPicture, aRun, IN_DEFAULT, openTestStore, ROI } from "./testing.ts";

describeEachDatabase("listRois", (open) => {
  test("has what has pictures, a memory or a threshold, with what there is of it", async () => {
    const { database, versions, calibrations, writer } = await openTestStore(open);
    expect(await listRois(database, 10)).toEqual([]);
    await versions.add(aModel(IN_DEFAULT, 7), anEvent(IN_DEFAULT));
    await calibrations.add(aRun(IN_DEFAULT, 0.5), anEvent(IN_DEFAULT));
    await writer.adoptPictures([aPicture(IN_DEFAULT, "ok", "a.png"), aPicture(IN_DEFAULT, "ok", "b.png")], 1);
    await writer.adoptPictures([aPicture(ROI, "ng", "c.png")], 1);
    const rois = await listRois(database, 10);
    expect(rois).toHaveLength(2);
    expect(rois.find(({ recipeId }) => recipeId === IN_DEFAULT.recipeId)).toMatchObject({
      modelKey: IN_DEFAULT.modelKey,
      okCount: 2,
      ngCount: 0,
      version: 7,
      threshold: 0.5,
    });
    expect(rois.find(({ recipeId }) => recipeId === ROI.recipeId)).toMatchObject({
      modelKey: ROI.roiId,
      okCount: 0,
      ngCount: 1,
      version: null,
      threshold: null,
    });
  });
});
