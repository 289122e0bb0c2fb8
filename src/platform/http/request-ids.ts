import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

const PRINTABLE = /^[\x21-\x7e]{1,128}$/;

/** The client's `X-Request-Id` where it is printable and at most 128 characters, else a UUIDv4. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && PRINTABLE.test(given.trim()) ? given.trim() : randomUUID();
}
