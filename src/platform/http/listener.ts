import type { AddressInfo } from "node:net";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Authority } from "../auth/authority.ts";
import type { Config } from "../config/config.ts";
import { userError } from "../errors/quatrain-error.ts";
import type { Log } from "../ports.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { answer, answerErrors } from "./answer-errors.ts";
import { mountConsole } from "./console-files.ts";
import { registerCors } from "./cors.ts";
import { mountDocs } from "./docs-page.ts";
import type { MountedSystem } from "./mounted-system.ts";
import { PathTable } from "./path-table.ts";
import { tooLarge } from "./read-multipart.ts";
import { decorateRequests, registerRoute } from "./register-route.ts";
import { requestIdOf } from "./request-ids.ts";
import { isFromHere } from "./request-origin.ts";
import { registerSockets, speakWebSocket } from "./sockets.ts";
import { toQuatrainError } from "./to-quatrain-error.ts";
import { answerUnreadable } from "./unreadable-requests.ts";
import type { UploadSpool } from "./uploads.ts";

export interface ListenerParts {
  readonly systems: readonly MountedSystem[];
  readonly platform: MountedSystem;
  /** Set when the listener speaks one system's dialect everywhere. */
  readonly dialect: MountedSystem | null;
  readonly authority: Authority;
  readonly spool: UploadSpool;
  readonly stopping: AbortSignal;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly version: string;
  readonly settings: Config["listen"];
  /** Where the built console lies; null serves none. */
  readonly consoleFolder: string | null;
}

/** Bytes of a body where no contract says more. */
const MAX_BODY_BYTES = 2 ** 16;
const MAX_FORM_FIELD_BYTES = 2 ** 20;
const REQUEST_TIMEOUT_MS = 15 * 60_000;

/** A server with every given system mounted at the root, each behind its own door. Not yet listening. */
export async function createListener(parts: ListenerParts): Promise<FastifyInstance> {
  const { settings } = parts;
  const fallback = parts.dialect ?? parts.platform;
  const paths = new PathTable(parts.systems, parts.platform, fallback);
  const server = fastify({
    genReqId: requestIdOf,
    requestIdHeader: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: "idle",
    trustProxy: settings.trustedProxies.length > 0 ? [...settings.trustedProxies] : false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1_000 },
    logger: false,
    frameworkErrors: (error, request, reply) => {
      answer(request as FastifyRequest, reply as FastifyReply, toQuatrainError(error), paths);
    },
    clientErrorHandler: answerUnreadable(fallback.presentError),
  });
  await speakWebSocket(server);
  decorateRequests(server);
  parts.metrics.observe(server);
  readBodiesOurselves(server);
  await server.register(helmet, {
    contentSecurityPolicy: false,
    crossOriginResourcePolicy: false,
    strictTransportSecurity: false,
  });
  await registerCors(server, paths);
  answerErrors(server, paths, parts.log);
  refuseGone(server);
  await registerRateLimit(server, settings);
  await server.register(multipart, {
    limits: {
      fileSize: settings.maxFileBytes,
      files: 10_000,
      fields: 10_000,
      parts: 20_000,
      fieldSize: MAX_FORM_FIELD_BYTES,
      fieldNameSize: 200,
    },
    throwFileSizeLimit: true,
    preservePath: true, // folders of pictures arrive with their relative paths
    // some clients send pictures without a file name
    isPartAFile: (_field, contentType, fileName) =>
      fileName !== undefined || /^(image\/|application\/octet-stream$)/.test(contentType ?? ""),
  });
  refuseHugeRequests(server, settings.maxRequestBytes);
  for (const system of [...parts.systems, parts.platform]) {
    await server.register(async (room) => {
      for (const bound of system.routes) await registerRoute(room, system, bound, parts);
      registerSockets(room, system, parts.authority);
    });
  }
  mountDocs(server, parts);
  if (parts.dialect === null) await mountConsole(server, parts.consoleFolder);
  return server;
}

/** Bodies other than forms arrive as bytes, whatever their content type: clients get it wrong too often. */
function readBodiesOurselves(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
}

async function registerRateLimit(server: FastifyInstance, settings: Config["listen"]): Promise<void> {
  if (settings.rateLimitPerMinute === 0) return;
  await server.register(rateLimit, {
    max: settings.rateLimitPerMinute,
    timeWindow: 60_000,
    allowList: (request) => isFromHere(request),
    errorResponseBuilder: (_request, { ttl, max }) =>
      userError("too_many_requests", 429, `More than ${max} requests a minute: slow down`, {
        retryAfterS: Math.ceil(ttl / 1_000),
      }),
  });
}

/** A client that reset its connection has no address any more, and nobody to answer to. */
function refuseGone(server: FastifyInstance): void {
  server.addHook("onRequest", async (request) => {
    if (request.socket.remoteAddress === undefined) {
      throw userError("client_gone", 499, "The client went away");
    }
  });
}

function refuseHugeRequests(server: FastifyInstance, maxBytes: number): void {
  server.addHook("onRequest", async (request) => {
    if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  });
}

/** Where a listening server can be reached: `http://host:port`. */
export function addressOf(server: FastifyInstance): string {
  const address = server.server.address() as AddressInfo;
  return `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`;
}
