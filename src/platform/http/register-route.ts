import type { FastifyInstance, FastifyReply } from "fastify";
import type { Authority } from "../auth/authority.ts";
import { Answer, type BoundRoute, type RouteRequest } from "./bound-route.ts";
import type { MountedSystem } from "./mounted-system.ts";
import { parseInput } from "./parse-input.ts";
import { type Received, readBody } from "./read-body.ts";
import type { UploadSpool } from "./uploads.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Body fields as far as they were read: error bodies echo some of them. */
    rawFields: Readonly<Record<string, unknown>>;
  }
}

export interface RouteTools {
  readonly authority: Authority;
  readonly spool: UploadSpool;
  /** Aborted when the server has to end and requests still run. */
  readonly stopping: AbortSignal;
}

/** Mounts one bound route: credential, body, schema, handler, answer, in this order. */
export function registerRoute(
  server: FastifyInstance,
  system: MountedSystem,
  bound: BoundRoute,
  tools: RouteTools,
): void {
  const { contract } = bound;
  server.route({
    method: contract.method,
    url: contract.path,
    config: { system: system.name },
    handler: async (request, reply) => {
      const principal = await tools.authority.authorise(request.headers, {
        system: system.name,
        access: contract.access,
        takesSharedKey: system.takesSharedKey,
      });
      const received: Received = [];
      try {
        const raw = await readBody(request, contract.body, tools.spool, received);
        request.rawFields = { ...(request.query as object), ...raw.fields };
        const routeRequest = {
          input: parseInput(contract, { path: request.params, query: request.query, body: raw.fields }),
          files: withEmptyLists(contract.body.kind === "form" ? contract.body.files : undefined, raw.files),
          headers: request.headers,
          requestId: request.id,
          remoteAddress: request.ip,
          principal,
          signal: AbortSignal.any([goneSignal(reply), tools.stopping]),
          stopping: tools.stopping,
        };
        return await send(reply, await bound.handle(routeRequest as RouteRequest));
      } finally {
        await tools.spool.discard(received);
      }
    },
  });
}

function withEmptyLists(contract: object | undefined, files: RouteRequest["files"]): object {
  return Object.fromEntries(
    Object.keys(contract ?? {}).map((name) => [
      name,
      (files as Record<string, readonly unknown[]>)[name] ?? [],
    ]),
  );
}

/** Aborts when the client goes away before it was answered. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

function send(reply: FastifyReply, result: unknown): FastifyReply {
  if (!(result instanceof Answer)) return reply.send(result);
  return reply.code(result.status).headers(result.headers).send(result.body);
}
