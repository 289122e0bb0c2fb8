import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { TrainerEvent } from "../../src/systems/training/engine/port.ts";

/** What a worker has told. */
export interface Callback {
  readonly job_id: number;
  readonly attempt: number;
  readonly sequence: number;
  readonly event: string;
  readonly data: { readonly event: TrainerEvent } & Readonly<Record<string, unknown>>;
}

export interface ServedImage {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly split: "train" | "val";
  readonly label: number;
}

/** The server's side of the workers' protocol, with everything that was heard. */
export interface FakeServer {
  readonly url: string;
  readonly callbacks: readonly Callback[];
  /** Uploaded files by name. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Pictures that were asked for. */
  readonly blobsServed: () => number;
  /** Away: every connection is broken off. */
  away: boolean;
  /** Status of every answer to a callback, where it is not 200. */
  refuseWith: number | null;
}

export const CALLBACK_TOKEN = "a-token-of-the-job";
const PREFIX = "/api/v1/internal/training";

/** Listens until the test is over. */
export async function startFakeServer(
  classes: readonly string[],
  images: readonly ServedImage[],
): Promise<FakeServer> {
  const blobs = new Map(images.map(({ bytes }) => [sha256(bytes), bytes]));
  const manifest = { classes, images: images.map(manifestRow) };
  const callbacks: Callback[] = [];
  const files = new Map<string, Buffer>();
  let served = 0;
  const state = { away: false, refuseWith: null as number | null };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (state.away) return void request.socket.destroy();
    if (request.headers["x-internal-auth"] !== CALLBACK_TOKEN) return say(response, 403, { detail: "no" });
    const path = request.url ?? "";
    const [, file] = /\/checkpoints\/([^/]+)$/.exec(path) ?? [];
    const [, digest] = /\/blobs\/([0-9a-f]{64})$/.exec(path) ?? [];
    if (path === `${PREFIX}/callback`) {
      if (state.refuseWith !== null) return say(response, state.refuseWith, { detail: "not wanted" });
      const callback = JSON.parse(body.toString()) as Callback;
      callbacks.push(callback);
      return say(response, 200, { status: "received", job_id: callback.job_id });
    }
    if (path.endsWith("/manifest")) return say(response, 200, manifest);
    if (digest !== undefined) served++;
    const stored = digest === undefined ? files.get(file ?? "") : blobs.get(digest);
    if (request.method === "GET" && stored !== undefined) return void response.end(stored);
    if (file === undefined || request.method !== "PUT") return say(response, 404, { detail: "not there" });
    if (sha256(body) !== request.headers["x-content-sha256"])
      return say(response, 422, { detail: "damaged" });
    files.set(file, body);
    say(response, 200, {});
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, { url, callbacks, files, blobsServed: () => served });
}

function manifestRow({ path, bytes, split, label }: ServedImage) {
  const size = { width: 40, height: 40 };
  return { path, sha256: sha256(bytes), bytes: bytes.length, ...size, split, label, boxes: [] };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function say(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
