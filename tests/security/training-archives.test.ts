import { zipSync } from "fflate";
import { afterEach, describe, expect, it } from "vitest";
import { type RawEntry, rawZip } from "../support/hostile-zips.ts";
import { colourPng, useTrainingServer } from "../support/training-server.ts";
import { refusedWithoutTrace, settledTraces, tracesOf } from "../support/training-traces.ts";

/** Archives that want out of their folder, that never end, that lie: refused whole, and nothing of them stays. */

const MB = 2 ** 20;
const server = useTrainingServer({
  QUATRAIN_MAX_FILE: "1MB",
  QUATRAIN_MAX_UPLOAD: "8MB",
  QUATRAIN_TRAINING_QUOTA: "6MB",
});
const { ask } = server;

afterEach(async () => {
  expect((await fetch(server.url("/_/livez"))).status).toBe(200);
  expect(server.server().stderr()).not.toMatch(/"level":50/);
});

const picture = async (index = 0) => new Uint8Array(await (await colourPng(index % 3, index)).arrayBuffer());

const upload = (archive: Blob | Uint8Array, name = "pictures.zip", fields: Record<string, string> = {}) => {
  const form = new FormData();
  form.set("name", "Hostile");
  form.set("format", "imagefolder");
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.append("files", archive instanceof Blob ? archive : new Blob([new Uint8Array(archive)]), name);
  return ask("POST", "/datasets", { form });
};

const refused = (archive: Blob | Uint8Array, status: number, code: string, name?: string) =>
  refusedWithoutTrace(server, () => upload(archive, name), status, code);

/** The entry after a good one, new each time: whatever was stored before it has to go again. */
const afterGood = async (...entries: RawEntry[]) =>
  rawZip([{ name: "good/1.png", data: await picture(100 + drawn++) }, ...entries]);
let drawn = 0;

describe("an archive with a name that", () => {
  it.each([
    ["goes up", "../evil.png"],
    ["goes up in the middle", "a/b/../../../evil.png"],
    ["goes up in Windows' way", "a\\..\\..\\evil.png"],
    ["mixes both ways", "a/..\\../evil.png"],
    ["is absolute", "/etc/cron.d/evil.png"],
    ["has a drive", "C:\\Windows\\evil.png"],
    ["has a drive without a folder", "c:evil.png"],
    ["is a share of Windows", "\\\\host\\share\\evil.png"],
    ["holds NUL", "evil.png\0.txt"],
    ["holds a line's end", "evil\r\nSet-Cookie: a.png"],
    ["is only dots", ".."],
    ["is a single dot", "a/."],
    ["is empty", ""],
    ["is too long", `${"long/".repeat(10)}${"x".repeat(1_000)}.png`],
    ["is too deep", `${"a/".repeat(40)}evil.png`],
  ])("%s is refused", async (_, name) => {
    await refused(await afterGood({ name, data: await picture() }), 400, "UNSAFE_PATH");
  });

  it.each([
    ["a symbolic link", 0o120777],
    ["a device", 0o060644],
    ["a pipe", 0o010644],
  ])("belongs to %s is refused", async (_, mode) => {
    await refused(
      await afterGood({ name: "link.png", data: Buffer.from("/etc/passwd"), mode }),
      400,
      "UNSAFE_PATH",
    );
  });

  it("is there twice is refused, also as another spelling of it", async () => {
    const data = await picture();
    await refused(await afterGood({ name: "good/1.png", data }), 400, "DUPLICATE_PATH");
    await refused(await afterGood({ name: "./good//1.png", data }), 400, "DUPLICATE_PATH");
    await refused(
      await afterGood({ name: "a/\u00e9.png", data }, { name: "a/e\u0301.png", data }),
      400,
      "DUPLICATE_PATH",
    );
  });

  it("differs only in case is another file: no folder of ours is named so", async () => {
    const { status, body } = await upload(
      await afterGood(
        { name: "GOOD/1.PNG", data: await picture(1) },
        { name: "Aux.txt", data: Buffer.from("x") },
      ),
    );
    expect([status, body.file_count, body.classes]).toEqual([201, 3, ["GOOD", "good"]]);
  });
});

