import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { LocalFileStore } from "../../platform/storage/local/local-file-store.ts";
import { BlobStore } from "./blob-store.ts";
import { blobKey, snapshotKey } from "./dataset-record.ts";

const HOUR_MS = 3_600_000;
const [A, B] = ["a".repeat(64), "b".repeat(64)];
const bytes = new Uint8Array([1]);

/** A store on a real folder, with rows in memory: what datasets hold, what snapshots hold, which of those are used. */
async function openBlobs({ alone = true, now = Date.now() } = {}) {
  const root = await mkdtemp(join(tmpdir(), "quatrain-blobs-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const files = await LocalFileStore.open({ root, shared: !alone });
  const rows = {
    files: new Set<string>(),
    snapshots: new Map<string, { blobs: string[]; frozenAt: number }>(),
    used: new Set<string>(),
    away: false,
  };
  const holders = {
    unheld: async (hashes: readonly string[]) => {
      if (rows.away) throw new Error("the database is away");
      const frozen = new Set([...rows.snapshots.values()].flatMap(({ blobs }) => blobs));
      return hashes.filter((hash) => !rows.files.has(hash) && !frozen.has(hash));
    },
    releaseSnapshot: async (hash: string, before: number) => {
      const known = rows.snapshots.get(hash);
      if (rows.used.has(hash) || (known?.frozenAt ?? 0) >= before) return null;
      rows.snapshots.delete(hash);
      return known?.blobs ?? [];
    },
    unusedSnapshots: async () => [...rows.snapshots.keys()].filter((hash) => !rows.used.has(hash)),
  };
  const blobs = new BlobStore({ files, holders, clock: { now: () => now }, alone });
  const stored = async () => {
    const keys: string[] = [];
    for await (const { key } of files.list("")) keys.push(key);
    return keys;
  };
  return { blobs, files, rows, stored };
}

describe("blobs", () => {
  it("are deleted once no row names them, and no earlier", async () => {
    const { blobs, rows, stored } = await openBlobs();
    await blobs.whileHolding(async () => {
      await blobs.put(A, bytes);
      await blobs.put(B, bytes);
      rows.files.add(A).add(B);
    });
    rows.files.delete(B);
    await blobs.collect([A, B]);
    expect(await stored()).toEqual([blobKey(A)]);
  });

  it("are not deleted while somebody is about to name them", async () => {
    const { blobs, rows, stored } = await openBlobs();
    await blobs.whileHolding(async () => {
      await blobs.put(A, bytes);
      await blobs.collect([A]); // of another request: it ends at once, and does nothing yet
      expect(await stored()).toEqual([blobKey(A)]);
      rows.files.add(A);
    });
    expect(await stored()).toEqual([blobKey(A)]);
    rows.files.delete(A);
    await blobs.whileHolding(() => blobs.collect([A]));
    expect(await stored()).toEqual([]);
  });

  it("are stored anew where they are being deleted in that moment", async () => {
    const { blobs, rows, stored } = await openBlobs();
    await blobs.whileHolding(() => blobs.put(A, bytes));
    const collecting = blobs.collect([A]);
    await blobs.whileHolding(async () => {
      await blobs.put(A, bytes);
      rows.files.add(A);
    });
    await collecting;
    expect(await stored()).toEqual([blobKey(A)]);
  });

  it("of a frozen dataset go with it, unless a job or another holder needs them", async () => {
    const { blobs, files, rows, stored } = await openBlobs();
    await blobs.whileHolding(async () => {
      await blobs.put(A, bytes);
      await blobs.put(B, bytes);
      rows.files.add(A);
      rows.snapshots.set("s", { blobs: [A, B], frozenAt: 0 });
      await files.put(snapshotKey("s"), bytes);
    });
    rows.used.add("s");
    await blobs.release("s");
    expect(await stored()).toHaveLength(3);
    rows.used.delete("s");
    await blobs.release("s");
    expect(await stored()).toEqual([blobKey(A)]);
  });

  it("that a killed process left are swept; of other processes only those that are old", async () => {
    for (const [alone, now, left] of [
      [true, Date.now(), 0],
      [false, Date.now(), 3],
      [false, Date.now() + 2 * HOUR_MS, 0],
    ] as const) {
      const { blobs, files, rows, stored } = await openBlobs({ alone, now });
      await files.put(blobKey(A), bytes);
      await files.put(blobKey(B), bytes);
      await files.put(snapshotKey("without a row"), bytes);
      rows.snapshots.set("without a file", { blobs: [B], frozenAt: Date.now() });
      await blobs.sweep();
      expect(await stored()).toHaveLength(left);
      expect(rows.snapshots.size).toBe(left === 0 ? 0 : 1);
    }
  });

  it("that cannot be collected are told to whoever asks for that, and to nobody whose work is done", async () => {
    const { blobs, files, rows, stored } = await openBlobs();
    await files.put(blobKey(A), bytes);
    rows.away = true;
    await expect(blobs.collect([A])).rejects.toThrow("the database is away");
    const work = blobs.whileHolding(async () => {
      await blobs.collect([A]);
      return "done";
    });
    expect(await work).toBe("done");
    rows.away = false;
    await blobs.sweep();
    expect(await stored()).toEqual([]);
  });
});
