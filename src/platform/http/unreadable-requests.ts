import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { type QuatrainError, userError } from "../errors/quatrain-error.ts";
import type { PresentError } from "./mounted-system.ts";

/** Answers on a connection from which no request could be read, in the listener's own body; then closes it. */
export function answerUnreadable(presentError: PresentError) {
  return (fault: Error & { code?: string }, socket: Socket): void => {
    if (fault.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const error = toError(fault.code);
    const requestId = randomUUID();
    const body = JSON.stringify(presentError(error, { requestId, headers: {}, fields: {}, path: "" }));
    socket.end(
      [
        `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`,
        "content-type: application/json; charset=utf-8",
        `content-length: ${Buffer.byteLength(body)}`,
        `x-request-id: ${requestId}`,
        "connection: close",
        "",
        body,
      ].join("\r\n"),
    );
  };
}

function toError(code: string | undefined): QuatrainError {
  if (code === "HPE_HEADER_OVERFLOW") {
    return userError("headers_too_large", 431, "The address and the headers have more than 16 KB");
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return userError("request_timeout", 408, "The request did not arrive in time");
  }
  return userError("malformed_request", 400, "The request is not valid HTTP");
}
