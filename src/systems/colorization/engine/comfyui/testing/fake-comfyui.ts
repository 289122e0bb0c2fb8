import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { checkGraph } from "./node-kinds.ts";
import { acceptSocket, type SpeakingSocket } from "./speak-socket.ts";

/** A prompt that was queued, in the hands of a test. */
export interface FakePrompt {
  readonly id: string;
  readonly graph: Readonly<
    Record<string, { readonly class_type: string; readonly inputs: Record<string, unknown> }>
  >;
  /** Sends news of this prompt, or of another one. */
  tell(type: string, data?: object, promptId?: string): void;
  tellBytes(bytes: Uint8Array): void;
  dropSocket(): void;
  /** Puts it into the history; `tell` what happened before. */
  finish(entry: object): void;
  /** Out of the queue, without a trace. */
  forget(): void;
}

export interface FakeComfyuiOptions {
  /** What becomes of a prompt; coloured after three steps of progress if left out. */
  run?(prompt: FakePrompt, server: FakeComfyui): void | Promise<void>;
  /** Answers a request in place of the server; true if it did. */
  intercept?(request: IncomingMessage, response: ServerResponse): boolean;
  /** What `/view` hands out. */
  readonly picture?: Uint8Array;
  readonly refusesSockets?: boolean;
}

/** A server of ComfyUI's protocol which colours nothing and checks everything. */
export interface FakeComfyui {
  readonly url: string;
  readonly uploads: Map<string, Buffer>;
  readonly prompts: FakePrompt[];
  /** Requests as `POST /prompt`, in order. */
  readonly requests: string[];
  readonly origins: (string | undefined)[];
  readonly authorizations: (string | undefined)[];
  readonly interrupted: unknown[];
  readonly dequeued: unknown[];
  /** Cuts every connection and forgets every prompt, as a restart does. */
  restart(): void;
  close(): Promise<void>;
}

/** What a well-behaved prompt ends with. */
export function savedEntry(filename = "page_00001_.png", type = "output"): object {
  return {
    outputs: { "21": { text: ["seen"] }, "22": { images: [{ filename, subfolder: "quatrain", type }] } },
    status: { status_str: "success", completed: true, messages: [] },
  };
}

/** Tells what the real one tells of a prompt that goes well. */
export function runWell(prompt: FakePrompt): void {
  prompt.tell("status", { status: { exec_info: { queue_remaining: 1 } } });
  prompt.tell("execution_start");
  prompt.tell("executing", { node: "20" });
  for (const value of [1, 2, 3]) {
    prompt.tell("progress", { value, max: 4, node: "20" });
    prompt.tellBytes(Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 0xff, 0xd8]));
  }
  prompt.tell("executed", { node: "22", output: { images: [] } });
  prompt.tell("execution_success");
  prompt.finish(savedEntry());
  prompt.tell("executing", { node: null });
}

export async function startFakeComfyui(options: FakeComfyuiOptions = {}): Promise<FakeComfyui> {
  const queue = new Map<string, FakePrompt>();
  const history = new Map<string, object>();
  const sockets = new Map<string, SpeakingSocket>();
  const server = createServer((request, response) => {
    fake.requests.push(`${request.method} ${request.url?.split("?")[0]}`);
    fake.origins.push(request.headers.origin);
    fake.authorizations.push(request.headers.authorization);
    if (options.intercept?.(request, response)) return;
    answer(request, response).catch(() => response.destroy());
  });
  server.on("upgrade", (request, connection) => {
    fake.origins.push(request.headers.origin);
    const client = new URL(request.url ?? "", "http://x").searchParams.get("clientId") ?? "";
    if (options.refusesSockets) connection.end("HTTP/1.1 404 Not Found\r\n\r\n");
    else sockets.set(client, acceptSocket(request, connection));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const routes: Record<
    string,
    (body: Buffer, url: URL, request: IncomingMessage) => Promise<[number, unknown]>
  > = {
    "GET /system_stats": async () => [200, { system: {} }],
    "POST /upload/image": async (body, _, request) => [200, await keep(body, request, fake.uploads)],
    "POST /prompt": async (body) => enqueue(JSON.parse(body.toString())),
    "GET /queue": async () => {
      const [running, ...pending] = [...queue.keys()].map((id, at) => [at, id, {}]);
      return [200, { queue_running: running === undefined ? [] : [running], queue_pending: pending }];
    },
    "POST /queue": async (body) => [200, fake.dequeued.push(JSON.parse(body.toString()))],
    "POST /interrupt": async (body) => [200, fake.interrupted.push(JSON.parse(body.toString()))],
  };

  const fake: FakeComfyui = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    uploads: new Map(),
    prompts: [],
    requests: [],
    origins: [],
    authorizations: [],
    interrupted: [],
    dequeued: [],
    restart() {
      queue.clear();
      history.clear();
      for (const socket of sockets.values()) socket.drop();
      server.closeAllConnections();
    },
    close: () => closed(server, sockets),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const url = new URL(request.url ?? "", fake.url);
    if (url.pathname === "/view") {
      response.end(options.picture ?? PNG);
      return;
    }
    const id = /^\/history\/(.+)$/.exec(url.pathname)?.[1];
    const known = id === undefined ? routes[`${request.method} ${url.pathname}`] : undefined;
    const entry = history.get(id ?? "");
    const [status, value] =
      id === undefined
        ? ((await known?.(body, url, request)) ?? [404, null])
        : [200, entry === undefined ? {} : { [id]: entry }];
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  }

  function enqueue(body: { prompt: FakePrompt["graph"]; client_id: string }): [number, unknown] {
    const refusal = checkGraph(body.prompt, new Set(fake.uploads.keys()));
    if (refusal !== null) return [400, refusal];
    const id = `prompt-${fake.prompts.length + 1}`;
    const socket = () => sockets.get(body.client_id);
    const prompt: FakePrompt = {
      id,
      graph: body.prompt,
      tell: (type, data = {}, promptId = id) =>
        socket()?.sendText(JSON.stringify({ type, data: { ...data, prompt_id: promptId } })),
      tellBytes: (bytes) => socket()?.sendBytes(bytes),
      dropSocket: () => socket()?.drop(),
      finish(entry) {
        queue.delete(id);
        history.set(id, entry);
      },
      forget: () => void queue.delete(id),
    };
    queue.set(id, prompt);
    fake.prompts.push(prompt);
    setImmediate(() => (options.run ?? runWell)(prompt, fake));
    return [200, { prompt_id: id, number: fake.prompts.length, node_errors: {} }];
  }
  return fake;
}

/** The first bytes are what counts here. */
export const PNG = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.from("coloured")]);

/** As the real one: another file of the same name gets a number. */
async function keep(body: Buffer, request: IncomingMessage, uploads: Map<string, Buffer>) {
  const type = request.headers["content-type"] ?? "";
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
  const file = form.get("image") as File;
  const content = Buffer.from(await file.arrayBuffer());
  const [stem = "", ending = ""] = file.name.split(/(?=\.[^.]*$)/);
  let name = `kept-${file.name}`;
  for (let copy = 1; uploads.has(name) && !uploads.get(name)?.equals(content); copy++)
    name = `kept-${stem} (${copy})${ending}`;
  uploads.set(name, content);
  return { name, subfolder: "", type: form.get("type") };
}

async function closed(server: Server, sockets: ReadonlyMap<string, SpeakingSocket>): Promise<void> {
  for (const socket of sockets.values()) socket.drop();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
