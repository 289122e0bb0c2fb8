import { type FileHandle, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { messageOf, QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import { type Followed, fetchFollowing } from "./fetch-following.ts";
import { partNotesPath, partPath } from "./weights-folder.ts";

export interface DownloadOptions {
  readonly url: string;
  /** Where the file shall lie in the end: the download lies beside it as `.part`. */
  readonly path: string;
  readonly signal?: AbortSignal;
  /** `total` is null where the server does not say it. */
  onProgress?(bytes: number, total: number | null): void;
  /** Time without a byte after which a connection counts as cut; a minute. */
  readonly stallMs?: number;
}

/** What a download that may go on later is compared with. */
interface PartNotes {
  readonly url: string;
  /** A strong validator, as the server sent it. */
  readonly etag: string;
}

/** Larger than any weights that are known. */
const MAX_BYTES = 8 * 2 ** 30;
/** Connections in a row that may end without a single byte more. */
const MAX_FRUITLESS = 3;

/**
 * Fetches a file to `partPath(path)`, synced. What an earlier attempt left is gone on with where the server still has
 * the very same file (`If-Range`), and a cut connection is taken up again; else it begins anew.
 *
 * @returns the SHA-256 that a server announced, or null
 * @throws QuatrainError `model_download_failed` (502): what has come stays for the next attempt; `cancelled` (499)
 */
export async function download(options: DownloadOptions): Promise<string | null> {
  let fruitless = 0;
  let announced: string | null = null;
  for (;;) {
    const before = await sizeOf(partPath(options.path));
    const attempt = await transfer(options).catch((error: unknown) => ({ error }));
    if ("isWhole" in attempt) {
      announced = attempt.announcedSha256 ?? announced;
      if (attempt.isWhole) return announced;
    }
    const reason = "error" in attempt ? attempt.error : "the connection was cut";
    if (options.signal?.aborted) throw userError("cancelled", 499, "The download was cancelled");
    if (reason instanceof QuatrainError) throw reason;
    fruitless = (await sizeOf(partPath(options.path))) > before ? 0 : fruitless + 1;
    if (fruitless >= MAX_FRUITLESS)
      throw failed(options.url, `${reasonOf(reason)}; what has come is kept, try again to go on`);
  }
}

/** One connection. */
async function transfer(
  options: DownloadOptions,
): Promise<{ isWhole: boolean; announcedSha256: string | null }> {
  const { url, path, onProgress, stallMs = 60_000 } = options;
  const stall = new AbortController();
  let timer = setTimeout(() => stall.abort(), stallMs);
  try {
    const signals = options.signal === undefined ? [stall.signal] : [stall.signal, options.signal];
    const { response, announcedSha256, from } = await ask(url, path, AbortSignal.any(signals));
    if (response.body === null) throw failed(url, "it answered without content");
    const total = totalOf(response, from);
    if (total !== null && total > MAX_BYTES)
      throw failed(url, `it has ${total} bytes, more than ${MAX_BYTES}`);
    const file = await open(partPath(path), from > 0 ? "a" : "w");
    let bytes = from;
    try {
      for await (const chunk of response.body) {
        clearTimeout(timer);
        timer = setTimeout(() => stall.abort(), stallMs);
        bytes += chunk.length;
        if (bytes > (total ?? MAX_BYTES)) throw failed(url, `it sent more than ${total ?? MAX_BYTES} bytes`);
        await writeWhole(file, chunk);
        onProgress?.(bytes, total);
      }
    } finally {
      await file.sync().finally(() => file.close());
    }
    return { isWhole: total === null || bytes === total, announcedSha256 };
  } finally {
    clearTimeout(timer);
  }
}

/** Asks for what is missing; the answer begins at `from`. */
async function ask(url: string, path: string, signal: AbortSignal): Promise<Followed & { from: number }> {
  const notes = await readNotes(path);
  const size = notes?.url === url ? await sizeOf(partPath(path)) : 0;
  const range: Record<string, string> =
    notes === null || size === 0 ? {} : { range: `bytes=${size}-`, "if-range": notes.etag };
  const headers = { "accept-encoding": "identity", "user-agent": "quatrain", ...range };
  const followed = await fetchFollowing(url, headers, signal);
  const { response } = followed;
  const isRest =
    response.status === 206 && response.headers.get("content-range")?.startsWith(`bytes ${size}-`);
  if (isRest) return { ...followed, from: size };
  await forgetPart(path);
  if (response.status !== 200) {
    await response.body?.cancel();
    if (size > 0 && [206, 416].includes(response.status)) return ask(url, path, signal);
    throw failed(url, `it answered ${response.status} ${response.statusText}`.trim());
  }
  const etag = response.headers.get("etag");
  if (etag?.startsWith('"'))
    await writeFile(partNotesPath(path), JSON.stringify({ url, etag } satisfies PartNotes), { flush: true });
  return { ...followed, from: 0 };
}

/** What an earlier attempt left is no use any more. */
export async function forgetPart(path: string): Promise<void> {
  await rm(partNotesPath(path), { force: true });
  await rm(partPath(path), { force: true });
}

function totalOf({ headers, status }: Response, from: number): number | null {
  const text =
    status === 206
      ? /\/(\d+)$/.exec(headers.get("content-range") ?? "")?.[1]
      : (headers.get("content-length") ?? undefined);
  if (text !== undefined) return Number(text);
  const length = headers.get("content-length");
  return length === null ? null : from + Number(length);
}

async function readNotes(path: string): Promise<PartNotes | null> {
  try {
    const { url, etag } = JSON.parse(await readFile(partNotesPath(path), "utf8"));
    return typeof url === "string" && typeof etag === "string" ? { url, etag } : null;
  } catch {
    return null; // none: begin anew
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}

async function writeWhole(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
}

function reasonOf(reason: unknown): string {
  if (typeof reason === "string") return reason;
  const cause = reason instanceof Error ? reason.cause : undefined;
  return messageOf(cause ?? reason);
}

function failed(url: string, problem: string): QuatrainError {
  return userError("model_download_failed", 502, `${url} could not be fetched: ${problem}`);
}
