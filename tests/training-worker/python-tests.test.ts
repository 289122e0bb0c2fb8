import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { pythonWithTorch } from "./python-with-torch.ts";

const run = promisify(execFile);
const folder = fileURLToPath(new URL("../../workers/python", import.meta.url));
const python = pythonWithTorch();

test.skipIf(python === null)("the Python worker's own tests pass", async () => {
  const command = ["-m", "unittest", "discover", "-s", "tests", "-t", "."];
  const { stderr } = await run(python ?? "", command, { cwd: folder });
  expect(stderr).toMatch(/\nOK/);
});
