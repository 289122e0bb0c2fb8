import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";

const MODULE = new URL("./end-with-parent.ts", import.meta.url).href;
/** Watches its parent, says who it is, and computes for ever. */
const CHILD = `
  const { endWithParent } = await import(${JSON.stringify(MODULE)});
  endWithParent(process.ppid);
  require("node:fs").writeSync(1, process.pid + "\\n");
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
`;
const PARENT = `
  require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(`(async () => {${CHILD}})()`)}], {
    detached: true, stdio: ["ignore", "inherit", "inherit"],
  });
  setInterval(() => {}, 1000);
`;

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

describe.skipIf(process.platform !== "linux")("a process that ends with its parent", () => {
  it("does so when that is killed, though its main thread is blocked", async () => {
    const parent = spawn(process.execPath, ["-e", PARENT], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(createInterface({ input: parent.stdout }), "line")) as [string];
    const child = Number(line);
    expect(runs(child)).toBe(true);
    parent.kill("SIGKILL");
    await expect.poll(() => runs(child)).toBe(false);
  });

  it("does so at once where that is gone before it looks", async () => {
    const code = `import(${JSON.stringify(MODULE)}).then(({ endWithParent }) => endWithParent(1e9))`;
    const child = spawn(process.execPath, ["-e", code], { stdio: "inherit" });
    expect(await once(child, "exit")).toEqual([1, null]);
  });
});
