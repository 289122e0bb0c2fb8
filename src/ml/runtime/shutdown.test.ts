import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { entryUrl } from "../../platform/lifecycle/entry-url.ts";

function start(...args: string[]) {
  const entry = fileURLToPath(entryUrl("./draining-child", import.meta.url));
  return spawn(process.execPath, [entry, ...args], { stdio: ["ignore", "pipe", "inherit"] });
}

async function outcome(child: ChildProcess) {
  const [code, signal] = await once(child, "exit");
  return { code, signal };
}

test("SIGTERM in the middle of a run: close drains, the run answers, and the process exits 0", async () => {
  const child = start();
  const ended = outcome(child);
  child.stdout.once("data", () => child.kill("SIGTERM"));
  const output = await text(child.stdout);
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(output).toBe("running\nclosing with 1 busy\nanswered 1.000\n");
});

test("a program that forgets to close still ends by itself with 0, since idle threads do not hold it", async () => {
  const child = start("forget");
  const ended = outcome(child);
  expect(await text(child.stdout)).toBe("done\n");
  expect(await ended).toEqual({ code: 0, signal: null });
});
