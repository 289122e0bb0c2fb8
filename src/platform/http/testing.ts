/** For tests only: a shop mounted on a real listener, with a real authority over a fresh SQLite. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { filledText, numberList, truth, wholeNumber } from "../../contracts/fields.ts";
import { defineRoute } from "../../contracts/route.ts";
import type { AuthorityParts } from "../auth/authority.ts";
import { authMigrations } from "../auth/migrations.ts";
import { openAuthRoom } from "../auth/testing.ts";
import { loadConfig } from "../config/config.ts";
import { migrate } from "../db/schema/migrate.ts";
import { openSqlite } from "../db/sqlite/open-sqlite.ts";
import { InvalidInput } from "../errors/invalid-input.ts";
import { userError } from "../errors/quatrain-error.ts";
import { randomIds } from "../ids.ts";
import type { Log } from "../ports.ts";
import { Metrics } from "../telemetry/metrics.ts";
import { silentLog } from "../telemetry/silent-log.ts";
import { Answer, type BoundRoute, route } from "./bound-route.ts";
import { addressOf, createListener, type ListenerParts } from "./listener.ts";
import type { MountedSystem } from "./mounted-system.ts";
import { createPlatformSystem } from "./platform-system.ts";
import { accountRoutes } from "./routes/accounts.ts";
import { sessionRoutes } from "./routes/session.ts";
import { statusRoutes } from "./routes/status.ts";
import type { BoundSocket } from "./sockets.ts";
import { UploadSpool } from "./uploads.ts";

export const MAX_FILE_BYTES = 100_000;
export const MAX_REQUEST_BYTES = 400_000;

const anything = { 200: { description: "What arrived", schema: z.record(z.string(), z.unknown()) } } as const;
const common = { tag: "shop", summary: "For tests", responses: anything } as const;

const upload = defineRoute({
  ...common,
  id: "shopUpload",
  method: "POST",
  path: "/upload",
  access: "write",
  query: z.object({ note: z.string().optional() }),
  body: {
    kind: "form",
    fields: z.object({
      name: filledText(),
      count: wholeNumber({ min: 0 }).optional(),
      urgent: truth().default(false),
      metas: z.array(z.string()).optional(),
    }),
    files: {
      images: { min: 1, max: 3, description: "Pictures", also: ["images[]"] },
      extra: { min: 0, max: 1, description: "One more" },
    },
  },
});

const order = defineRoute({
  ...common,
  id: "shopOrder",
  method: "POST",
  path: "/order",
  access: "write",
  body: {
    kind: "json",
    schema: z.object({ name: filledText(), amounts: numberList(1_000).optional() }),
  },
});

const item = {
  ...common,
  path: "/items/:id",
  params: z.object({ id: z.string() }),
  query: z.object({ size: wholeNumber({ max: 10 }).optional() }),
  body: { kind: "none" },
} as const;
const getItem = defineRoute({ ...item, id: "shopItem", method: "GET", access: "read" });
const deleteItem = defineRoute({ ...item, id: "shopDeleteItem", method: "DELETE", access: "admin" });

const plain = { ...common, body: { kind: "none" }, access: "none" } as const;
const fail = defineRoute({ ...plain, id: "shopFail", method: "GET", path: "/fail" });
const wait = defineRoute({ ...plain, id: "shopWait", method: "GET", path: "/wait" });
const picture = defineRoute({
  ...plain,
  id: "shopPicture",
  method: "GET",
  path: "/picture",
  responses: { 200: { description: "Bytes", contentType: "image/png" } },
});

const putBlob = defineRoute({
  ...common,
  id: "shopPutBlob",
  method: "PUT",
  path: "/blobs/*name",
  access: "write",
  params: z.object({ name: z.string() }),
  body: { kind: "bytes", description: "Anything" },
});

/** Counts to the number in its path, or goes on until the client has gone. */
const counter: BoundSocket = {
  path: "/ws/count/:to",
  access: "read",
  accept: async ({ params, principal, signal }) => {
    const to = Number(params.to);
    if (Number.isNaN(to)) throw userError("no_number", 404, `${params.to} is no number`);
    return (async function* () {
      for (let n = 1; n <= to; n++) yield { n, by: principal.kind };
      if (to === 0) await new Promise((resolve) => signal.addEventListener("abort", resolve));
    })();
  },
};

