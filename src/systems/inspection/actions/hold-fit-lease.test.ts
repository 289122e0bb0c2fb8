import { expect, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import type { JobQueue } from "../../../platform/jobs/job-queue.ts";
import { openTestStore, ROI } from "../store/testing.ts";
import { holdFitLease, sweepOwner } from "./hold-fit-lease.ts";

describeEachDatabase("a fit's lease", (open) => {
  const place = async () => {
    const { leases } = await openTestStore(open);
    return { leases, jobs: {} as JobQueue, clock: { now: () => 1_000 } };
  };

  test("is refused while another fit holds it", async () => {
    const deps = await place();
    await holdFitLease(deps, ROI, "one", async () => {
      const other = holdFitLease(deps, ROI, "two", async () => "never");
      await expect(other).rejects.toMatchObject({ code: "fit_running", status: 409 });
    });
  });

  test("is waited for while a sweep holds it", async () => {
    const deps = await place();
    const done: string[] = [];
    const { promise: fitAsks, resolve: fitAsked } = Promise.withResolvers<void>();
    const take = deps.leases.take.bind(deps.leases);
    deps.leases.take = async (...asked) => {
      const held = await take(...asked);
      if (held !== null) fitAsked();
      return held;
    };
    let fit: Promise<unknown> = Promise.resolve();
    await holdFitLease(deps, ROI, sweepOwner("7"), async () => {
      fit = holdFitLease(deps, ROI, "fit", async () => done.push("fit"));
      await fitAsks;
      done.push("sweep");
    });
    await fit;
    expect(done).toEqual(["sweep", "fit"]);
  });
});
