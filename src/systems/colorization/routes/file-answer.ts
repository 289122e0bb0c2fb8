import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { Answer } from "../../../platform/http/bound-route.ts";

/**
 * A file with an ETag, and as much of it as the client asks for: all, one range, or nothing where it has it already.
 * Several ranges are answered with all. Source: RFC 9110, sections 13.1 and 14.
 */
export function fileAnswer(type: string, bytes: Buffer, headers: IncomingHttpHeaders): Answer {
  const etag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}"`;
  const common = { etag, "accept-ranges": "bytes" };
  if (isKnown(headers["if-none-match"], etag)) return new Answer(304, "", common);
  const isCurrent = headers["if-range"] === undefined || headers["if-range"] === etag;
  const range = isCurrent ? rangeOf(headers.range, bytes.length) : null;
  if (range === null) return Answer.bytes(type, bytes, common);
  if (range === "unsatisfiable") {
    return new Answer(416, "", { ...common, "content-range": `bytes */${bytes.length}` });
  }
  const [from, to] = range;
  return new Answer(206, bytes.subarray(from, to + 1), {
    ...common,
    "content-type": type,
    "content-range": `bytes ${from}-${to}/${bytes.length}`,
  });
}

/** Whether one of the client's tags is ours; weak ones count as well. */
function isKnown(header: string | undefined, etag: string): boolean {
  const tags = (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes(etag) || tags.includes("*");
}

/** One range; null where all is wanted, or the header is none of ours. */
function rangeOf(header: string | undefined, length: number): [number, number] | "unsatisfiable" | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (match === null || (match[1] === "" && match[2] === "")) return null;
  const suffix = match[1] === "";
  const from = suffix ? Math.max(0, length - Number(match[2])) : Number(match[1]);
  const to = suffix || match[2] === "" ? length - 1 : Math.min(Number(match[2]), length - 1);
  return from > to || from >= length ? "unsatisfiable" : [from, to];
}
