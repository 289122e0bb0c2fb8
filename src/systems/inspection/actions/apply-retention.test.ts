import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary-folder.ts";
import { describeEachDatabase, type OpenTestDatabase } from "../../../platform/db/testing.ts";
import { randomIds } from "../../../platform/ids.ts";
import type { JobQueue } from "../../../platform/jobs/job-queue.ts";
import { LocalFileStore } from "../../../platform/storage/local/local-file-store.ts";
import { silentLog } from "../../../platform/telemetry/silent-log.ts";
import { memoryKey, sourceKey } from "../file-keys.ts";
import { aModel, anEvent, aRun, openTestStore, ROI } from "../store/testing.ts";
import { applyRetention } from "./apply-retention.ts";
import { sweepLeftSources } from "./sweep-left-sources.ts";
import { sweepMemories } from "./sweep-memories.ts";

const DAY_MS = 24 * 3_600_000;
const NOW = 1_795_500_000_000;
const NEVER = new AbortController().signal;

async function open(database: OpenTestDatabase, keptVersions = 2) {
  const store = await openTestStore(database);
  const files = await LocalFileStore.open({ root: join(await temporaryFolder(), "files"), shared: false });
  const addVersion = async (version: number) => {
    const fileKey = memoryKey(ROI, version);
    await files.put(fileKey, new Uint8Array([version]));
    await store.versions.add({ ...aModel(ROI, version), fileKey }, anEvent(ROI));
  };
  const deps = {
    ...store,
    files,
    settings: { keptVersions, auditDays: 30 },
    jobs: {} as JobQueue,
    clock: { now: () => NOW },
    ids: randomIds,
    log: silentLog,
  };
  const keys = async () => {
    const found = [];
    for await (const { key } of files.list("")) found.push(key);
    return found;
  };
  return { ...deps, deps, addVersion, keys };
}

describeEachDatabase("applyRetention", (database) => {
  test("removes old versions but never the one in use, and tells", async () => {
    const { deps, addVersion, keys, reader, versions, audit } = await open(database);
    for (const version of [1, 2, 3, 4]) await addVersion(version);
    await versions.rollBack((await reader.ownVersion(ROI, 1))!, null, anEvent(ROI, "rollback"), NOW);
    expect(await applyRetention(deps, NEVER)).toEqual({ versions: 1, auditEntries: 0 });
    expect((await reader.ownModels(ROI, 10)).map(({ version }) => version)).toEqual([4, 3, 1]);
    expect(await keys()).toEqual([1, 3, 4].map((version) => memoryKey(ROI, version)));
    expect(await audit.entries({ action: "retention" }, 5)).toMatchObject([
      { place: ROI, details: { versions: 1, kept: 2 }, doer: { actor: "server" } },
    ]);
    expect(await applyRetention(deps, NEVER)).toEqual({ versions: 0, auditEntries: 0 });
    expect(await audit.entries({ action: "retention" }, 5)).toHaveLength(1);
  });

  test("leaves a ROI alone that is being fitted", async () => {
    const { deps, addVersion, leases } = await open(database);
    for (const version of [1, 2, 3]) await addVersion(version);
    await leases.take(ROI, { owner: "call:other", jobId: null }, NOW, NOW + 1);
    expect(await applyRetention(deps, NEVER)).toMatchObject({ versions: 0 });
  });

  test("forgets old entries of the audit and old changes of thresholds, and tells how many", async () => {
    const { deps, audit, calibrations, calibrationReader } = await open(database);
    const old = NOW - 31 * DAY_MS;
    await audit.append(anEvent(ROI), old);
    await audit.append(anEvent(ROI), NOW - 29 * DAY_MS);
    await calibrations.add({ ...aRun(ROI, 1), createdAt: old }, anEvent(ROI));
    expect(await applyRetention(deps, NEVER)).toEqual({ versions: 0, auditEntries: 2 });
    expect(
      (await audit.entries({}, 9)).map(({ action, details }) => [action, details.audit_entries]),
    ).toEqual([
      ["retention", 2],
      ["fit", undefined],
    ]);
    expect(await calibrationReader.thresholdChanges(ROI, 9)).toEqual([]);
    const forEver = { ...deps, settings: { keptVersions: 2, auditDays: null } };
    expect(await applyRetention(forEver, NEVER)).toEqual({ versions: 0, auditEntries: 0 });
  });
});

describeEachDatabase("sweepMemories", (database) => {
  test("deletes memory files without a row, young ones only when nobody else could be writing them", async () => {
    const { deps, addVersion, files, keys } = await open(database);
    await addVersion(1);
    await files.put(memoryKey(ROI, 7), new Uint8Array([7]));
    await files.put(sourceKey(ROI, "ff"), new Uint8Array([1]));
    const now = Date.now();
    const clock = { now: () => now };
    expect(await sweepMemories({ ...deps, clock, alone: false })).toBe(0);
    expect(await sweepMemories({ ...deps, clock, alone: true })).toBe(1);
    expect(await keys()).toEqual([memoryKey(ROI, 1), sourceKey(ROI, "ff")]);
    await files.put(memoryKey(ROI, 8), new Uint8Array([8]));
    const later = { now: () => now + DAY_MS };
    expect(await sweepMemories({ ...deps, clock: later, alone: false })).toBe(1);
  });
});

describeEachDatabase("sweepLeftSources", (database) => {
  const hash = (digit: string) => digit.repeat(64);
  const noJobs = { list: async () => [], get: async () => null } as Partial<JobQueue> as JobQueue;
  const withJob = (roi: typeof ROI) =>
    ({ ...noJobs, list: async () => [{ payload: { roi } }] }) as unknown as JobQueue;

  test("deletes what no memory was fitted on, unless a fit of the ROI runs or waits", async () => {
    const { deps, files, versions, leases, keys } = await open(database);
    const used = sourceKey(ROI, hash("1"));
    await versions.add(
      { ...aModel(ROI, 1), sources: [{ hash: hash("1"), key: used, name: "a.png" }] },
      anEvent(ROI),
    );
    const other = { ...ROI, modelKey: "never fitted" };
    const left = [sourceKey(ROI, hash("2")), sourceKey(other, hash("3"))];
    for (const key of [used, ...left]) await files.put(key, new Uint8Array([1]));
    await files.put(memoryKey(ROI, 1), new Uint8Array([1]));

    await leases.take(ROI, { owner: "call:other", jobId: null }, NOW, NOW + 1);
    expect(await sweepLeftSources({ ...deps, jobs: withJob(other) }, NEVER)).toBe(0);
    expect(await keys()).toHaveLength(4);
    await leases.release(ROI, "call:other");
    expect(await sweepLeftSources({ ...deps, jobs: noJobs }, NEVER)).toBe(2);
    expect(await keys()).toEqual([memoryKey(ROI, 1), used]);
    expect(await sweepLeftSources({ ...deps, jobs: noJobs }, NEVER)).toBe(0);
    expect(await leases.take(ROI, { owner: "call:next", jobId: null }, NOW, NOW + 1)).toBeNull();
  });
});
