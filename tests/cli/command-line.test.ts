import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { discPng } from "../support/drawn-pictures.ts";
import { send } from "../support/requests.ts";
import { runCommand, startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** The command line as a person uses it: on a folder that nobody holds, and beside a running server. */

async function discFolder(count: number, from = 0): Promise<string> {
  const folder = await temporaryFolder();
  for (let seed = from; seed < from + count; seed++) {
    const png = Buffer.from(await (await discPng(seed)).arrayBuffer());
    await writeFile(join(folder, `disc-${seed}.png`), png);
  }
  return folder;
}

const ROI = ["--role", "Line", "--roi", "disc"];

it("fits, calibrates and infers on a folder of its own, with JSON for scripts", async () => {
  const data = ["--data", await temporaryFolder()];
  const run = async (...args: string[]) => {
    const result = await runCommand(["inspection", ...args, ...ROI, ...data, "--json"]);
    expect(result.stderr).toBe("");
    return { ...result, json: JSON.parse(result.stdout) };
  };
  const added = await run("dataset", "add", await discFolder(11), "--label", "ok", "--mm-per-px", "0.5");
  expect(added.json.saved).toHaveLength(11);
  expect((await run("dataset", "list")).json.ok.count).toBe(11);
  expect((await run("fit", "--mm-per-px", "0.5")).json).toMatchObject({ n_images: 11, model_version: 1 });
  const calibrated = await run("calibrate", "--without-ng", "--percentile", "95");
  expect(calibrated.json).toMatchObject({ n_ok: 11, score_percentile: 95 });
  const out = await temporaryFolder();
  const inferred = await run("infer", await discFolder(1, 40), "--mm-per-px", "0.5", "--out", out);
  expect(inferred.json[0]).toMatchObject({
    decision: expect.stringMatching(/ok|ng/),
    threshold: calibrated.json.threshold,
  });
  expect((await stat(inferred.json[0].overlay)).size).toBeGreaterThan(1_000);
  const low = await run("calibrate", "--ok-scores", "0.001");
  expect(low.json.threshold).toBeCloseTo(0.001);
  const failing = await run("infer", await discFolder(1, 41), "--mm-per-px", "0.5", "--fail-on-ng");
  expect(failing.code).toBe(3);
  expect((await run("dataset", "clear", "--label", "ok")).json.cleared).toBe(11);
});

it("works through a server that holds the folder, and a second server is kept off it", async () => {
  const dataDir = await temporaryFolder();
  const server = await startServer({ dataDir });
  const fitted = await runCommand([
    "inspection",
    "fit",
    await discFolder(2),
    ...ROI,
    "--mm-per-px",
    "0.5",
    "--data",
    dataDir,
  ]);
  expect(fitted).toMatchObject({ code: 0, stdout: expect.stringMatching(/version 1: 2 pictures/) });
  const state = await send("GET", `${server.url}/state?role_id=Line&roi_id=disc`);
  expect(state.body.memory_fitted).toBe(true);
  const second = await runCommand(["serve", "--port", "0", "--data", dataDir]);
  expect(second).toMatchObject({ code: 1, stderr: expect.stringMatching(/in use by another Quatrain/) });
  expect((await stat(join(dataDir, "server.json"))).mode & 0o777).toBe(0o600);
  const doctor = await runCommand(["doctor", "--data", dataDir]);
  expect(doctor).toMatchObject({ code: 0, stdout: expect.stringMatching(/inspection: ready/) });
  await server.end("SIGTERM");
});

it("makes users and keys; a key closes its system to everybody else; the admin resets passwords", async () => {
  const dataDir = await temporaryFolder();
  const server = await startServer({ dataDir, environment: { QUATRAIN_ADMIN_PASSWORD: "first-password" } });
  const data = ["--data", dataDir];
  const added = await runCommand(["user", "add", "Ana@Example.com", "--name", "Ana", ...data], {
    input: "long enough\n",
  });
  expect(added).toMatchObject({ code: 0, stdout: "added Ana@Example.com (member)\n" });
  const weak = await runCommand(["user", "add", "b@example.com", "--password", "short", ...data]);
  expect(weak).toMatchObject({ code: 1, stderr: expect.stringMatching(/8 to 200 characters/) });
  const login = (password: string) =>
    fetch(`${server.url}/_/api/login`, {
      method: "POST",
      body: JSON.stringify({ email: "ana@example.com", password }),
    });
  expect((await login("long enough")).status).toBe(200);
  await runCommand(["user", "passwd", "ana@example.com", ...data], { input: "another one\n" });
  expect((await login("long enough")).status).toBe(401);
  const { access_token } = (await (await login("another one")).json()) as { access_token: string };

  expect((await send("GET", `${server.url}/state?role_id=a&roi_id=b`)).status).toBe(200);
  const created = await runCommand(["key", "create", "gui", "--system", "inspection", ...data, "--json"]);
  const { key, id } = JSON.parse(created.stdout);
  const stateWith = async (headers: Record<string, string>) =>
    (await send("GET", `${server.url}/state?role_id=a&roi_id=b`, headers)).status;
  expect(await stateWith({})).toBe(401);
  expect(await stateWith({ "x-api-key": "wrong" })).toBe(401);
  expect(await stateWith({ "x-api-key": key })).toBe(200);
  expect(await stateWith({ authorization: `Bearer ${access_token}` })).toBe(200);
  expect((await send("GET", `${server.url}/health`)).status).toBe(200);
  expect((await send("GET", `${server.url}/_/api/users`, { "x-api-key": key })).status).toBe(403);
  await runCommand(["key", "revoke", id, ...data]);
  expect(await stateWith({})).toBe(200);
  await server.end("SIGTERM");
});

it("refuses to listen beyond loopback without a credential, unless told so", async () => {
  const data = ["--data", await temporaryFolder()];
  const open = await runCommand(["serve", "--port", "0", "--host", "0.0.0.0", ...data]);
  expect(open).toMatchObject({ code: 1, stderr: expect.stringMatching(/QUATRAIN_API_KEY/) });
});

it("backs up while serving, restores into an empty folder, and moves data aside only when forced", async () => {
  const dataDir = await temporaryFolder();
  const server = await startServer({ dataDir });
  const file = join(await temporaryFolder(), "backup.tar.gz");
  await runCommand([
    "inspection",
    "fit",
    await discFolder(2),
    ...ROI,
    "--mm-per-px",
    "0.5",
    "--data",
    dataDir,
  ]);
  await runCommand([
    "inspection",
    "dataset",
    "add",
    await discFolder(3),
    "--label",
    "ok",
    ...ROI,
    "--data",
    dataDir,
  ]);
  const backup = await runCommand(["backup", file, "--data", dataDir]);
  expect(backup, backup.stderr).toMatchObject({ code: 0 });
  expect((await runCommand(["backup", file, "--data", dataDir])).stderr).toMatch(/exists/);
  expect((await runCommand(["restore", file, "--data", dataDir])).stderr).toMatch(/in use by another/);
  await server.end("SIGTERM");

  const fresh = join(await temporaryFolder(), "restored");
  expect(await runCommand(["restore", file, "--data", fresh])).toMatchObject({ code: 0 });
  expect((await runCommand(["restore", file, "--data", fresh])).stderr).toMatch(/--force/);
  const restored = await startServer({ dataDir: fresh });
  const manifest = await send("GET", `${restored.url}/manifest?role_id=Line&roi_id=disc`);
  expect(manifest.body).toMatchObject({
    memory: true,
    model_version: 1,
    datasets: { classes: { ok: { count: 3 } } },
  });
  await restored.end("SIGTERM");
  expect(await runCommand(["restore", file, "--data", fresh, "--force"])).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/before-restore-/),
  });
  const bytes = await readFile(file);
  await writeFile(file, bytes.subarray(0, bytes.length - 1_000));
  const cut = await runCommand(["restore", file, "--data", join(await temporaryFolder(), "cut")]);
  expect(cut).toMatchObject({ code: 1, stderr: expect.stringMatching(/cannot be restored/) });
});

