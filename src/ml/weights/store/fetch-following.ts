import { userError } from "../../../platform/errors/quatrain-error.ts";

export interface Followed {
  readonly response: Response;
  /** SHA-256 of the whole file, where a server on the way named it; null else. */
  readonly announcedSha256: string | null;
}

const MAX_REDIRECTS = 5;

/**
 * A GET that follows redirects with the same headers and listens to what each server says about the file: Hugging Face
 * answers with a redirect that carries the file's SHA-256 as `X-Linked-Etag`.
 * @throws QuatrainError `model_download_failed` (502) for too many redirects, or one away from http(s)
 */
export async function fetchFollowing(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Followed> {
  let target = new URL(url);
  let announcedSha256: string | null = null;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await fetch(target, { headers, signal, redirect: "manual" });
    announcedSha256 = sha256In(response.headers.get("x-linked-etag")) ?? announcedSha256;
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null)
      return { response, announcedSha256 };
    await response.body?.cancel();
    const next = new URL(location, target);
    const isDowngrade = target.protocol === "https:" && next.protocol !== "https:";
    if (isDowngrade || !["http:", "https:"].includes(next.protocol))
      throw userError("model_download_failed", 502, `${target.host} leads to ${next.protocol}//${next.host}`);
    target = next;
  }
  throw userError("model_download_failed", 502, `${url} leads from one address to the next without end`);
}

function sha256In(etag: string | null): string | null {
  return /^"?([0-9a-f]{64})"?$/.exec(etag ?? "")?.[1] ?? null;
}
