import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { messageOf, QuatrainError, userError } from "../errors/quatrain-error.ts";
import type { Log } from "../ports.ts";
import type { PathTable } from "./path-table.ts";

/** Every error, thrown anywhere, becomes the body of the contract that owns the path. Ours are logged with their request id. */
export function answerErrors(server: FastifyInstance, paths: PathTable, log: Log): void {
  server.setErrorHandler((thrown: FastifyError, request, reply) => {
    const error = toQuatrainError(thrown);
    if (error.status >= 500) {
      log.error(
        { requestId: request.id, method: request.method, url: request.url, err: thrown },
        "request failed",
      );
    }
    return answer(request, reply, error, paths);
  });

  server.setNotFoundHandler((request, reply) => {
    const path = pathOf(request);
    const methods = paths.methods(path);
    if (methods.length === 0) {
      return answer(request, reply, userError("not_found", 404, "Not Found", { path }), paths);
    }
    reply.header("allow", methods.join(", "));
    return answer(
      request,
      reply,
      userError("method_not_allowed", 405, "Method Not Allowed", { path, allowed: methods }),
      paths,
    );
  });
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  error: QuatrainError,
  paths: PathTable,
): FastifyReply {
  const body = paths.owner(pathOf(request)).presentError(error, {
    requestId: request.id,
    headers: request.headers,
    fields: request.rawFields ?? {},
  });
  if (error.status === 401) reply.header("www-authenticate", "Bearer");
  const retryAfterS = error.details.retryAfterS;
  if (typeof retryAfterS === "number") reply.header("retry-after", String(retryAfterS));
  return reply.code(error.status).type("application/json; charset=utf-8").send(body);
}

export function pathOf(request: FastifyRequest): string {
  const path = request.url.split("?", 1)[0]!;
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

/** Faults that the HTTP library finds before a handler runs, in words that say what to do. */
const LIBRARY_FAULTS: Readonly<Record<string, { code: string; status: number; message: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: "too_large",
    status: 413,
    message: "The request is larger than this server takes",
  },
  FST_REQ_FILE_TOO_LARGE: {
    code: "too_large",
    status: 413,
    message: "One of the files is larger than this server takes",
  },
  FST_FILES_LIMIT: { code: "too_large", status: 413, message: "The form has too many files" },
  FST_PARTS_LIMIT: { code: "too_large", status: 413, message: "The form has too many parts" },
  FST_FIELDS_LIMIT: { code: "too_large", status: 413, message: "The form has too many fields" },
  FST_FIELD_SIZE_LIMIT: { code: "too_large", status: 413, message: "A text field of the form is too long" },
};

function toQuatrainError(thrown: FastifyError): QuatrainError {
  if (thrown instanceof QuatrainError) return thrown;
  const known = LIBRARY_FAULTS[thrown.code];
  if (known) return userError(known.code, known.status, known.message);
  const status = thrown.statusCode ?? 500;
  if (status >= 400 && status < 500) return userError("bad_request", status, messageOf(thrown));
  if (/unexpected end|premature close|malformed|multipart|boundary|aborted/i.test(messageOf(thrown))) {
    return userError("malformed_body", 400, "The form is malformed or was cut off: send it again, whole");
  }
  return new QuatrainError("Internal error; the server's log has the particulars under this request id", {
    code: "internal_error",
    status: 500,
    cause: thrown,
  });
}
