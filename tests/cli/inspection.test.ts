import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { discPng } from "../support/drawn-pictures.ts";
import { runCommand, type ServerProcess, startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** An existing site taken over, and a version carried to another ROI, on the command line. */

let server: ServerProcess;
beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "quatrain-cli-"));
  server = await startServer({ dataDir });
  return async () => {
    await server.end("SIGTERM");
    await rm(dataDir, { recursive: true, force: true });
  };
});

async function run(...args: string[]) {
  const result = await runCommand(["inspection", ...args, "--url", server.url, "--json"]);
  return { ...result, json: result.stdout === "" ? null : JSON.parse(result.stdout) };
}

const base64Url = (text: string) => Buffer.from(text).toString("base64url");
const base = (role: string, roi: string) => `${base64Url(role)}__${base64Url(roi)}`;
const png = async (seed: number) => Buffer.from(await (await discPng(seed)).arrayBuffer());

it("imports a site's memories, thresholds and pictures, tells what it did, and does nothing twice", async () => {
  const { dinov2, dinov2Half, otherDim } = JSON.parse(
    await readFile("tests/vectors/site-memory.json", "utf8"),
  ) as Record<string, string>;
  const site = await temporaryFolder();
  const write = async (path: string, content: Buffer | string) => {
    await mkdir(dirname(join(site, path)), { recursive: true });
    await writeFile(join(site, path), content);
  };
  const npz = (base64: string | undefined) => Buffer.from(base64 ?? "", "base64");
  const calib = JSON.stringify({ threshold: 0.7, p99_ok: 0.6, mm_per_px: 0.2, area_mm2_thr: 2, extra: 1 });
  await write(`recipes/r1/key-1/${base("Línea", "roi 1")}.npz`, npz(dinov2));
  await write(`recipes/r1/key-1/${base("Línea", "roi 1")}_calib.json`, calib);
  await write(`recipes/r1/key-1/${base("Línea", "roi 1")}_index.faiss`, "index");
  await write("Role/roi-2/memory.npz", npz(dinov2Half));
  await write(`${base("Role", "roi-3")}.npz`, npz(otherDim));
  const place = `recipes/r1/datasets/${base("Línea", "roi 1")}`;
  await write(`${place}/ok/20250101-101010-000001.png`, await png(1));
  await write(`${place}/ok/20250101-101010-000001.json`, JSON.stringify({ mm_per_px: 0.2, batch: 7 }));
  await write(`${place}/ok/20250101-101010-000002.png`, "no picture");
  await write("datasets/Role/roi-2/ng/a.png", await png(2));
  await write("notes.txt", "notes");

  const first = await run("import", site);
  expect(first.code, first.stderr).toBe(1);
  const told = (rows: { path: string; outcome: string; note: string }[]) =>
    Object.fromEntries(
      rows.map(({ path, outcome, note }) => [path.replace(/^.*\//, ""), `${outcome}: ${note}`]),
    );
  expect(told(first.json)).toEqual({
    [`${base("Línea", "roi 1")}.npz`]: expect.stringMatching(
      /^taken: version 1; vit_small_patch14_dinov2; threshold 0\.7; .*pull[^;]*$/,
    ),
    "memory.npz": expect.stringMatching(/^not taken: .*send mm_per_px/),
    [`${base("Role", "roi-3")}.npz`]: expect.stringMatching(/^not taken: .*100 numbers per patch/),
    "20250101-101010-000001.png": "taken: 1 pictures",
    "20250101-101010-000002.png": expect.stringMatching(/^not taken: /),
    "a.png": "taken: 1 pictures",
    "notes.txt": "not taken: not a part of a site that is known",
  });

  const again = told((await run("import", site, "--mm-per-px", "0.2")).json);
  expect(again).toMatchObject({
    [`${base("Línea", "roi 1")}.npz`]: "there already: version 1",
    "memory.npz": expect.stringMatching(/^taken: version 1; .*no threshold.*what good pictures are like/),
    "20250101-101010-000001.png": "there already: 1 pictures",
    "a.png": "there already: 1 pictures",
  });

  const roi = ["--role", "Línea", "--roi", "roi 1", "--recipe", "r1", "--model-key", "key-1"];
  expect((await run("status", ...roi)).json).toMatchObject({
    model_version: 1,
    backbone: "vit_small_patch14_dinov2",
    calib: { threshold: 0.7, area_mm2_thr: 2 },
    datasets: { classes: { ok: { count: 1 } } },
    mm_per_px: 0.2,
  });
  expect((await run("quality", ...roi)).json).toMatchObject({ reference: { n_images: 1 } });
  const refused = await run(
    "infer",
    join(site, "datasets/Role/roi-2/ng/a.png"),
    "--mm-per-px",
    "0.2",
    ...roi,
  );
  expect(refused.stderr).toMatch(/models pull vit_small_patch14_dinov2/);
  const entries = (await run("audit", "--action", "import_memory")).json.items;
  expect(entries.map((one: { roi_id: string }) => one.roi_id)).toEqual(["roi-2", "roi 1"]);
  expect((await run("import", join(site, "nowhere"))).stderr).toMatch(/There is no folder/);
});

it("carries a version from one ROI to another, and sets thresholds by hand", async () => {
  const folder = await temporaryFolder();
  for (const seed of [1, 2, 3]) await writeFile(join(folder, `${seed}.png`), await png(seed));
  const roi = ["--role", "Line", "--roi", "a"];
  // the recipe's scale, which the import before has locked
  expect((await run("fit", folder, ...roi, "--mm-per-px", "0.2", "--operator", "ana")).code).toBe(0);
  await run("calibrate", ...roi, "--ok-scores", "1,2", "--ng-scores", "9");
  expect((await run("threshold", "3.5", ...roi, "--operator", "eva", "--note", "trial")).json.threshold).toBe(
    3.5,
  );
  expect((await run("report", ...roi)).json).toMatchObject({ auroc: 1, threshold: 3.5 });
  const file = join(await temporaryFolder(), "a.zip");
  const exported = await run("versions", "export", ...roi, "-o", file);
  expect(exported).toMatchObject({ code: 0, json: { bytes: expect.any(Number) } });
  const done = await run("versions", "import", file, "--roi", "b", "--operator", "eva");
  expect(done.json).toMatchObject({ model_version: 1, roi_id: "b", threshold: 3.5 });
  const list = (await run("versions", "list", "--role", "Line", "--roi", "b")).json.items;
  expect(list).toMatchObject([{ version: 1, origin: "bundle", operator_id: "ana" }]);
  expect((await run("versions", "rollback", "7", ...roi)).stderr).toMatch(/no version 7/);
  const lines = await runCommand(["inspection", "report", ...roi, "--url", server.url]);
  expect(lines.stdout).toMatch(/AUROC 1\.0000[\s\S]*best F1[\s\S]*xxx/);
});
