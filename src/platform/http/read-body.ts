import { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import type { BodyContract } from "../../contracts/route.ts";
import { userError } from "../errors/quatrain-error.ts";
import { decodeJson, parseJson } from "./lenient-json.ts";
import { type MultipartTools, readMultipart } from "./read-multipart.ts";
import type { ReceivedBody } from "./received-body.ts";

/** Bytes of a JSON body whose contract names no other limit, and of an urlencoded form. */
const DEFAULT_MAX_BYTES = 2 ** 20;
/** Nobody reads the body of a request that has none by its contract. */
const IGNORED_MAX_BYTES = 2 ** 16;

/** How many bytes of a body other than a multipart form are read; null where only the server's own limit holds. */
export function bodyLimit(contract: BodyContract): number | null {
  if (contract.kind === "bytes") return null;
  if (contract.kind === "none") return IGNORED_MAX_BYTES;
  if (contract.kind === "json") return contract.maxBytes ?? DEFAULT_MAX_BYTES;
  return contract.json?.maxBytes ?? DEFAULT_MAX_BYTES;
}

/**
 * Reads the body that a route expects, unchecked. Forms may be multipart or, without files, urlencoded.
 * @throws InvalidInput (422) for surplus files; QuatrainError 400 or 413
 */
export async function readBody(
  request: FastifyRequest,
  contract: BodyContract,
  tools: MultipartTools,
  received: ReceivedBody,
): Promise<void> {
  if (contract.kind === "bytes") {
    const content = request.body instanceof Readable ? request.body : Readable.from([]);
    received.addFile("body", await tools.spool.receiveBody(content, tools.maxRequestBytes));
  } else if (contract.kind === "json") readJsonObject(request, received, contract.required);
  else if (contract.kind === "form") {
    if (request.isMultipart()) await readMultipart(request, contract, tools, received);
    else if (contract.json !== undefined && looksLikeJson(request)) readJsonObject(request, received);
    else readUrlencoded(request, received);
  }
}

function readJsonObject(request: FastifyRequest, received: ReceivedBody, required = false): void {
  if (request.isMultipart()) {
    throw userError(
      "invalid_json",
      400,
      "This endpoint takes a JSON body (Content-Type: application/json), not a form",
    );
  }
  const text = decodeJson(bodyBytes(request));
  if (text.trim() === "") {
    if (required) throw userError("invalid_json", 400, "The body is missing: send JSON");
    return; // an absent body lacks every field: said field by field
  }
  const parsed = parseJson(text);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw userError("invalid_json", 400, "The body must be one JSON object");
  }
  received.takeJson(parsed);
}

function readUrlencoded(request: FastifyRequest, received: ReceivedBody): void {
  for (const [name, value] of new URLSearchParams(bodyBytes(request).toString("utf8"))) {
    received.addText(name, value);
  }
}

/** By its first character: clients get the content type wrong too often. */
function looksLikeJson(request: FastifyRequest): boolean {
  const start = bodyBytes(request).subarray(0, 64).toString("utf8").trimStart();
  return /^[{[]/.test(start) || /json/i.test(request.headers["content-type"] ?? "");
}

function bodyBytes(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}
