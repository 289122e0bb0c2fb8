import { execFile } from "node:child_process";
import { mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { discPng } from "../support/drawn-pictures.ts";
import { postForm, postJson, send } from "../support/requests.ts";
import { startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** People look into inspection's folders and edit them, and disks fill up: with the server running and at rest. */

const ROI = { role_id: "Línea ¿1?", roi_id: "ab?" };
const BASE = [ROI.role_id, ROI.roi_id].map((id) => Buffer.from(id).toString("base64url")).join("__");

async function open(dataDir: string, environment: Record<string, string> = {}) {
  const server = await startServer({ dataDir, environment });
  onTestFinished(() => server.end("SIGKILL").then(() => undefined));
  const url = (path: string, fields?: Record<string, string>) =>
    `${server.url}${path}${fields ? `?${new URLSearchParams(fields)}` : ""}`;
  return {
    server,
    post: (path: string, fields: Parameters<typeof postForm>[1]) =>
      postForm(url(path), { ...ROI, ...fields }),
    json: (path: string, fields: object) => postJson(url(path), { ...ROI, ...fields }),
    get: (path: string, fields: Record<string, string> = {}) => send("GET", url(path, { ...ROI, ...fields })),
    remove: (path: string, fields: Record<string, string>) =>
      send("DELETE", url(path, { ...ROI, ...fields })),
    classes: async () => (await send("GET", url("/datasets/list", ROI))).body.classes,
  };
}

const discs = (count: number, from = 0) =>
  Promise.all(Array.from({ length: count }, (_, index) => discPng(from + index, undefined, 96)));
const bytesOf = async (picture: Blob) => new Uint8Array(await picture.arrayBuffer());

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

it("a running server survives what is done to its datasets by hand, and says which picture is meant", async () => {
  const dataDir = await temporaryFolder();
  const folder = join(dataDir, "inspection", "recipes", "default", "datasets", BASE, "ok");
  const { post, json, get, remove, classes, server } = await open(dataDir);
  const saved: string[] = (await post("/datasets/ok/upload", { images: await discs(10) })).body.saved;
  expect((await post("/fit_ok", { mm_per_px: 0.2, use_dataset: true })).status).toBe(200);
  const file = (index: number) => join(folder, saved[index]!);
  const sidecar = (index: number) => file(index).replace(".png", ".json");
  const query = (index: number) => ({ label: "ok", filename: saved[index]! });

  await rm(file(0)); // gone
  await rm(file(1));
  await mkdir(file(1)); // a folder
  await rm(file(2));
  await symlink("/etc/passwd", file(2)); // a way out
  await writeFile(file(3), "no picture any more");
  await rm(sidecar(4));
  await writeFile(sidecar(5), "{garbage");
  await writeFile(sidecar(6), '{"mm_per_px":[5],"shape_json":"{"}');
  await writeFile(sidecar(7), '{"mm_per_px":1e308}');

  for (const index of [0, 1, 2]) {
    const { status, body } = await get("/datasets/file", query(index));
    expect([status, body.detail]).toEqual([404, "file not found"]);
  }
  for (const index of [4, 5]) {
    const { status, body } = await get("/datasets/meta", query(index));
    expect([status, body.detail]).toEqual([404, "meta not found"]);
  }
  const { items, n_errors } = (await json("/infer_dataset", {})).body;
  const errors = items.map((item: { error: string | null }) => item.error);
  expect(n_errors).toBe(5);
  for (const index of [0, 1, 2]) expect(errors[index]).toMatch(/file is gone/);
  expect(errors[3]).toMatch(/none of png/);
  expect(errors[6]).toMatch(/shape is not valid JSON/);
  expect(items[7].mm_per_px).toBe(0.2);

  for (const [index, words] of [
    [0, /file is gone/],
    [1, /file is gone/],
    [2, /file is gone/],
    [3, /none of png/],
  ] as const) {
    const fit = await post("/fit_ok", { mm_per_px: 0.2, use_dataset: true });
    const calibration = await json("/calibrate_dataset", { require_ng: false });
    for (const { status, body } of [fit, calibration]) {
      expect([status, body.error]).toEqual([400, expect.stringMatching(words)]);
      expect(body.error).toContain(saved[index]);
    }
    expect((await remove("/datasets/file", query(index))).body.deleted).toBe(true);
    await post("/datasets/ok/upload", { images: await discs(1, 50 + index) });
  }
  await remove("/datasets/file", query(6));
  expect((await json("/calibrate_dataset", { require_ng: false })).status).toBe(200);
  const { cleared } = (await remove("/datasets/clear", { label: "ok" })).body;
  expect(cleared).toBe(9);
  expect((await classes()).ok.count).toBe(0);
  expect(await server.end("SIGTERM")).toMatchObject({ code: 0 });
  expect(server.stderr()).not.toMatch(/"level":50/);
});

it("a start takes in what was added or replaced, forgets what is gone, and leaves the rest alone", async () => {
  const dataDir = await temporaryFolder();
  const dataset = join(dataDir, "inspection", "recipes", "default", "datasets", BASE);
  const first = await open(dataDir);
  const saved: string[] = (await first.post("/datasets/ok/upload", { images: await discs(3) })).body.saved;
  await first.post("/fit_ok", { mm_per_px: 0.2, images: await discs(2) });
  await first.server.end("SIGTERM");

  const [good, other] = await discs(2, 20);
  await rm(join(dataset, "ok", saved[0]!));
  await writeFile(join(dataset, "ok", saved[1]!), await bytesOf(good!));
  await mkdir(join(dataset, "ng"));
  await writeFile(join(dataset, "ng", "by hand $& ñ.PNG"), await bytesOf(other!));
  await writeFile(join(dataset, "ng", "by hand $& ñ.json"), '{"note":"mine"}');
  await writeFile(join(dataset, "ng", "notes.txt"), "not ours");
  await writeFile(join(dataset, "ng", "broken.png"), "no picture");
  await writeFile(Buffer.from(`${join(dataset, "ng")}/\xff.png`, "latin1"), "a name that is no text");
  await symlink("/etc/passwd", join(dataset, "ng", "link.png"));
  await mkdir(join(dataset, "ng", "folder.png"));
  await mkdir(join(dataset, "..", "no_base_name", "ok"), { recursive: true });
  await writeFile(join(dataset, "..", "no_base_name", "ok", "a.png"), await bytesOf(good!));
  const models = await filesOf(join(dataDir, "inspection", "recipes", "default", "models"));
  for (const path of models.filter((name) => name.endsWith(".safetensors"))) await writeFile(path, "torn");

  const second = await open(dataDir);
  expect(await second.classes()).toEqual({
    ok: { count: 2, files: saved.slice(1), meta: { [saved[1]!]: true, [saved[2]!]: true } },
    ng: { count: 1, files: ["by hand $& ñ.PNG"], meta: { "by hand $& ñ.PNG": true } },
  });
  const byHand = { label: "ng", filename: "by hand $& ñ.PNG" };
  expect((await second.get("/datasets/meta", byHand)).body).toEqual({ note: "mine" });
  expect((await second.get("/datasets/file", byHand)).status).toBe(200);
  const torn = await second.post("/infer", { mm_per_px: 0.2, image: good! });
  expect([torn.status, torn.body.error]).toEqual([400, expect.stringMatching(/fit again/)]);
  for (const path of models.filter((name) => name.endsWith(".safetensors"))) await rm(path);
  const gone = await second.post("/infer", { mm_per_px: 0.2, image: good! });
  expect(gone.body.error).toBe("Memoria no encontrada. Ejecuta /fit_ok antes de /infer.");
  expect((await second.post("/fit_ok", { mm_per_px: 0.2, images: [good!] })).status).toBe(200);
});

describe("a full disk", () => {
  it("refuses uploads and fits whole, by the quota, and tells what to do", async () => {
    const dataDir = await temporaryFolder();
    const images = await discs(10);
    const quota = String(4 * images[0]!.size);
    const { post, remove, get } = await open(dataDir, { QUATRAIN_DISK_QUOTA: quota });
    expect((await post("/datasets/ok/upload", { images: images.slice(0, 2) })).status).toBe(200);
    const before = await filesOf(join(dataDir, "inspection"));
    for (const [path, fields] of [
      ["/datasets/ok/upload", { images }],
      ["/fit_ok", { images, mm_per_px: 0.2 }],
      ["/fit_ok", { images: images.slice(0, 1), mm_per_px: 0.2 }], // room for the picture, not for the memory
      ["/fit_ok?async=1", { images, mm_per_px: 0.2 }],
    ] as const) {
      const { status, body } = await post(path, fields);
      expect([status, body.code], path).toEqual([413, "disk_quota_exceeded"]);
      expect(body.error).toMatch(/Delete what is no longer needed/);
      expect(await filesOf(join(dataDir, "inspection")), path).toEqual(before);
    }
    const manifest = (await get("/manifest")).body;
    expect(manifest).toMatchObject({ memory: false, mm_per_px: null });
    expect(manifest.datasets.classes.ok.count).toBe(2);
    expect((await remove("/datasets/clear", { label: "ok" })).body.cleared).toBe(2);
  });

  it("that is read-only is told as ours, and what is stored stays", async ({ skip }) => {
    const dataDir = await temporaryFolder();
    const { post, get } = await open(dataDir);
    const image = (await discs(1))[0]!;
    await post("/datasets/ok/upload", { images: [image] });
    const run = promisify(execFile);
    const folder = join(dataDir, "inspection");
    const mounted = await run("mount", ["--bind", "-o", "ro", folder, folder]).catch(() => null);
    skip(mounted === null, "needs the right to mount");
    onTestFinished(() => run("umount", [folder]).then(() => undefined));
    const refused = await post("/datasets/ok/upload", { images: [image] });
    expect(refused.status).toBe(503);
    expect((await get("/datasets/list")).body.classes.ok.count).toBe(1);
  });
});
