import { mkdtempSync, rmSync, statSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary-folder.ts";
import { moveDone } from "./done-files.ts";

/** Memory that is a disk of its own on most Linux machines. */
const ELSEWHERE = "/dev/shm";
const deviceOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.dev;

it("moves a file, and gives a name that is taken a number", async () => {
  const [from, to] = [await temporaryFolder(), await temporaryFolder()];
  for (const text of ["first", "second"]) {
    await writeFile(join(from, "a.png"), text);
    await moveDone(join(from, "a.png"), "a.png", to);
  }
  expect(await readdir(from)).toEqual([]);
  expect(await readFile(join(to, "a.png"), "utf8")).toBe("first");
  expect(await readFile(join(to, "a-1.png"), "utf8")).toBe("second");
});

it("moves a file onto another disk", async ({ skip }) => {
  const from = await temporaryFolder();
  if ([undefined, deviceOf(from)].includes(deviceOf(ELSEWHERE))) skip("there is no second disk");
  const to = mkdtempSync(join(ELSEWHERE, "quatrain-test-"));
  onTestFinished(() => rmSync(to, { recursive: true }));
  await writeFile(join(from, "a.png"), "content");
  await moveDone(join(from, "a.png"), "a.png", to);
  expect(await readdir(from)).toEqual([]);
  expect(await readFile(join(to, "a.png"), "utf8")).toBe("content");
});
