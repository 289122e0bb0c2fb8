import { appendFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { discPng } from "../support/drawn-pictures.ts";
import { type RoiIds, useInspectionServer } from "../support/inspection-server.ts";
import { postJson } from "../support/requests.ts";
import { runCommand } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A folder at once, and a folder that is watched, through a running server. */

const { url, fitted } = useInspectionServer();

let roi: RoiIds;
beforeAll(async () => {
  ({ roi } = await fitted(3));
  await postJson(url("/calibrate_ng"), { ...roi, ok_scores: [0.001] });
});

const run = (...args: string[]) => runAt(roi.roi_id, ...args);
const runAt = (roiId: string, ...args: string[]) =>
  runCommand([
    "inspection",
    ...args,
    "--role",
    roi.role_id,
    "--roi",
    roiId,
    "--mm-per-px",
    "0.2",
    "--url",
    url(""),
  ]);

async function pictures(...names: string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const [index, name] of names.entries())
    await writeFile(join(folder, name), Buffer.from(await (await discPng(40 + index)).arrayBuffer()));
  return folder;
}

const linesOf = async (path: string) => (await readFile(path, "utf8")).trimEnd().split("\n");

it("writes a table of a folder and an overlay of each ng picture; a bad file fails alone", async () => {
  const folder = await pictures("a.png", "b, c.png");
  await writeFile(join(folder, "broken.png"), "no picture");
  const out = await temporaryFolder();
  const done = await run("batch", folder, "--out", out, "--operator", "ana", "--json");
  expect(done, done.stderr).toMatchObject({ code: 1 });
  expect(JSON.parse(done.stdout)).toMatchObject({ total: 3, ng: 2, errors: 1 });
  const [head, first, second, broken] = await linesOf(join(out, "results.csv"));
  expect(head).toMatch(/^file,decision,score,/);
  expect(first).toMatch(/^a\.png,ng,/);
  expect(second).toMatch(/^"b, c\.png",ng,/);
  expect(broken).toMatch(/^broken\.png,,,/);
  expect(await readdir(join(out, "overlays"))).toEqual(["a.png.overlay.png", "b, c.png.overlay.png"]);
});

it("ends at what is wrong with every file", async () => {
  const failed = await runAt("unknown", "batch", await pictures("a.png"));
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining("Memoria no encontrada") });
});

it("inspects a watched folder's files once, goes on after a kill, and moves what is done", async () => {
  const folder = await pictures("1.png", "2.png");
  const out = await temporaryFolder();
  const watch = (...more: string[]) =>
    run("watch", folder, "--out", out, "--interval", "0.05", "--once", ...more);
  expect(await watch()).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/1\.png: ng .*\n2\.png: ng /s),
  });
  const results = join(out, "results.jsonl");
  expect(await linesOf(results)).toHaveLength(2);
  // as a kill in the middle of a line leaves it, and with a new file
  await appendFile(results, '{"file":"3.png","dec');
  await writeFile(join(folder, "3.png"), Buffer.from(await (await discPng(45)).arrayBuffer()));
  const moved = join(await temporaryFolder(), "done");
  const again = await watch("--move", moved);
  expect(again.code, again.stderr).toBe(0);
  const lines = await linesOf(results);
  expect(lines.map((line) => line.slice(0, 14))).toEqual(
    ["1", "2", "3", "3"].map((name) => `{"file":"${name}.png`),
  );
  expect(await readdir(join(moved, "ng"))).toEqual(["1.png", "2.png", "3.png"]);
  expect(await readdir(folder)).toEqual([]);
});
