import type { FastifyInstance, FastifyReply } from "fastify";
import type { RouteContract } from "../../contracts/route.ts";
import type { Authority } from "../auth/authority.ts";
import { ANONYMOUS, type Principal } from "../auth/principal.ts";
import type { Config } from "../config/config.ts";
import { Answer, type BoundRoute, type RouteRequest } from "./bound-route.ts";
import { refuseCrossSite } from "./cross-site.ts";
import type { MountedSystem } from "./mounted-system.ts";
import { parseInput } from "./parse-input.ts";
import { bodyLimit, readBody } from "./read-body.ts";
import { ReceivedBody } from "./received-body.ts";
import { isFromHere } from "./request-origin.ts";
import { orEnded } from "./to-quatrain-error.ts";
import type { UploadSpool } from "./uploads.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Body fields as far as they were read: error bodies echo some of them. */
    rawFields: Readonly<Record<string, unknown>>;
    principal: Principal;
  }
}

export interface RouteTools {
  readonly authority: Authority;
  readonly spool: UploadSpool;
  /** Aborted when the server has to end and requests still run. */
  readonly stopping: AbortSignal;
  readonly settings: Pick<Config["listen"], "maxRequestBytes">;
}

/** What `registerRoute` keeps on a request. */
export function decorateRequests(server: FastifyInstance): void {
  server.decorateRequest("rawFields", null as unknown as Readonly<Record<string, unknown>>);
  server.decorateRequest("principal", null as unknown as Principal);
  server.addHook("onRequest", async (request, reply) => {
    request.rawFields = {};
    request.principal = ANONYMOUS;
    reply.header("x-request-id", request.id);
  });
}

/** Mounts one bound route: credential, body, schema, handler, answer, in this order. */
export async function registerRoute(
  server: FastifyInstance,
  system: MountedSystem,
  bound: BoundRoute,
  tools: RouteTools,
): Promise<void> {
  if (bound.contract.body.kind !== "bytes") return mount(server, system, bound, tools);
  await server.register(async (room) => {
    // not taken into memory: the handler's side writes it to disk
    room.removeAllContentTypeParsers();
    room.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    mount(room, system, bound, tools);
  });
}

function mount(server: FastifyInstance, system: MountedSystem, bound: BoundRoute, tools: RouteTools): void {
  const { contract } = bound;
  const { authority, spool, stopping, settings } = tools;
  const { name, takesSharedKey, needsCredential, openReads } = system;
  const demand = { system: name, access: contract.access, takesSharedKey, needsCredential, openReads };
  const multipart = { spool, maxRequestBytes: settings.maxRequestBytes };
  const status = contract.responses[200] === undefined && contract.responses[201] !== undefined ? 201 : 200;
  server.route({
    method: contract.method,
    url: contract.path.replace(/\*[a-z_]+$/, "*"),
    config: { system: system.name },
    bodyLimit: Math.min(bodyLimit(contract.body) ?? settings.maxRequestBytes, settings.maxRequestBytes),
    // before the body is read: nobody uploads without a credential
    preParsing: async (request) => {
      request.principal = await authority.authorise(request.headers, demand);
      if (request.principal.kind === "anonymous" && contract.access === "write") {
        refuseCrossSite(request.headers, system.corsOrigins);
      }
    },
    handler: async (request, reply) => {
      const received = new ReceivedBody();
      const gone = goneSignal(reply);
      try {
        await readBody(request, contract.body, multipart, received);
        const { query } = request;
        const path = named(contract.path, request.params as Record<string, unknown>);
        const routeRequest = {
          input: parseInput(contract, {
            path,
            query,
            body: received.fields,
            isJson: received.isJson,
            files: received.files,
          }),
          files: withEmptyLists(contract, received.files),
          headers: request.headers,
          requestId: request.id,
          remoteAddress: request.ip,
          fromHere: isFromHere(request),
          principal: request.principal,
          signal: AbortSignal.any([gone, stopping]),
          stopping,
        };
        return await send(reply, status, await bound.handle(routeRequest as RouteRequest));
      } catch (error) {
        request.rawFields = { ...(request.query as object), ...received.fields };
        throw orEnded(error, gone, stopping);
      } finally {
        await spool.discard(received.allFiles());
      }
    },
  });
}

/** The rest of a path under its name in the contract. */
function named(contractPath: string, { "*": rest, ...params }: Record<string, unknown>) {
  const name = /\*([a-z_]+)$/.exec(contractPath)?.[1];
  return name === undefined ? params : { ...params, [name]: rest };
}

function withEmptyLists({ body }: RouteContract, files: ReceivedBody["files"]): object {
  if (body.kind === "bytes") return { body: files.body ?? [] };
  const names = Object.keys((body.kind === "form" && body.files) || {});
  return Object.fromEntries(names.map((name) => [name, files[name] ?? []]));
}

/** Aborts when the client goes away before it was answered. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  const abort = () => {
    if (!reply.raw.writableFinished) gone.abort();
  };
  if (reply.raw.destroyed) abort();
  else reply.raw.once("close", abort);
  return gone.signal;
}

function send(reply: FastifyReply, status: number, result: unknown): FastifyReply {
  if (!(result instanceof Answer)) return reply.code(status).send(result);
  return reply.code(result.status).headers(result.headers).send(result.body);
}
