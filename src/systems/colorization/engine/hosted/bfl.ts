import { z } from "zod";
import { QuatrainError } from "../../../../platform/errors/quatrain-error.ts";
import type { Log } from "../../../../platform/ports.ts";
import type { PictureFetcher } from "../../fetching/open-fetcher.ts";
import { engineError, type OutsideEngine, type OutsideRequest } from "../outside-engine.ts";
import {
  askOutside,
  isPictureFile,
  jsonOf,
  type OutsideAnswer,
  PassingFault,
  textOf,
} from "../outside-http.ts";
import { pause, retryPassing } from "../retry-passing.ts";

export interface BflOptions {
  /** Of an account there; null: there is no such engine. */
  readonly key: string | null;
  /** `https://api.bfl.ai`, or the one of a region. */
  readonly url: string;
  /** The last part of its endpoint: `flux-2-pro`. */
  readonly model: string;
  /** For one page, everything included. */
  readonly timeoutMs: number;
  /** Further tries where a page was turned away (429, 500, 503) or nobody was there. What may be paid is never sent twice. */
  readonly retries: number;
  /** Fetches what was coloured from where the API says it lies. */
  readonly fetcher: PictureFetcher;
  readonly log: Log;
  /** Between two questions how far it is; 1.5 s if left out. */
  readonly pollMs?: number;
}

const MAX_ANSWER_BYTES = 2 ** 20;
const MAX_PICTURE_BYTES = 256 * 2 ** 20;
const MAX_FAILED_POLLS = 5;
const REACH_MS = 3_000;
const TURNED_AWAY: ReadonlySet<number | null> = new Set([429, 500, 503]);
const MODERATED: ReadonlySet<string> = new Set(["Request Moderated", "Content Moderated"]);
const FAILED: ReadonlySet<string> = new Set(["Error", "Failed"]);

const TASK =
  "Colour the black and white comic page of image 1 with the colours of image 2. Keep every line, panel, balloon and letter of image 1 exactly where it is.";

const Submitted = z.object({ id: z.string().min(1), polling_url: z.string().min(1) });
const Polled = z.object({
  status: z.string(),
  progress: z.number().nullish().catch(null),
  result: z
    .object({ sample: z.string().min(1) })
    .nullish()
    .catch(null),
  details: z.unknown().optional(),
});

/**
 * Black Forest Labs' hosted models: a page is submitted, asked after, and downloaded. It has no way to cancel: who gives
 * up stops asking, and the page is paid for. Pages and references leave this machine.
 * Source: docs.bfl.ai, "Generate or edit an image with FLUX.2 [pro]"; help.bfl.ai, "Why did my request fail?"
 * @returns null without a key
 * @throws RangeError where the address is not one of HTTP
 */
