import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary-folder.ts";
import { writeSafetensors } from "../safetensors.ts";
import { installFile, pullWeights, verifyWeights } from "./install-weights.ts";
import { findInstalled, partPath, removeWeights, weightsPath } from "./weights-folder.ts";

const ID = "resnet18";
/** Large enough to come in several pieces. */
const CONTENT = Buffer.from(
  writeSafetensors({
    tensors: new Map([
      ["w", { type: "U8", shape: [400_000], bytes: new Uint8Array(400_000).map((_, at) => at % 251) }],
    ]),
    metadata: {},
  }),
);
const HASH = createHash("sha256").update(CONTENT).digest("hex");

type Behaviour = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** A server; `requests` are the headers of those for the file itself. */
async function serving(behaviour: Behaviour) {
  const requests: IncomingMessage["headers"][] = [];
  const server = createServer((request, response) => {
    if (request.url?.endsWith(".sha256")) {
      response.writeHead(404).end();
      return;
    }
    requests.push(request.headers);
    behaviour(request, response, requests.length);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    cut: () => server.closeAllConnections(),
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/timm/${ID}.safetensors`,
    requests,
  };
}

/** Answers as a file server does: ranges under `If-Range`; the first answer stops after `stopAt` bytes and waits. */
function fileServer(content: Buffer, { etag = '"one"', stopAt = Infinity, headers = {} } = {}): Behaviour {
  return (request, response, count) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const isRest = from > 0 && request.headers["if-range"] === etag;
    const body = isRest ? content.subarray(from) : content;
    const length = { etag, "content-length": body.length, ...headers };
    if (isRest)
      response.writeHead(206, {
        ...length,
        "content-range": `bytes ${from}-${content.length - 1}/${content.length}`,
      });
    else response.writeHead(200, length);
    if (count > 1 || stopAt > body.length) response.end(body);
    else response.write(body.subarray(0, stopAt));
  };
}

const options = (weightsDir: string, sha256: string | null = null) => ({ weightsDir, sha256 });

/** What lies in the folder of weights. */
async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(join(folder, "timm")).catch(() => [])).sort();
}

describe("pullWeights", () => {
  it("installs a whole file with a record of what it is, and tells how far it is", async () => {
    const folder = await temporaryFolder();
    const { url } = await serving(fileServer(CONTENT));
    const seen: [number, number | null][] = [];
    const onProgress = (bytes: number, total: number | null) => seen.push([bytes, total]);
    const installed = await pullWeights(ID, url, { ...options(folder), onProgress });
    expect(installed).toMatchObject({ bytes: CONTENT.length, record: { sha256: HASH, source: url } });
    expect(seen.at(-1)).toEqual([CONTENT.length, CONTENT.length]);
    expect((await readFile(weightsPath(folder, ID))).equals(CONTENT)).toBe(true);
    expect(await filesIn(folder)).toEqual([`${ID}.safetensors`, `${ID}.safetensors.json`]);
    expect(await verifyWeights(ID, installed)).toBeNull();
  });

  it("goes on where a connection was cut", async () => {
    const folder = await temporaryFolder();
    const { url, requests, cut } = await serving(fileServer(CONTENT, { stopAt: 100_000 }));
    const onProgress = (bytes: number) => bytes <= 100_000 && cut();
    const { record } = await pullWeights(ID, url, { ...options(folder), onProgress });
    expect(record?.sha256).toBe(HASH);
    expect(requests[0]?.range).toBeUndefined();
    expect(requests[1]?.range).toMatch(/^bytes=[1-9]\d+-$/);
    expect(requests[1]?.["if-range"]).toBe('"one"');
  });

  it("goes on with what an earlier command left, where the file is still the same", async () => {
    const folder = await temporaryFolder();
    const { url, requests } = await serving(fileServer(CONTENT, { stopAt: 100_000 }));
    const stop = new AbortController();
    const first = pullWeights(ID, url, {
      ...options(folder),
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(first).rejects.toMatchObject({ code: "cancelled" });
    expect(await findInstalled(folder, ID)).toBeNull();
    const kept = await readFile(partPath(weightsPath(folder, ID)));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.equals(CONTENT.subarray(0, kept.length))).toBe(true);
    expect((await pullWeights(ID, url, options(folder))).record?.sha256).toBe(HASH);
    expect(requests[1]?.range).toBe(`bytes=${kept.length}-`);
  });

  it("begins anew when the file changed meanwhile, or another address is asked", async () => {
    for (const notes of [{ etag: '"old"' }, { url: "http://127.0.0.1:1/other" }]) {
      const folder = await temporaryFolder();
      const { url } = await serving(fileServer(CONTENT));
      const path = weightsPath(folder, ID);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(partPath(path), "something else altogether");
      await writeFile(`${partPath(path)}.json`, JSON.stringify({ url, etag: '"one"', ...notes }));
      expect((await pullWeights(ID, url, options(folder))).record?.sha256).toBe(HASH);
    }
  });

  it("follows redirects and believes the hash that is announced on the way", async () => {
    const linked =
      (hash: string): Behaviour =>
      (request, response, count) => {
        if (count > 1) fileServer(CONTENT)(request, response, count);
        else response.writeHead(302, { location: "/elsewhere", "x-linked-etag": `"${hash}"` }).end();
      };
    const folder = await temporaryFolder();
    const good = await serving(linked(HASH));
    expect((await pullWeights(ID, good.url, options(folder))).record?.sha256).toBe(HASH);
    const other = await temporaryFolder();
    const bad = await serving(linked("0".repeat(64)));
    await expect(pullWeights(ID, bad.url, options(other))).rejects.toMatchObject({ code: "model_altered" });
    expect(await filesIn(other)).toEqual([]);
  });

  it("installs nothing of an altered file, and keeps what was installed before", async () => {
    const folder = await temporaryFolder();
    const { url } = await serving(fileServer(CONTENT));
    await pullWeights(ID, url, options(folder, HASH));
    const altered = Buffer.from(CONTENT);
    altered[altered.length - 1] = 7;
    const evil = await serving(fileServer(altered));
    await expect(pullWeights(ID, evil.url, options(folder, HASH))).rejects.toMatchObject({
      code: "model_altered",
      status: 422,
    });
    const installed = await findInstalled(folder, ID);
    expect(installed?.record?.sha256).toBe(HASH);
    expect(installed && (await verifyWeights(ID, installed))).toBeNull();
    expect(await filesIn(folder)).toEqual([`${ID}.safetensors`, `${ID}.safetensors.json`]);
  });

  it("refuses what is no safetensors file, what never ends and what is not there", async () => {
    const folder = await temporaryFolder();
    const page = await serving(fileServer(Buffer.from("<html>sign in</html>")));
    await expect(pullWeights(ID, page.url, options(folder))).rejects.toMatchObject({
      code: "weights_unreadable",
    });
    const absent = await serving((_, response) => response.writeHead(404).end());
    await expect(pullWeights(ID, absent.url, options(folder))).rejects.toThrow(/404 Not Found/);
    const circle = await serving((_, response) => response.writeHead(302, { location: "/again" }).end());
    await expect(pullWeights(ID, circle.url, options(folder))).rejects.toThrow(/without end/);
    const huge = await serving((_, response) =>
      response.writeHead(200, { "content-length": 2 ** 40 }).flushHeaders(),
    );
    await expect(pullWeights(ID, huge.url, options(folder))).rejects.toThrow(/more than/);
    expect((await filesIn(folder)).filter((name) => !name.includes(".part"))).toEqual([]);
  });

  it("gives a connection up that is silent, and ends when it is cancelled", async () => {
    const folder = await temporaryFolder();
    const silent = await serving((_, response) => {
      response.writeHead(200, { "content-length": CONTENT.length }).flushHeaders();
    });
    const stalled = pullWeights(ID, silent.url, { ...options(folder), stallMs: 20 });
    await expect(stalled).rejects.toMatchObject({ code: "model_download_failed" });
    const stop = new AbortController();
    const cancelled = pullWeights(ID, silent.url, { ...options(folder), signal: stop.signal });
    await expect.poll(() => silent.requests.length).toBeGreaterThan(3);
    stop.abort();
    await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
  });

  it("fetches once for two who ask at the same time", async () => {
    const folder = await temporaryFolder();
    const { url, requests } = await serving(fileServer(CONTENT));
    await Promise.all([pullWeights(ID, url, options(folder)), pullWeights(ID, url, options(folder))]);
    expect(requests.length).toBe(1);
  });
});

describe("installFile, verifyWeights and removeWeights", () => {
  it("take a local copy, notice when it changes, and take everything away", async () => {
    const folder = await temporaryFolder();
    const own = join(folder, "mine.safetensors");
    await writeFile(own, CONTENT);
    const installed = await installFile(ID, own, options(folder));
    expect(installed.record).toMatchObject({ sha256: HASH, source: own });
    const changed = Buffer.from(CONTENT);
    changed[changed.length - 1] = 7;
    await writeFile(installed.path, changed);
    expect(await verifyWeights(ID, installed)).toMatch(/not the one that was installed/);
    expect(await removeWeights(folder, ID)).toBe(true);
    expect(await removeWeights(folder, ID)).toBe(false);
    expect(await filesIn(folder)).toEqual([]);
    expect((await readFile(own)).equals(CONTENT)).toBe(true);
  });

  it("refuse a local copy that is not the model's, or is not there", async () => {
    const folder = await temporaryFolder();
    const own = join(folder, "mine.safetensors");
    await writeFile(own, CONTENT);
    const dino = installFile("vit_small_patch14_dinov2", own, options(folder));
    await expect(dino).rejects.toMatchObject({ code: "weights_do_not_fit" });
    await expect(installFile(ID, join(folder, "none"), options(folder))).rejects.toMatchObject({
      code: "file_not_found",
    });
    await expect(installFile(ID, own, options(folder, "0".repeat(64)))).rejects.toMatchObject({
      code: "model_altered",
    });
    expect(await filesIn(folder)).toEqual([]);
  });
});
