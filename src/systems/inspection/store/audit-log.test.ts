import { expect, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { anEvent, IN_DEFAULT, openTestStore, ROI } from "./testing.ts";

describeEachDatabase("AuditLog", (open) => {
  test("yields what was written, newest first, page by page, by each filter", async () => {
    const { audit } = await openTestStore(open);
    await audit.append(anEvent(ROI, "fit"), 100);
    await audit.append({ ...anEvent(IN_DEFAULT, "rollback"), modelVersion: 3 }, 200);
    await audit.append(
      {
        ...anEvent(ROI, "retention"),
        place: {},
        doer: { operatorId: null, actor: "server", requestId: null },
      },
      300,
    );
    const ids = async (filter: Parameters<typeof audit.entries>[0], limit = 10) =>
      (await audit.entries(filter, limit)).map(({ id }) => id);
    expect(await ids({})).toEqual([3, 2, 1]);
    expect(await ids({}, 2)).toEqual([3, 2]);
    expect(await ids({ before: 2 })).toEqual([1]);
    expect(await ids({ action: "rollback" })).toEqual([2]);
    expect(await ids({ operatorId: "ana" })).toEqual([2, 1]);
    expect(await ids({ recipeId: ROI.recipeId, roleId: ROI.roleId, roiId: ROI.roiId })).toEqual([1]);
    expect(await ids({ since: 200, until: 300 })).toEqual([2]);
    const [newest, second] = await audit.entries({}, 2);
    expect(newest).toMatchObject({ place: {}, at: 300, doer: { actor: "server" } });
    expect(second).toEqual({ ...anEvent(IN_DEFAULT, "rollback"), id: 2, at: 200, modelVersion: 3 });
  });
});
