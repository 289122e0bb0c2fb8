import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, it } from "vitest";
import { goodDiscs } from "../support/inspection-server.ts";
import { postForm, postJson } from "../support/requests.ts";
import { runCommand, type ServerProcess, startCommand, startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** `quatrain inspection watch` is killed without warning in the middle of a folder, again and again. */

const FILES = 8;
/** So many files are told of before each kill. */
const KILL_AFTER = [1, 2, 1];

let dataDir: string;
let server: ServerProcess;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "quatrain-watch-kill-"));
  server = await startServer({ dataDir });
  const images = await goodDiscs(3);
  await postForm(`${server.url}/fit_ok`, { role_id: "Line", roi_id: "disc", mm_per_px: 0.2, images });
  await postJson(`${server.url}/calibrate_ng`, { role_id: "Line", roi_id: "disc", ok_scores: [0.001] });
});
afterAll(async () => {
  await server.end("SIGTERM");
  await rm(dataDir, { recursive: true, force: true });
});

it("loses no picture, and tells of one twice only where a kill met it", { timeout: 120_000 }, async () => {
  const [folder, out, moved] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
  const [image] = await goodDiscs(1);
  const bytes = Buffer.from(await image!.arrayBuffer());
  const names = Array.from({ length: FILES }, (_, index) => `${index}.png`);
  for (const name of names) await writeFile(join(folder, name), bytes);
  const watch = ["inspection", "watch", folder, "--role", "Line", "--roi", "disc", "--mm-per-px", "0.2"];
  const args = [...watch, "--interval", "0.05", "--out", out, "--move", moved, "--url", server.url];

  for (const files of KILL_AFTER) {
    const child = startCommand(args);
    let told = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      expect(line).toMatch(/^\d\.png: ng /);
      if (++told === files) child.kill("SIGKILL");
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    expect(child.signalCode).toBe("SIGKILL");
  }
  expect(await readdir(folder)).not.toEqual([]);
  const last = await runCommand([...args, "--once"]);
  expect(last.code, last.stderr).toBe(0);

  expect(await readdir(folder)).toEqual([]);
  const done = await readdir(join(moved, "ng"));
  const sizes = await Promise.all(done.map(async (name) => (await stat(join(moved, "ng", name))).size));
  expect(sizes.filter((size) => size === bytes.length)).toHaveLength(FILES);
  const lines = (await readFile(join(out, "results.jsonl"), "utf8")).split("\n");
  const files = lines.flatMap((line) => /^\{"file":"(\d\.png)".*\}$/.exec(line)?.[1] ?? []);
  expect([...new Set(files)].sort()).toEqual(names);
  expect(files.length).toBeLessThanOrEqual(FILES + KILL_AFTER.length);
});
