import type { Unverified } from "./reference-register.ts";

/** No answer to three rows is longer. */
const MOST_BYTES = 2 * 1024 * 1024;

/** What came of one request. */
export type Answer =
  | { readonly kind: "json"; readonly body: unknown }
  | { readonly kind: "enough"; readonly retryAfter: string | null }
  | { readonly kind: "nothing"; readonly reason: Unverified };

export interface AskOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * One GET whose answer is bounded in time and size; redirects are not followed.
 * @throws the signal's reason
 */
export async function askRegister(
  url: string,
  { fetch, headers, timeoutMs, signal }: AskOptions,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      headers,
      redirect: "manual",
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    if (response.ok) return await readAnswer(response);
    await response.body?.cancel();
    const retryAfter = response.headers.get("retry-after");
    if (response.status === 429 || (response.status === 503 && retryAfter !== null)) {
      return { kind: "enough", retryAfter };
    }
    return { kind: "nothing", reason: response.status === 404 ? "not_found" : "register_error" };
  } catch {
    signal?.throwIfAborted();
    return { kind: "nothing", reason: timeout.aborted ? "timeout" : "unreachable" };
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) return { kind: "nothing", reason: "answer_too_large" };
    chunks.push(chunk);
  }
  try {
    return { kind: "json", body: JSON.parse(Buffer.concat(chunks).toString("utf8")) };
  } catch {
    return { kind: "nothing", reason: "damaged_answer" };
  }
}
