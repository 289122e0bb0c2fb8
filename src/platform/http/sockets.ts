import type { IncomingHttpHeaders } from "node:http";
import websocket, { type WebSocket } from "@fastify/websocket";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Access } from "../../contracts/route.ts";
import type { Authority } from "../auth/authority.ts";
import type { Principal } from "../auth/principal.ts";
import type { MountedSystem } from "./mounted-system.ts";

/** What a WebSocket is asked for with. */
export interface SocketRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly principal: Principal;
  /** Aborted when either side has gone. */
  readonly signal: AbortSignal;
}

/** A WebSocket that only speaks: what comes from the client is dropped. */
export interface BoundSocket {
  /** Fastify's form: `/ws/a/:b`. */
  readonly path: string;
  readonly access: Access;
  /**
   * Checks the request and yields what is sent, as JSON, one message each. What it throws is answered with HTTP, before
   * the upgrade. The end of the messages ends the connection.
   */
  accept(request: SocketRequest): Promise<AsyncIterable<unknown>>;
}

const MAX_INCOMING_BYTES = 2 ** 16;
/** A client that lets so much wait for it does not read: it is hung up on. */
const MAX_WAITING_BYTES = 4 * 2 ** 20;
const PING_EVERY_MS = 30_000;
/** RFC 6455, section 7.4.1. */
const NORMAL_CLOSURE = 1000;
const INTERNAL_ERROR = 1011;
const TRY_AGAIN_LATER = 1013;

declare module "fastify" {
  interface FastifyRequest {
    feed: { readonly messages: AsyncIterable<unknown>; readonly gone: AbortController } | null;
  }
}

/**
 * Makes a listener speak WebSocket. Comes before every hook that may answer: the library closes the connection of a
 * refused upgrade, which nobody would read from again, only if it saw the request first.
 */
export async function speakWebSocket(server: FastifyInstance): Promise<void> {
  server.decorateRequest("feed", null);
  await server.register(websocket, {
    options: {
      maxPayload: MAX_INCOMING_BYTES,
      // a browser that offered its token as a subprotocol wants one of its offers chosen; the token must not be
      handleProtocols: (offers) => (offers.has("bearer") ? "bearer" : false),
    },
  });
}

/** Mounts a system's WebSockets. */
export function registerSockets(server: FastifyInstance, system: MountedSystem, authority: Authority): void {
  for (const socket of system.sockets ?? []) mount(server, system, socket, authority);
}

function mount(
  room: FastifyInstance,
  system: MountedSystem,
  socket: BoundSocket,
  authority: Authority,
): void {
  const { name, takesSharedKey, needsCredential } = system;
  room.route({
    method: "GET",
    url: socket.path,
    websocket: true,
    config: { system: name },
    preHandler: async (request) => {
      const demand = { system: name, access: socket.access, takesSharedKey, needsCredential };
      const principal = await authority.authorise(withToken(request), demand);
      const gone = new AbortController();
      request.raw.socket.once("close", () => gone.abort());
      const params = request.params as Record<string, string>;
      request.feed = { gone, messages: await socket.accept({ params, principal, signal: gone.signal }) };
    },
    handler: (connection, request) => void speak(connection, request.feed!),
  });
}

/** Browsers cannot set headers on a WebSocket: `?token=` or the subprotocols `bearer, <token>` serve as well. */
function withToken(request: FastifyRequest): IncomingHttpHeaders {
  const { headers, query } = request;
  if (headers.authorization !== undefined || headers["x-api-key"] !== undefined) return headers;
  const [scheme, offered] = (headers["sec-websocket-protocol"] ?? "").split(",").map((part) => part.trim());
  const { token } = query as { token?: unknown };
  const credential = scheme?.toLowerCase() === "bearer" && offered ? offered : token;
  return typeof credential === "string" ? { ...headers, authorization: `Bearer ${credential}` } : headers;
}

async function speak(
  connection: WebSocket,
  { messages, gone }: NonNullable<FastifyRequest["feed"]>,
): Promise<void> {
  connection.on("error", () => gone.abort()); // the close that follows says the same
  const ping = setInterval(() => connection.ping(), PING_EVERY_MS);
  try {
    for await (const message of messages) {
      if (gone.signal.aborted) break;
      if (connection.bufferedAmount > MAX_WAITING_BYTES) {
        connection.close(TRY_AGAIN_LATER, "too slow");
        return;
      }
      connection.send(JSON.stringify(message));
    }
    connection.close(NORMAL_CLOSURE);
  } catch {
    connection.close(INTERNAL_ERROR);
  } finally {
    clearInterval(ping);
    gone.abort();
  }
}