describe("an archive that", () => {
  const zeros = (bytes: number) => new Uint8Array(bytes);

  it("unpacks to two hundred times its size is refused before it is unpacked", async () => {
    const bomb = await afterGood({ name: "zeros.bmp", data: zeros(30 * MB), deflated: true });
    expect(bomb.size).toBeLessThan(40_000);
    await refused(bomb, 400, "ARCHIVE_BOMB");
  });

  it("does so by many small entries is refused too", async () => {
    const entry = (at: number) => ({ name: `${at}.txt`, data: Buffer.alloc(MB, at), deflated: true });
    const bomb = await afterGood(...Array.from({ length: 70 }, (_, at) => entry(at)));
    expect(bomb.size).toBeLessThan(100_000);
    await refused(bomb, 400, "ARCHIVE_BOMB");
  });

  it("says of an entry that it is small, and it is not, is refused when it is read", async () => {
    await refused(
      await afterGood({ name: "a.txt", data: zeros(900_000), claims: 10, deflated: true }),
      400,
      "BAD_ARCHIVE",
    );
    await refused(
      await afterGood({ name: "a.txt", data: zeros(9), claims: 900_000, deflated: true }),
      400,
      "BAD_ARCHIVE",
    );
  });

  it("lets entries share their bytes is refused", async () => {
    const kernel = { data: Buffer.from("kernel"), deflated: true };
    const many = Array.from({ length: 50 }, (_, at) => ({ ...kernel, name: `${at}.txt`, sharedWith: 1 }));
    await refused(await afterGood({ ...kernel, name: "kernel.txt" }, ...many), 400, "BAD_ARCHIVE");
  });

  it("has more than 100,000 entries is refused", async () => {
    const names = Array.from({ length: 100_001 }, (_, at) => [at.toString(36), zeros(0)] as const);
    const counted = Buffer.from(zipSync(Object.fromEntries(names), { level: 0 })); // modulo 65,536
    await refused(counted, 400, "BAD_ARCHIVE");
    const claims = Buffer.from(await (await afterGood()).arrayBuffer());
    const end = claims.length - 22;
    const locator = Buffer.alloc(76);
    locator.writeUInt32LE(0x06064b50, 0);
    locator.writeBigUInt64LE(100_001n, 32);
    locator.writeUInt32LE(0x07064b50, 56);
    locator.writeBigUInt64LE(BigInt(end), 64);
    const many = Buffer.concat([claims.subarray(0, end), locator, claims.subarray(end)]);
    await refused(many, 413, "TOO_MANY_ENTRIES");
  });

  it("holds archives is taken without them, and says so", async () => {
    const inner = zipSync({ "../evil.png": await picture() });
    const { status, body } = await upload(await afterGood({ name: "layer/0.zip", data: inner }));
    expect([status, body.file_count]).toEqual([201, 1]);
    expect(body.warnings.join()).toMatch(/layer\/0\.zip is an archive inside the archive/);
  });

  it("is damaged, at any place, is refused", async () => {
    const whole = Buffer.from(
      await (await afterGood({ name: "good/2.png", data: await picture(2) })).arrayBuffer(),
    );
    await refused(whole.subarray(0, whole.length - 30), 400, "BAD_ARCHIVE");
    await refused(whole.subarray(0, 20), 400, "BAD_ARCHIVE");
    await refused(Buffer.concat([whole.subarray(30), whole.subarray(-40)]), 400, "BAD_ARCHIVE");
    await refused(await afterGood({ name: "a.png", data: await picture(), checksum: 1 }), 400, "BAD_ARCHIVE");
    const flipped = Buffer.from(whole);
    flipped[whole.indexOf("IDAT") + 10]! ^= 0xff;
    await refused(flipped, 400, "BAD_ARCHIVE");
  });

  it("is encrypted is refused", async () => {
    await refused(
      await afterGood({ name: "secret.png", data: await picture(), flags: 0x801, deflated: true }),
      400,
      "ARCHIVE_ENCRYPTED",
    );
  });

  it.each([
    ["a.tar", 400, "UNSUPPORTED_ARCHIVE"],
    ["a.tar.gz", 400, "UNSUPPORTED_ARCHIVE"],
    ["a.7z", 400, "UNSUPPORTED_ARCHIVE"],
    ["a.RAR", 400, "UNSUPPORTED_ARCHIVE"],
    ["a.zip", 400, "BAD_ARCHIVE"],
  ])("is none, called %s, is refused", async (name, status, code) => {
    const bytes = Buffer.concat([Buffer.from("377abcaf271c0004", "hex"), Buffer.alloc(600)]);
    await refused(bytes, status, code, name);
  });

  it("is called a picture is no archive and no picture: it is listed as a problem", async () => {
    const bytes = zipSync({ "../evil.png": await picture() });
    const { status, body } = await upload(bytes, "a/1.png");
    expect([status, body.file_count, body.image_count]).toEqual([201, 1, 0]);
    expect(body.problems[0]).toMatchObject({
      path: "a/1.png",
      message: expect.stringMatching(/none of png/),
    });
  });

  it("is empty makes an empty dataset", async () => {
    const { status, body } = await upload(rawZip([]));
    expect([status, body.file_count]).toEqual([201, 0]);
  });
});

