import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { writeSafetensors } from "../../src/ml/weights/safetensors.ts";
import { runCommand } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Pretrained weights from a mirror on this machine. */

const FILE = writeSafetensors({
  tensors: new Map([["w", { type: "U8", shape: [3], bytes: Uint8Array.of(1, 2, 3) }]]),
  metadata: {},
});

it("pulls weights from a mirror, lists, verifies and removes them", async () => {
  const server = createServer((request, response) => {
    if (request.url === "/mirror/timm/resnet18.safetensors") response.end(FILE);
    else response.writeHead(404).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mirror/`;
  const data = await temporaryFolder();
  const run = async (...args: string[]) => {
    const { stdout, stderr, code } = await runCommand(["models", ...args, "--data", data, "--json"], {
      environment: { QUATRAIN_MODELS_URL: mirror },
    });
    return { json: stdout === "" ? null : JSON.parse(stdout), stderr, code };
  };
  const pulled = await run("pull", "resnet18");
  expect(pulled).toMatchObject({ code: 0, json: { id: "resnet18", bytes: FILE.length } });
  const { path } = pulled.json;
  expect(path).toBe(join(data, "weights", "timm", "resnet18.safetensors"));
  const { json: listed } = await run("list");
  const state = (id: string) => listed.find((item: { id: string }) => item.id === id).installed;
  expect([state("fb98"), state("resnet18"), state("vit_small_patch14_dinov2")]).toEqual([true, true, false]);
  expect(await run("verify")).toMatchObject({ code: 0, json: [{ id: "resnet18", ok: true }] });
  await writeFile(path, (await readFile(path)).fill(9, FILE.length - 1));
  expect(await run("verify", "resnet18")).toMatchObject({ code: 1, json: [{ id: "resnet18", ok: false }] });

  const refused = await run("pull", "dinov2-small");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("404");
  expect((await run("pull", "dinov2-small", "--file", path)).stderr).toMatch(/safetensors|not one of/);
  expect((await run("rm", "resnet18")).json).toEqual({ id: "resnet18", removed: true });
  expect((await run("verify", "resnet18")).code).toBe(1);
});
