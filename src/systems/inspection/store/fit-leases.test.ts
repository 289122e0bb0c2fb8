import { expect, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { openTestStore, ROI } from "./testing.ts";

const call = (owner: string) => ({ owner, jobId: null });

describeEachDatabase("FitLeases", (open) => {
  test("are held by one owner at a time, who may renew his", async () => {
    const { leases } = await openTestStore(open);
    expect(await leases.take(ROI, call("a"), 0, 10)).toBeNull();
    expect(await leases.take(ROI, call("b"), 5, 15)).toEqual(call("a"));
    expect(await leases.take(ROI, call("a"), 9, 19)).toBeNull();
    expect(await leases.take(ROI, call("b"), 18, 28)).toEqual(call("a"));
    expect(await leases.take({ ...ROI, roiId: "another" }, call("b"), 5, 15)).toBeNull();
  });

  test("end by themselves, or when their owner lets go", async () => {
    const { leases } = await openTestStore(open);
    await leases.take(ROI, call("a"), 0, 10);
    expect(await leases.take(ROI, call("b"), 10, 20)).toBeNull();
    await leases.release(ROI, "a");
    expect(await leases.take(ROI, call("a"), 11, 21)).toEqual(call("b"));
    await leases.release(ROI, "b");
    expect(await leases.take(ROI, call("a"), 12, 22)).toBeNull();
  });

  test("of forty takers at once one gets it", async () => {
    const { leases } = await openTestStore(open);
    const owners = Array.from({ length: 40 }, (_, index) => `owner-${index}`);
    const holders = await Promise.all(owners.map((owner) => leases.take(ROI, call(owner), 0, 10)));
    expect(holders.filter((holder) => holder === null)).toHaveLength(1);
  });

  test("are handed on to a job with the transaction that makes the job, and only by their owner", async () => {
    const { leases, database } = await openTestStore(open);
    await leases.take(ROI, call("a"), 0, 10);
    const job = { owner: "job:7", jobId: "7", expiresAt: 1_000 };
    const undone = database.transaction(async (tx) => {
      await leases.handOver(tx, ROI, "a", job);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await database.transaction((tx) => leases.handOver(tx, ROI, "b", job));
    expect(await leases.take(ROI, call("c"), 5, 15)).toEqual(call("a"));
    await database.transaction((tx) => leases.handOver(tx, ROI, "a", job));
    await leases.release(ROI, "a");
    expect(await leases.take(ROI, call("c"), 50, 60)).toEqual({ owner: "job:7", jobId: "7" });
    await leases.releaseCalls();
    expect(await leases.take(ROI, call("c"), 50, 60)).toEqual({ owner: "job:7", jobId: "7" });
  });

  test("of calls go at the start of a server that is alone", async () => {
    const { leases } = await openTestStore(open);
    await leases.take(ROI, call("dead"), 0, 1_000);
    await leases.releaseCalls();
    expect(await leases.take(ROI, call("a"), 1, 10)).toBeNull();
  });
});