describe("bounds of an upload", () => {
  const noise = (bytes: number, seed: number) =>
    Uint8Array.from({ length: bytes }, (_, at) => Math.imul(at + seed, 2_654_435_761) >>> 24);

  it("are the archive's own, not those of one file; an entry is a file", async () => {
    const parts = Array.from({ length: 3 }, (_, at) => ({ name: `a/${at}.txt`, data: noise(900_000, at) }));
    const large = rawZip(parts);
    expect(large.size).toBeGreaterThan(2 * MB);
    const { status, body } = await upload(large);
    expect([status, body.file_count]).toEqual([201, 3]);
    expect((await ask("DELETE", `/datasets/${body.id}`)).status).toBe(200);
    await refused(await afterGood({ name: "a.txt", data: noise(MB + 1, 9) }), 413, "TOO_LARGE");
    await refused(new Blob([noise(MB + 1, 9)]), 413, "TOO_LARGE", "a.txt");
    await refused(new Blob([noise(9 * MB, 9)]), 413, "TOO_LARGE", "a.zip");
  });

  it("hold for the quota of an owner while the files come", async () => {
    const parts = Array.from({ length: 7 }, (_, at) => ({ name: `a/${at}.txt`, data: noise(900_000, at) }));
    await refused(rawZip(parts), 413, "QUOTA_EXCEEDED");
    const { status, body } = await upload(rawZip(parts.slice(0, 5)));
    expect(status).toBe(201);
    await refused(rawZip(parts.slice(5)), 413, "QUOTA_EXCEEDED");
    const form = new FormData();
    for (const { name, data } of parts.slice(5)) form.append("files", new Blob([data]), name);
    const add = () => ask("POST", `/datasets/${body.id}/files`, { form });
    await refusedWithoutTrace(server, add, 413, "QUOTA_EXCEEDED");
    await ask("DELETE", `/datasets/${body.id}`);
  });

  it("that is refused for its labels leaves no pictures", async () => {
    const json = Buffer.from('{ "images": [ not JSON');
    const archive = await afterGood({ name: "annotations.json", data: json });
    const send = () => upload(archive, "x.zip", { format: "dice" });
    await refusedWithoutTrace(server, send, 400, "BAD_ANNOTATIONS");
    const boxes = () => upload(archive, "x.zip", { format: "imagefolder", task_type: "object_detection" });
    await refusedWithoutTrace(server, boxes, 422, "WRONG_TASK_TYPE");
  });

  it("whose client goes away leaves nothing", async () => {
    const before = await settledTraces(server);
    const entries = await Promise.all(
      Array.from({ length: 300 }, async (_, at) => ({
        name: `a/${at}.png`,
        data: await picture(at + 2_000),
      })),
    );
    const form = new FormData();
    form.set("name", "Gone");
    form.append("files", rawZip(entries), "x.zip");
    const client = new AbortController();
    const asked = fetch(server.url("/api/v1/datasets"), {
      method: "POST",
      body: form,
      headers: server.admin().headers,
      signal: client.signal,
    });
    await expect.poll(async () => (await tracesOf(server)).length).toBeGreaterThan(before.length + 1);
    client.abort();
    await expect(asked).rejects.toThrow();
    await expect.poll(() => tracesOf(server)).toEqual(before);
  });
});