/** The routes of the shop; `onWait` is told when a request to `/wait` has begun. */
function shopRoutes(onWait: (signal: AbortSignal) => void): BoundRoute[] {
  return [
    route(upload, async ({ input, files, requestId }) => ({
      ...input,
      requestId,
      images: await Promise.all(files.images.map(describeFile)),
      extra: files.extra.length,
    })),
    route(order, async ({ input }) => ({ ...input, amounts: input.amounts?.map(String) })),
    route(getItem, async ({ input, principal, fromHere }) => ({ ...input, kind: principal.kind, fromHere })),
    route(deleteItem, async ({ input }) => new Answer(200, { deleted: input.id }, { "x-deleted": "1" })),
    route(picture, async () => Answer.bytes("image/png", Buffer.from("not really"))),
    route(putBlob, async ({ input, files }) => ({ ...input, ...(await describeFile(files.body[0]!)) })),
    route(fail, async () => {
      throw new TypeError("the inside of the shop");
    }),
    route(wait, async ({ signal }) => {
      onWait(signal);
      await new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
      return {};
    }),
  ];
}

async function describeFile(file: {
  filename: string;
  contentType: string;
  bytes: number;
  read(): Promise<Buffer>;
}) {
  const { filename, contentType, bytes } = file;
  return { filename, contentType, bytes, start: (await file.read()).subarray(0, 20).toString() };
}

export interface ShopOptions {
  readonly auth?: Partial<AuthorityParts>;
  readonly settings?: Partial<ListenerParts["settings"]>;
  readonly corsOrigins?: readonly string[];
  readonly dialect?: boolean;
  readonly log?: Log;
  readonly consoleFolder?: string;
  readonly onWait?: (signal: AbortSignal) => void;
}

/** A listening shop. Close it after the test. */
export async function openShop(options: ShopOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), "quatrain-http-"));
  const database = await openSqlite({ path: join(folder, "test.db"), readers: 1 });
  await migrate(database, authMigrations);
  const auth = openAuthRoom(database, options.auth);
  const shop: MountedSystem = {
    name: "shop",
    routes: shopRoutes(options.onWait ?? (() => undefined)),
    sockets: [counter],
    notFoundPrefixes: ["/shop/"],
    corsOrigins: options.corsOrigins ?? [],
    corsHeaders: { allowed: ["Content-Type", "X-API-Key"], exposed: ["X-Request-Id"] },
    takesSharedKey: true,
    presentError: (error, { requestId, fields }) => ({
      shop: error.message,
      code: error.code,
      detail: error instanceof InvalidInput ? error.faults : undefined,
      requestId,
      name: fields.name,
    }),
    ready: async () => ({ ready: true }),
  };
  const metrics = new Metrics();
  const spoolDir = join(folder, "uploads");
  const spool = new UploadSpool(spoolDir);
  await spool.open();
  const stopping = new AbortController();
  const parts = {
    ...auth,
    version: "1.2.3",
    systems: [shop],
    metrics,
    systemNames: ["shop"],
    ids: randomIds,
  };
  const platform = createPlatformSystem([
    ...statusRoutes(parts),
    ...accountRoutes(parts),
    ...sessionRoutes(parts),
  ]);
  const listen = {
    ...loadConfig({}, {}).listen,
    maxFileBytes: MAX_FILE_BYTES,
    maxRequestBytes: MAX_REQUEST_BYTES,
    ...options.settings,
  };
  const server = await createListener({
    ...parts,
    platform,
    dialect: options.dialect ? shop : null,
    spool,
    stopping: stopping.signal,
    log: options.log ?? silentLog,
    settings: listen,
    consoleFolder: options.consoleFolder ?? null,
  });
  await server.listen({ host: "127.0.0.1", port: 0 });
  const url = addressOf(server);
  return {
    ...auth,
    server,
    url,
    stopping,
    /** Files that wait in the upload folder. */
    spooled: () => readdir(spoolDir),
    /** Sends bytes as they are and yields everything that comes back until the server closes. */
    raw: (...chunks: (string | Buffer)[]) => exchange(Number(new URL(url).port), chunks),
    close: async () => {
      await server.close();
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function exchange(port: number, chunks: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  for (const chunk of chunks) socket.write(chunk);
  return text(socket);
}
