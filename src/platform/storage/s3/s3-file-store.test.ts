import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { describeFileStore } from "../testing.ts";
import { S3FileStore } from "./s3-file-store.ts";

/** The part of s3rver that is used here; it comes without types. */
interface S3Server {
  run(): Promise<{ address: string; port: number }>;
  close(): Promise<void>;
  reset(): void;
}
type S3ServerClass = new (options: Record<string, unknown>) => S3Server;

const S3rver = createRequire(import.meta.url)("s3rver") as S3ServerClass;

let folder: string;
let server: S3Server;
let endpoint: string;
const opened: S3FileStore[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "quatrain-s3-"));
  server = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: "files", configs: [] }],
  });
  const { port } = await server.run();
  endpoint = `http://127.0.0.1:${port}`;
});

afterEach(async () => {
  for (const store of opened.splice(0)) {
    for await (const { key } of store.list("")) await store.delete(key);
    store.close();
  }
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function open(bucket = "files"): Promise<S3FileStore> {
  const settings = { endpoint, bucket, region: "us-east-1", accessKey: "S3RVER", secretKey: "S3RVER" };
  const store = await S3FileStore.open(settings);
  opened.push(store);
  return store;
}

describeFileStore("S3FileStore", () => open());

describe("S3FileStore", () => {
  test("sends a long stream of unknown length in parts and yields it whole", async () => {
    const store = await open();
    const pieces = Array.from({ length: 35 }, (_, i) => Buffer.alloc(2 ** 20, i));
    expect(await store.put("big", Readable.from(pieces))).toMatchObject({ bytes: 35 * 2 ** 20 });
    expect((await store.read("big")).equals(Buffer.concat(pieces))).toBe(true);
  });

  test("names the bucket and what to check when it does not answer", async () => {
    await expect(open("absent")).rejects.toMatchObject({
      code: "storage_unavailable",
      status: 503,
      message: expect.stringMatching(/absent.*QUATRAIN_S3_ENDPOINT/s),
    });
  });
});
