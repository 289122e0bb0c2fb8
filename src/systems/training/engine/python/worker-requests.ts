import { unavailable, unreachable } from "./worker-errors.ts";

/** Where a worker is and what opens it. */
export interface WorkerAddress {
  /** `http://host:port`, without a path. */
  readonly url: string;
  readonly token: string;
}

interface WorkerRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
  readonly timeoutMs: number;
}

const MOST_ANSWER_BYTES = 4 * 2 ** 20;

/** What a worker said: a status below 500 other than 401. */
export interface WorkerAnswer {
  readonly status: number;
  readonly body: unknown;
  /** `detail` of a refusal. */
  readonly detail: string;
}

/** Asks a worker once. @throws QuatrainError `TRAINING_SERVICE_UNAVAILABLE` (503) */
export async function askWorker(
  { url, token }: WorkerAddress,
  { method, path, body, timeoutMs }: WorkerRequest,
): Promise<WorkerAnswer> {
  const answer = await send(`${url.replace(/\/+$/, "")}${path}`, {
    method,
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw unreachable(url, error);
  });
  if (answer.status === 401) throw unavailable(`The Python worker at ${url} does not accept the token`);
  if (answer.status >= 500)
    throw unavailable(`The Python worker at ${url} has failed (${answer.status} ${answer.detail})`);
  return answer;
}

async function send(url: string, options: RequestInit): Promise<WorkerAnswer> {
  const response = await fetch(url, options);
  const body: unknown = JSON.parse(await readBounded(response));
  const { detail } = body as { detail?: unknown };
  return { status: response.status, body, detail: typeof detail === "string" ? detail : "" };
}

async function readBounded({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_ANSWER_BYTES) throw new Error("its answer is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
