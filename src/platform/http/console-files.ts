import { existsSync } from "node:fs";
import { extname, join } from "node:path";
import statics from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** The console's own files and nothing else: no script, style or picture from elsewhere, and nobody frames it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-src 'self'", // reports
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const PAGE = "index.html";
/** Names under `assets/` change with what is in them. */
const A_YEAR = "public, max-age=31536000, immutable";

/**
 * Serves the built console at `/` and below `/console/`; every address there that names no file is the page, which finds
 * out by itself what to show.
 *
 * @param folder what the build wrote; nothing is served where it is absent
 */
export async function mountConsole(server: FastifyInstance, folder: string | null): Promise<void> {
  if (folder === null || !existsSync(join(folder, PAGE))) return;
  await server.register(async (room) => {
    await room.register(statics, { root: folder, serve: false, preCompressed: true });
    room.addHook("onSend", async (_request, reply) => {
      reply.header("content-security-policy", POLICY);
    });
    const page = { cacheControl: false } as const;
    room.get("/", (_request, reply) => reply.header("cache-control", "no-cache").sendFile(PAGE, page));
    room.get("/console", (_request, reply) => reply.header("cache-control", "no-cache").sendFile(PAGE, page));
    room.get<{ Params: { "*": string } }>("/console/*", (request, reply) => {
      const path = request.params["*"];
      if (path.startsWith("assets/")) return reply.header("cache-control", A_YEAR).sendFile(path, page);
      if (extname(path) !== "") return reply.header("cache-control", "no-cache").sendFile(path, page);
      return reply.header("cache-control", "no-cache").sendFile(PAGE, page);
    });
  });
}
