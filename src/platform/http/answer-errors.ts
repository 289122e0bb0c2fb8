import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type QuatrainError, userError } from "../errors/quatrain-error.ts";
import type { Log } from "../ports.ts";
import type { PathTable } from "./path-table.ts";
import { pathOf } from "./request-origin.ts";
import { toQuatrainError } from "./to-quatrain-error.ts";

/** Every error, thrown anywhere, becomes the body of the contract that owns the path. Ours are logged with their request id. */
export function answerErrors(server: FastifyInstance, paths: PathTable, log: Log): void {
  server.setErrorHandler((thrown: unknown, request, reply) => {
    const error = toQuatrainError(thrown);
    if (error.status >= 500) {
      log.error(
        { requestId: request.id, method: request.method, url: request.url, err: thrown },
        "request failed",
      );
    }
    return answer(request, reply, error, paths);
  });
  // before a body is read: nobody has to send one to a path that does not exist
  server.addHook("onRequest", async (request) => {
    if (request.is404) throw noRoute(request, paths);
  });
  server.setNotFoundHandler((request, reply) => answer(request, reply, noRoute(request, paths), paths));
}

/** 404, or 405 where other methods of the path exist. */
function noRoute(request: FastifyRequest, paths: PathTable): QuatrainError {
  const path = pathOf(request);
  const allowed = paths.methods(path);
  return allowed.length === 0
    ? userError("not_found", 404, "Not Found", { path })
    : userError("method_not_allowed", 405, "Method Not Allowed", { path, allowed });
}

/** Answers with the error in the body of the system that owns the path. */
export function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  error: QuatrainError,
  paths: PathTable,
): FastifyReply {
  const path = pathOf(request);
  const owner = paths.owner(path);
  const body = owner.presentError(error, {
    requestId: request.id,
    headers: request.headers,
    path,
    fields: request.rawFields ?? {},
  });
  const { allowed, retryAfterS } = error.details;
  if (error.status === 401) reply.header("www-authenticate", "Bearer");
  if (error.status === 405 && Array.isArray(allowed)) reply.header("allow", allowed.join(", "));
  if (typeof retryAfterS === "number") reply.header("retry-after", String(retryAfterS));
  return reply
    .header("x-request-id", request.id)
    .code(owner.statusOf?.(error) ?? error.status)
    .type("application/json; charset=utf-8")
    .send(body);
}
