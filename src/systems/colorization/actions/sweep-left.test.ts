import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary-folder.ts";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { LocalFileStore } from "../../../platform/storage/local/local-file-store.ts";
import { silentLog } from "../../../platform/telemetry/silent-log.ts";
import { aJob, openTestStores } from "../store/testing.ts";
import { keepSwept, sweepLeft } from "./sweep-left.ts";

const [KNOWN, LEFT] = [`upl_${"a".repeat(24)}`, `upl_${"b".repeat(24)}`];
const [RUN, GONE] = ["job_20260101_120000_abcdef", "job_20260101_120000_012345"];
const HOUR = 3_600_000;

describeEachDatabase("files of colorization that no row names", (open) => {
  test("go when nothing has come to them for an hour; a client's own beside them stay", async () => {
    const { uploads, jobs } = await openTestStores(open);
    const store = await LocalFileStore.open({ root: join(await temporaryFolder(), "files"), shared: false });
    const file = { id: `${KNOWN}/1`, name: "1.png", key: `uploads/${KNOWN}/0001.png`, width: 1, height: 1 };
    await uploads.add({ id: KNOWN, kind: "image", files: [file], bytes: 1, createdAt: 0 });
    await jobs.addJob(aJob(RUN), async (id) => id);
    const kept = [
      `uploads/${KNOWN}/0001.png`,
      `jobs/${RUN}/inputs/page_001.png`,
      "jobs/mine/1.png",
      "uploads/2.png",
    ];
    const left = [`uploads/${LEFT}/0001.png`, `jobs/${GONE}/pass2/page_001_colorized.png`];
    for (const key of [...kept, ...left]) await store.put(key, Buffer.from("x"));
    const keys = async () => {
      const found: string[] = [];
      for await (const { key } of store.list("")) found.push(key);
      return found;
    };
    const sweep = (age: number) =>
      sweepLeft(
        { uploads, jobs, store, log: silentLog, clock: { now: () => Date.now() + age } },
        new AbortController().signal,
      );
    expect(await sweep(0)).toBe(0);
    // a start is enough, however short the run
    const log = { ...silentLog, info: vi.fn() };
    const stop = keepSwept({ uploads, jobs, store, log, clock: { now: () => Date.now() + 2 * HOUR } });
    await vi.waitUntil(() => log.info.mock.calls.length > 0);
    await stop();
    expect(log.info).toHaveBeenCalledExactlyOnceWith({ folders: 2 }, expect.any(String));
    expect(await keys()).toEqual([...kept].sort());
    expect(await sweep(2 * HOUR)).toBe(0);
  });
});
