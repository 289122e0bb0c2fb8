import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lockDataFolder, readServerFacts } from "./folder-lock.ts";

const MODULE = new URL("./folder-lock.ts", import.meta.url).href;

describe("lockDataFolder", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "quatrain-lock-"));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  /** A process that takes the lock, says so and waits. */
  async function holderProcess() {
    const code = `import { lockDataFolder } from ${JSON.stringify(MODULE)};
      const lock = await lockDataFolder(process.argv[1]);
      await lock.announce({ address: "http://127.0.0.1:8080", token: "t" });
      process.stdout.write("locked"); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", code, folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    return child;
  }

  test("keeps a second holder out, in the same process too, until it is released", async () => {
    const lock = await lockDataFolder(folder);
    await expect(lockDataFolder(folder)).rejects.toMatchObject({ code: "data_folder_in_use" });
    lock.release();
    lock.release();
    expect(readServerFacts(folder)).toBeNull();
    (await lockDataFolder(folder)).release();
  });

  test("names the process that holds the folder, and outlives it by nothing when it is killed", async () => {
    const child = await holderProcess();
    await expect(lockDataFolder(folder)).rejects.toMatchObject({
      code: "data_folder_in_use",
      message: expect.stringContaining(`process ${child.pid}`),
      details: { pid: child.pid, address: "http://127.0.0.1:8080" },
    });
    child.kill("SIGKILL");
    await once(child, "exit");
    (await lockDataFolder(folder)).release();
  });

  test("the holder's token is for the owner's eyes only", async () => {
    const lock = await lockDataFolder(folder, () => 7);
    await lock.announce({ address: "http://127.0.0.1:1", token: "secret" });
    expect(readServerFacts(folder)).toMatchObject({ pid: process.pid, startedAt: 7, token: "secret" });
    expect((await stat(join(folder, "server.json"))).mode & 0o777).toBe(0o600);
    lock.release();
  });

  test("says what to check where no lock can be had", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    await expect(lockDataFolder(join(file, "data"))).rejects.toMatchObject({ code: "data_folder_unusable" });
  });
});
