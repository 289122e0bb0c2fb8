import type { IncomingMessage } from "node:http";
import type { Multipart, MultipartFile } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import type { BodyContract, FileField } from "../../contracts/route.ts";
import { InvalidInput } from "../errors/invalid-input.ts";
import { type QuatrainError, userError } from "../errors/quatrain-error.ts";
import type { ReceivedBody } from "./received-body.ts";
import type { UploadSpool } from "./uploads.ts";

export interface MultipartTools {
  readonly spool: UploadSpool;
  readonly maxRequestBytes: number;
}

type FormContract = Pick<Extract<BodyContract, { kind: "form" }>, "files" | "largeFiles">;
type FileContract = Readonly<Record<string, FileField>>;

/**
 * Reads a multipart form part by part: files go to disk, text is kept.
 * @throws InvalidInput (422) for surplus files; QuatrainError `too_large` (413), `malformed_body` (400)
 */
export async function readMultipart(
  request: FastifyRequest,
  { files: contract = {}, largeFiles }: FormContract,
  tools: MultipartTools,
  received: ReceivedBody,
): Promise<void> {
  const names = aliases(contract);
  const counted = countBytes(request.raw, tools.maxRequestBytes);
  const options = largeFiles ? { limits: { fileSize: tools.maxRequestBytes } } : {};
  try {
    for await (const part of untilAborted(request.parts(options), counted.signal)) {
      const field = names.get(part.fieldname);
      if (part.type === "field") received.addText(part.fieldname, textOf(part));
      else if (field === undefined) await readFileAsText(part, received);
      else {
        requireRoom(field, contract, received);
        received.addFile(field, await tools.spool.receive(part, counted.signal));
      }
    }
  } catch (error) {
    // the rest is read and dropped: a client that still sends gets to see the answer
    request.raw.unpipe();
    request.raw.resume();
    throw counted.signal.aborted ? counted.signal.reason : asUserError(error);
  } finally {
    counted.stop();
  }
}

/** The length that a request claims is checked before; this is for those that claim none. */
function countBytes(raw: IncomingMessage, maxBytes: number) {
  const tooMany = new AbortController();
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes && !tooMany.signal.aborted) tooMany.abort(tooLarge(maxBytes));
  };
  raw.on("data", count);
  return { signal: tooMany.signal, stop: () => raw.off("data", count) };
}

export function tooLarge(maxBytes: number): QuatrainError {
  return userError("too_large", 413, `The request has more than ${maxBytes} bytes: send it in parts`);
}

/** Ends with the signal's reason, also while the next part is waited for. */
async function* untilAborted(
  parts: AsyncIterableIterator<Multipart>,
  signal: AbortSignal,
): AsyncIterable<Multipart> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => undefined); // seen by whoever waits for the next part, if anybody does
  for (;;) {
    const next = await Promise.race([parts.next(), aborted]);
    if (next.done) return;
    yield next.value;
  }
}

function textOf(part: Extract<Multipart, { type: "field" }>): string {
  if (part.fieldnameTruncated || part.valueTruncated) {
    throw userError("too_large", 413, `The text field ${part.fieldname.slice(0, 100)} is too long`);
  }
  return typeof part.value === "string" ? part.value : JSON.stringify(part.value);
}

/** Some clients send a text field with a file name or as application/json; a file that no field names is skipped. */
async function readFileAsText(part: MultipartFile, received: ReceivedBody): Promise<void> {
  if (/^(text\/plain|application\/json)\b/.test(part.mimetype)) {
    received.addText(part.fieldname, (await part.toBuffer()).toString("utf8"));
  } else {
    part.file.resume();
  }
}

/** Surplus files are refused before they are stored. */
function requireRoom(name: string, contract: FileContract, received: ReceivedBody): void {
  const max = contract[name]?.max ?? 0;
  if (received.countOf(name) < max) return;
  throw new InvalidInput([{ loc: ["body", name], msg: `At most ${max} files`, type: "value_error" }]);
}

function aliases(contract: FileContract): Map<string, string> {
  return new Map(
    Object.entries(contract).flatMap(([name, field]) =>
      [name, ...(field.also ?? [])].map((alias) => [alias, name] as const),
    ),
  );
}

/** The parser's faults are plain errors without a code; what has one was thrown by the disk, the socket or the library. */
function asUserError(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const isParsers = error instanceof Error && error.constructor === Error && code === undefined;
  if (!isParsers && code !== "ERR_STREAM_PREMATURE_CLOSE" && code !== "ECONNRESET") return error;
  return userError("malformed_body", 400, "The form is malformed or was cut off: send it again, whole");
}
