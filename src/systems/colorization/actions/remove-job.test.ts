import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary-folder.ts";
import { LocalFileStore } from "../../../platform/storage/local/local-file-store.ts";
import { removeFiles } from "./remove-job.ts";

test("files below a prefix go, some at once, and nothing else", async () => {
  const store = await LocalFileStore.open({ root: join(await temporaryFolder(), "files"), shared: false });
  const kept = ["jobs/a2/1.png", "jobs/ab.png"];
  const gone = Array.from({ length: 60 }, (_, page) => `jobs/a/${page % 3}/${page}.png`);
  await Promise.all([...kept, ...gone].map((key) => store.put(key, Buffer.from("x"))));
  let [now, most] = [0, 0];
  const remove = store.delete.bind(store);
  store.delete = async (key) => {
    most = Math.max(most, ++now);
    return remove(key).finally(() => now--);
  };
  await removeFiles(store, "jobs/a");
  const left: string[] = [];
  for await (const { key } of store.list("")) left.push(key);
  expect(left).toEqual(kept);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(16);
});