it("says what is wrong in the user's words, with exit codes for scripts", async () => {
  const data = ["--data", await temporaryFolder()];
  expect(await runCommand(["inspection", "infer", "x.png", "--role", "a"])).toMatchObject({ code: 2 });
  const missing = await runCommand([
    "inspection",
    "fit",
    "/no/such/folder",
    ...ROI,
    "--mm-per-px",
    "1",
    ...data,
  ]);
  expect(missing).toMatchObject({ code: 1, stderr: "quatrain: There is no /no/such/folder\n" });
  const empty = await temporaryFolder();
  await mkdir(join(empty, "sub"));
  const none = await runCommand(["inspection", "fit", empty, ...ROI, "--mm-per-px", "1", ...data]);
  expect(none.stderr).toMatch(/no pictures in/);
  const early = await runCommand(["inspection", "calibrate", ...ROI, ...data]);
  expect(early.stderr).toMatch(/Memoria no encontrada/);
  const wrong = await runCommand(["doctor"], {
    environment: { QUATRAIN_PORT: "many", QUATRAIN_THREADS: "0" },
  });
  expect(wrong.code).toBe(1);
  expect(wrong.stdout).toMatch(/QUATRAIN_PORT[\s\S]*QUATRAIN_THREADS/);
});

it("demonstrates every system on drawn inputs and names the pictures it wrote", {
  timeout: 120_000,
}, async () => {
  const out = await temporaryFolder();
  const { code, stdout, stderr } = await runCommand(["demo", "--out", out]);
  expect(code, stderr).toBe(0);
  for (const kind of ["scratch", "crack", "stain"]) expect(stdout).toMatch(new RegExp(`${kind} +ng`));
  expect((await readdir(join(out, "inspection"))).length).toBe(6);
  expect(await readdir(join(out, "colorization"))).toEqual(["coloured.png", "page.png", "reference.png"]);
});
