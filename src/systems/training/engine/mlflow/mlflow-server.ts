import { messageOf } from "../../../../platform/errors/quatrain-error.ts";

/** How the server lets us in. All null: it asks for nothing. */
export interface MlflowCredentials {
  readonly username: string | null;
  readonly password: string | null;
  /** Wins over the other two. */
  readonly token: string | null;
}

export interface MlflowServerOptions {
  /** Of the tracking server, `http://` or `https://`; user and password in it count as credentials. */
  readonly uri: string;
  readonly credentials: MlflowCredentials;
  readonly fetch: typeof globalThis.fetch;
  /** Between two tries. */
  readonly wait: (ms: number) => Promise<void>;
  readonly timeoutMs: number;
  /** Ends what is under way and refuses the rest. */
  readonly closed: AbortSignal;
}

/** One request under `/api/2.0/mlflow/`. */
export interface MlflowRequest {
  readonly path: string;
  /** Asked with GET and these parameters, where there is no body. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Twice is the same as once: it is tried again whatever came of the first time. */
  readonly isRepeatable: boolean;
}

/** A request came to nothing. The message is fit for a job's log: no secrets, no stack. */
export class MlflowFault extends Error {
  /** MLflow's `error_code`: `RESOURCE_DOES_NOT_EXIST`; null where it did not answer in its own words. */
  readonly code: string | null;
  /** Worth another try, later. */
  readonly isPassing: boolean;

  constructor(message: string, code: string | null, isPassing: boolean) {
    super(message);
    this.name = "MlflowFault";
    this.code = code;
    this.isPassing = isPassing;
  }
}

const MOST_ANSWER_BYTES = 2 ** 20;
const MOST_MESSAGE_CHARACTERS = 300;
/** Milliseconds before the second and the third try. */
const PAUSES_MS = [200, 1_000];
/** It has not begun to work on the request. */
const TURNED_AWAY: ReadonlySet<number> = new Set([429, 503]);

export type AskMlflow = (request: MlflowRequest) => Promise<Readonly<Record<string, unknown>>>;

/**
 * Requests to a tracking server, each tried three times at most and bounded in time and size; the functions throw
 * MlflowFault and nothing else. Source: mlflow.org, "REST API" 2.0.
 * @throws RangeError where the address is not one of HTTP
 */
export function openMlflowServer(options: MlflowServerOptions): AskMlflow {
  const { base, authorization } = addressOf(options);
  const headers = {
    accept: "application/json",
    "content-type": "application/json",
    ...(authorization === null ? {} : { authorization }),
  };
  return async (request) => {
    for (const pause of PAUSES_MS) {
      try {
        return await askOnce(`${base}/api/2.0/mlflow/`, headers, request, options);
      } catch (error) {
        if (!(error instanceof MlflowFault) || !isWorthRepeating(error, request)) throw error;
        if (options.closed.aborted) throw error;
        await options.wait(pause);
      }
    }
    return askOnce(`${base}/api/2.0/mlflow/`, headers, request, options);
  };
}

function isWorthRepeating(fault: MlflowFault, { isRepeatable }: MlflowRequest): boolean {
  return fault.isPassing && (isRepeatable || fault.code === "TURNED_AWAY");
}

function addressOf({ uri, credentials }: MlflowServerOptions) {
  const url = URL.canParse(uri) ? new URL(uri) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol))
    throw new RangeError("the address of an MLflow server begins with http:// or https://");
  const username = credentials.username ?? unescaped(url.username);
  const password = credentials.password ?? unescaped(url.password);
  const basic = Buffer.from(`${username}:${password}`).toString("base64");
  const named = username === "" ? null : `Basic ${basic}`;
  return {
    base: `${url.origin}${url.pathname}`.replace(/\/+$/, ""),
    authorization: credentials.token === null ? named : `Bearer ${credentials.token}`,
  };
}

/** A lone `%` stands for itself. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function askOnce(
  root: string,
  headers: Readonly<Record<string, string>>,
  { path, query, body }: MlflowRequest,
  { fetch, timeoutMs, closed }: MlflowServerOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([timeout, closed]);
  try {
    const response = await fetch(`${root}${path}${query ? `?${new URLSearchParams(query)}` : ""}`, {
      method: body === undefined ? "GET" : "POST",
      headers,
      redirect: "error",
      signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = parsed(await readBounded(response));
    if (response.ok && answer !== null) return answer;
    throw faultOf(response.status, answer);
  } catch (error) {
    if (error instanceof MlflowFault) throw error;
    const reason = timeout.aborted ? `no answer within ${timeoutMs / 1_000} seconds` : causeOf(error);
    throw new MlflowFault(reason, null, true);
  }
}

/** Fetch hides what happened behind `fetch failed`. */
function causeOf(error: unknown): string {
  const inner = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return messageOf(inner).slice(0, MOST_MESSAGE_CHARACTERS) || "the connection failed";
}

function faultOf(status: number, answer: Readonly<Record<string, unknown>> | null): MlflowFault {
  if (TURNED_AWAY.has(status)) return new MlflowFault(`it answered ${status}`, "TURNED_AWAY", true);
  if (status === 401 || status === 403)
    return new MlflowFault(
      `it answered ${status}: check MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD or MLFLOW_TRACKING_TOKEN`,
      null,
      false,
    );
  if (answer === null && status < 500)
    return new MlflowFault(`it answered ${status}, and no JSON: is it an MLflow server?`, null, false);
  const { error_code: code, message } = answer ?? {};
  const words = typeof message === "string" ? `: ${message.slice(0, MOST_MESSAGE_CHARACTERS)}` : "";
  const isPassing = status >= 500 || status === 408;
  return new MlflowFault(`it answered ${status}${words}`, typeof code === "string" ? code : null, isPassing);
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text === "" ? "{}" : text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

async function readBounded({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_ANSWER_BYTES) throw new MlflowFault("its answer is too long", null, false);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