export function openBfl(options: BflOptions): OutsideEngine | null {
  const { key, url, model, timeoutMs } = options;
  if (key === null) return null;
  const base = url.replace(/\/+$/, "");
  if (!/^https?:\/\//.test(base) || !URL.canParse(base))
    throw new RangeError("the address of Black Forest Labs' API begins with https://");
  const api: Api = { ...options, key, base };
  return {
    name: model,
    appliesStrength: false,
    async colour(request) {
      request.signal.throwIfAborted();
      const deadline = AbortSignal.timeout(timeoutMs);
      const signal = AbortSignal.any([request.signal, deadline]);
      try {
        const pollingUrl = await submit(api, request, signal);
        return await download(api, await poll(api, pollingUrl, request, signal), signal);
      } catch (error) {
        request.signal.throwIfAborted();
        if (deadline.aborted)
          throw engineError(
            "engine_timeout",
            `Black Forest Labs did not colour the page within ${timeoutMs / 1000} seconds. Try again later.`,
          );
        throw error instanceof PassingFault ? unreachable(api, error) : error;
      }
    },
    async isReachable() {
      // whatever it answers to a question without a page, it is there
      const signal = AbortSignal.timeout(REACH_MS);
      const asked = askOutside(`${base}/v1/get_result`, { maxBytes: MAX_ANSWER_BYTES, signal });
      return asked.then(
        () => true,
        () => false,
      );
    },
  };
}

interface Api extends Omit<BflOptions, "key"> {
  readonly key: string;
  readonly base: string;
}

/** @returns where to ask after the page */
async function submit(api: Api, request: OutsideRequest, signal: AbortSignal): Promise<string> {
  const body = JSON.stringify({
    prompt: `${TASK} ${request.prompt}`.trim(),
    input_image: Buffer.from(request.page).toString("base64"),
    input_image_2: Buffer.from(request.reference).toString("base64"),
    seed: request.seed,
    output_format: "png",
  });
  const send = async () => {
    try {
      return await ask(api, `${api.base}/v1/${encodeURIComponent(api.model)}`, signal, body);
    } catch (error) {
      const isSafe = error instanceof PassingFault && (error.isUnsent || TURNED_AWAY.has(error.status));
      throw error instanceof PassingFault && !isSafe ? unreachable(api, error) : error;
    }
  };
  const answer = await retryPassing(send, {
    retries: api.retries,
    pauseMs: api.pollMs ?? 1_500,
    signal,
    onRetry: ({ message }) => api.log.warn({ reason: message }, "Black Forest Labs is tried again"),
  });
  const submitted = Submitted.safeParse(jsonOf(answer));
  if (!submitted.success) throw strange(api, answer);
  return trustedUrl(api, submitted.data.polling_url);
}

/** @returns where the coloured page lies */
async function poll(api: Api, url: string, request: OutsideRequest, signal: AbortSignal): Promise<string> {
  let failed = 0;
  let shown = 0;
  for (;;) {
    await pause(api.pollMs ?? 1_500, signal);
    try {
      const answer = await askAfter(api, url, signal);
      failed = 0;
      if (answer.result?.sample !== undefined && answer.status === "Ready") return answer.result.sample;
      const share = Math.min(1, answer.progress ?? 0);
      if (share > shown) request.onProgress?.(share);
      shown = Math.max(shown, share);
    } catch (error) {
      if (!(error instanceof PassingFault) || ++failed >= MAX_FAILED_POLLS) throw error;
    }
  }
}

/** One question; a task that is not known yet may be known in a moment. */
async function askAfter(api: Api, url: string, signal: AbortSignal): Promise<z.infer<typeof Polled>> {
  const answer = await ask(api, url, signal);
  const polled = Polled.safeParse(jsonOf(answer));
  if (!polled.success) throw strange(api, answer);
  const { status, details, result } = polled.data;
  if (MODERATED.has(status))
    throw engineError(
      "engine_moderated",
      `Black Forest Labs refused the page (${status}). Colour it with another engine, or change the prompt.`,
    );
  if (FAILED.has(status))
    throw engineError(
      "engine_failed",
      `Black Forest Labs could not colour the page (${status}): ${said(details)}. Try again later.`,
    );
  if (status === "Ready" && !result) throw strange(api, answer);
  if (status === "Task not found") throw new PassingFault("it does not know the page any more");
  return polled.data;
}

async function download(
  { base, fetcher, pollMs = 1_500 }: Api,
  url: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  // a proxy of the operator's may stand in the own network, where nobody else may send anybody
  const isOurs = URL.parse(url)?.origin === new URL(base).origin;
  const fetchOnce = async () => {
    try {
      if (isOurs) return (await askOutside(url, { maxBytes: MAX_PICTURE_BYTES, signal })).bytes;
      return (await fetcher.fetchPicture({ url, signal })).bytes;
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof QuatrainError && error.code === "fetch_failed"
        ? new PassingFault(error.message, { cause: error })
        : error;
    }
  };
  try {
    // it is paid for: a lost connection is no reason to give it up
    const bytes = await retryPassing(fetchOnce, { retries: 3, pauseMs: pollMs, signal });
    if (isPictureFile(bytes)) return bytes;
  } catch (error) {
    signal.throwIfAborted();
    const words = error instanceof Error ? error.message : String(error);
    throw engineError(
      "engine_failed",
      `What Black Forest Labs coloured could not be downloaded: ${words}`,
      error,
    );
  }
  throw engineError("engine_failed", "What Black Forest Labs coloured is no PNG, JPEG or WebP file.");
}

async function ask(api: Api, url: string, signal: AbortSignal, body?: string): Promise<OutsideAnswer> {
  const answer = await askOutside(url, {
    headers: {
      accept: "application/json",
      "x-key": api.key,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { method: "POST" as const, body }),
    maxBytes: MAX_ANSWER_BYTES,
    signal,
  });
  if (answer.status < 400) return answer;
  if (answer.status === 404 && body === undefined)
    throw new PassingFault("it does not know the page any more");
  throw refused(answer);
}

const HINTS: Readonly<Record<number, string>> = {
  401: "Check the API key.",
  402: "The account has no credits left.",
  403: "Check the API key.",
  404: "Check the name of the model.",
  413: "The page is too large for it.",
};

function refused(answer: OutsideAnswer): QuatrainError {
  const detail = (jsonOf(answer) as { detail?: unknown } | null | undefined)?.detail;
  const words = detail === undefined ? textOf(answer).slice(0, 300) : said(detail);
  const hint = HINTS[answer.status] ?? "";
  return engineError(
    "engine_refused",
    `Black Forest Labs answered ${answer.status}: ${words}. ${hint}`.trim(),
  );
}

function said(details: unknown): string {
  if (details === undefined || details === null) return "it does not say why";
  return (typeof details === "string" ? details : JSON.stringify(details)).slice(0, 300);
}

function strange({ base }: Api, answer: OutsideAnswer): QuatrainError {
  return engineError(
    "engine_failed",
    `What answers at ${base} does not speak as Black Forest Labs' API does: ${textOf(answer).slice(0, 100)}`,
  );
}

function unreachable({ base }: Api, fault: PassingFault): QuatrainError {
  return engineError(
    "engine_unreachable",
    `Black Forest Labs at ${base} cannot be used: ${fault.message}. Try again later.`,
    fault,
  );
}

/** The key goes with every question: only to the host that was configured, or to another of the same domain over TLS. */
function trustedUrl({ base }: Api, text: string): string {
  const [ours, url] = [new URL(base), URL.parse(text)];
  const domain = /[a-z]/i.test(ours.hostname) ? ours.hostname.split(".").slice(-2).join(".") : null;
  const isSibling =
    domain?.includes(".") && url?.protocol === "https:" && url.hostname.endsWith(`.${domain}`);
  if (url !== null && (url.origin === ours.origin || isSibling)) return url.href;
  throw engineError(
    "engine_failed",
    `Black Forest Labs named an address of another domain to ask after the page, which gets no key: ${text.slice(0, 100)}`,
  );
}
