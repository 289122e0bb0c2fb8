import type { FastifyRequest } from "fastify";
import { isLoopback } from "../config/config.ts";

const FORWARDED = ["x-forwarded-for", "x-forwarded-host", "forwarded"];

/**
 * Whether a request came straight from this machine. One that a proxy on this machine passed on did not, also when
 * nobody said that the proxy is to be trusted.
 */
export function isFromHere(request: FastifyRequest): boolean {
  const isForwarded = FORWARDED.some((name) => request.headers[name] !== undefined);
  return !isForwarded && isLoopback(request.socket.remoteAddress ?? "");
}

/** The path that a request names: decoded, without the query and without a slash at its end. */
export function pathOf(request: FastifyRequest): string {
  const [path = "/"] = request.url.replace(/^[a-z]+:\/\/[^/?#]*/i, "").split(/[?#]/, 1);
  const decoded = decode(path);
  return decoded.length > 1 && decoded.endsWith("/") ? decoded.slice(0, -1) : decoded;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // malformed: refused as such elsewhere
  }
}
