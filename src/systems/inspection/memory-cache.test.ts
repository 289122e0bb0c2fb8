import { expect, test } from "vitest";
import type { FileStore } from "../../platform/storage/file-store.ts";
import type { InspectionEngine, MemoryModel } from "./engine/port.ts";
import { MemoryCache } from "./memory-cache.ts";
import type { ModelRecord } from "./store/model-record.ts";

/** A cache over files that count how often they are read. */
function openCache(capacity: number) {
  const reads: string[] = [];
  const broken = new Set<string>();
  const files: Pick<FileStore, "read"> = {
    async read(key) {
      reads.push(key);
      if (broken.has(key)) throw new Error("no such file");
      return Buffer.from(key);
    },
  };
  const engine: Pick<InspectionEngine, "decode"> = {
    decode: (bytes) => ({ engineId: Buffer.from(bytes).toString() }) as MemoryModel,
  };
  const cache = new MemoryCache(files as FileStore, engine as InspectionEngine, capacity);
  const load = (id: number) => cache.load({ id, fileKey: `m${id}` } as ModelRecord);
  return { load, reads, broken };
}

test("a memory is read once, also by two requests at the same time", async () => {
  const { load, reads } = openCache(2);
  const [one, same] = await Promise.all([load(1), load(1)]);
  expect(one).toBe(same);
  expect(await load(1)).toBe(one);
  expect(reads).toEqual(["m1"]);
});

test("the least recently used goes first", async () => {
  const { load, reads } = openCache(2);
  for (const id of [1, 2, 1, 3, 1, 2]) await load(id);
  expect(reads).toEqual(["m1", "m2", "m3", "m2"]);
});

test("a failed read is not remembered", async () => {
  const { load, broken, reads } = openCache(2);
  broken.add("m1");
  await expect(load(1)).rejects.toThrow("no such file");
  broken.clear();
  expect((await load(1)).engineId).toBe("m1");
  expect(reads).toEqual(["m1", "m1"]);
});
