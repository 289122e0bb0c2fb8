import { lookup } from "node:dns/promises";
import type { IncomingMessage } from "node:http";
import { type PictureFormat, sniffFormat } from "../../../ml/images/picture-format.ts";
import { messageOf, QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import { type AddressRules, checkedUrl, checkTarget, type ResolveHost } from "./checked-target.ts";
import { fetchFailed, urlRefused } from "./fetch-refusals.ts";
import { isPublicAddress } from "./public-address.ts";
import { requestOnce } from "./request-once.ts";

export interface FetcherOptions {
  readonly maxBytes: number;
  /** For everything: name, redirects, content. */
  readonly timeoutMs: number;
  /** How names become addresses; the system's way if left out. */
  readonly resolve?: ResolveHost;
  /** Where connections may lead; `isPublicAddress` if left out. */
  readonly isAllowed?: (address: string) => boolean;
}

export interface FetchRequest {
  readonly url: string;
  /** The page that shows the picture. Sent to the host of `url` and to no other. */
  readonly referer?: string | undefined;
  /** A `Cookie` header. Sent to the host of `url` and to no other; it is in no message and in no error. */
  readonly cookie?: string | undefined;
  readonly signal: AbortSignal;
}

export interface FetchedPicture {
  readonly bytes: Uint8Array;
  /** By its first bytes, whatever the server said. */
  readonly format: PictureFormat;
  /** Where it came from in the end. */
  readonly url: string;
}

/** Fetches pictures from addresses that somebody else named, without being led into networks of ours. */
export interface PictureFetcher {
  /**
   * @throws QuatrainError `url_refused`, `fetch_failed`, `fetch_timeout`, `not_a_picture` (400), `picture_too_large`
   * (413); the signal's reason
   */
  fetchPicture(request: FetchRequest): Promise<FetchedPicture>;
}

const MAX_REDIRECTS = 5;
const MAX_HEADER_CHARACTERS = 8_000;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const NO_HEADER = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * Source: spec/colorization.md section 2, "Fetching URLs is guarded". Every address of a name is checked and the
 * connection made to what was checked; after each redirect again, at most five; bounded in bytes and time.
 */
export function openFetcher({ maxBytes, timeoutMs, resolve, isAllowed }: FetcherOptions): PictureFetcher {
  const rules: AddressRules = {
    resolve: resolve ?? resolveByTheSystem,
    isAllowed: isAllowed ?? isPublicAddress,
  };
  return {
    async fetchPicture(request) {
      const first = checkedUrl(request.url);
      demandHeaders(request);
      const deadline = AbortSignal.timeout(timeoutMs);
      const signal = AbortSignal.any([request.signal, deadline]);
      try {
        return await follow(first, request, { rules, maxBytes, signal });
      } catch (error) {
        request.signal.throwIfAborted();
        if (deadline.aborted)
          throw userError(
            "fetch_timeout",
            400,
            `${first.hostname} did not hand out the picture within ${timeoutMs / 1000} seconds. Send the picture itself.`,
          );
        if (error instanceof QuatrainError) throw error;
        throw fetchFailed(first.hostname, messageOf(error).slice(0, 200), error);
      }
    },
  };
}

interface Bounds {
  readonly rules: AddressRules;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

async function follow(first: URL, request: FetchRequest, bounds: Bounds): Promise<FetchedPicture> {
  let url = first;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const target = await unlessAborted(checkTarget(url, bounds.rules), bounds.signal);
    const response = await requestOnce(target, headersFor(url, first, request), bounds.signal);
    try {
      const next = redirectOf(response, url);
      if (next === null) return await pictureOf(response, url, bounds);
      url = next;
    } finally {
      response.destroy();
    }
  }
  throw fetchFailed(first.hostname, `it redirects more than ${MAX_REDIRECTS} times`);
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, url: URL): URL | null {
  if (!REDIRECTS.has(statusCode)) return null;
  if (headers.location === undefined) throw fetchFailed(url.hostname, "it redirects to nowhere");
  return checkedUrl(headers.location, url);
}

async function pictureOf(
  response: IncomingMessage,
  url: URL,
  { maxBytes, signal }: Bounds,
): Promise<FetchedPicture> {
  if (response.statusCode !== 200) throw fetchFailed(url.hostname, `it answered ${response.statusCode}`);
  if (Number(response.headers["content-length"] ?? 0) > maxBytes) throw tooLarge(url, maxBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(url, maxBytes);
    chunks.push(chunk);
  }
  signal.throwIfAborted();
  const bytes = Buffer.concat(chunks);
  const format = sniffFormat(bytes);
  if (format === null)
    throw userError(
      "not_a_picture",
      400,
      `What ${url.hostname} handed out is no picture that can be read (${response.headers["content-type"] ?? "no type said"}). Some sites need a referer or a cookie; or send the picture itself.`,
    );
  return { bytes, format, url: url.href };
}

/** Another host, and the same host without TLS, gets neither cookie nor referer. */
function headersFor(url: URL, first: URL, { referer, cookie }: FetchRequest): Record<string, string> {
  const isFirst = url.host === first.host && (url.protocol === first.protocol || url.protocol === "https:");
  return {
    accept: "image/png,image/jpeg,image/webp,image/*;q=0.8",
    "accept-encoding": "identity",
    "user-agent": "Mozilla/5.0 (compatible; Quatrain)",
    ...(isFirst && referer !== undefined ? { referer } : {}),
    ...(isFirst && cookie !== undefined ? { cookie } : {}),
  };
}

function demandHeaders({ referer = "", cookie = "" }: FetchRequest): void {
  for (const [name, value] of [
    ["referer", referer],
    ["cookie header", cookie],
  ] as const)
    if (value.length > MAX_HEADER_CHARACTERS || NO_HEADER.test(value))
      throw urlRefused(
        `the ${name} has more than ${MAX_HEADER_CHARACTERS} characters, or some that no header may have`,
      );
}

function tooLarge({ hostname }: URL, maxBytes: number): QuatrainError {
  return userError(
    "picture_too_large",
    413,
    `The picture of ${hostname} has more than ${maxBytes} bytes. Save it smaller and send it itself.`,
  );
}

/** Names are resolved on and on; nobody waits for them. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

async function resolveByTheSystem(host: string) {
  const found = await lookup(host, { all: true });
  return found.map(({ address, family }) => ({
    address,
    family: family === 6 ? (6 as const) : (4 as const),
  }));
}
