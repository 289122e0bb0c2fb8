import { expect, it } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import type { JobQueue } from "../../../platform/jobs/job-queue.ts";
import { DeliveryStore } from "../store/delivery-store.ts";
import { openTestStore, ROI } from "../store/testing.ts";
import { settleDeliveries } from "./settle-deliveries.ts";

describeEachDatabase("messages to the webhook", (open) => {
  it("whose job has ended fail, and no others", async () => {
    const { database } = await openTestStore(open);
    const deliveries = new DeliveryStore(database);
    const add = (deliveryId: string, jobId: string | null) =>
      database.transaction(async (tx) => {
        const id = await deliveries.add(tx, { deliveryId, roi: ROI, body: "{}", createdAt: 1 });
        if (id !== null && jobId !== null) await deliveries.setJob(tx, id, jobId);
        return id as number;
      });
    const [cancelled, queued, forgotten, old] = [
      await add("a", "cancelled"),
      await add("b", "queued"),
      await add("c", "forgotten"),
      await add("d", null),
    ];
    const known = new Map([
      ["cancelled", { state: "cancelled", finishedAt: 5 }],
      ["queued", { state: "queued", finishedAt: null }],
    ]);
    const jobs = { get: async (id: string) => known.get(id) ?? null } as unknown as JobQueue;
    const deps = { deliveries, jobs, clock: { now: () => 9 } };
    expect(await settleDeliveries(deps, new AbortController().signal)).toBe(2);
    const stateOf = async (id: number) => (await deliveries.find(id))?.state;
    expect(await Promise.all([cancelled, queued, forgotten, old].map(stateOf))).toEqual([
      "failed",
      "waiting",
      "failed",
      "waiting",
    ]);
    expect(await deliveries.find(cancelled)).toMatchObject({
      endedAt: 9,
      lastError: expect.stringContaining("(cancelled)"),
    });
    expect(await deliveries.giveUp(queued, "another", "no", 9)).toBe(false);
  });
});
