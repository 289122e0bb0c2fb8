import { sniffFormat } from "../../../ml/images/picture-format.ts";
import { messageOf } from "../../../platform/errors/quatrain-error.ts";

/** Something that may be over when it is tried again. The message is a piece of a sentence, fit for users. */
export class PassingFault extends Error {
  /** What the other side answered with; null where it did not. */
  readonly status: number | null;
  /** Nothing of the request can have arrived. */
  readonly isUnsent: boolean;

  constructor(message: string, facts: { status?: number; isUnsent?: boolean; cause?: unknown } = {}) {
    super(message, { cause: facts.cause });
    this.name = "PassingFault";
    this.status = facts.status ?? null;
    this.isUnsent = facts.isUnsent ?? false;
  }
}

export interface OutsideAnswer {
  readonly status: number;
  readonly bytes: Uint8Array;
}

interface AskInit {
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | FormData;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
}

const MOST_WORDS = 300;
const UNSENT: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"]);
const PICTURES: ReadonlySet<string | null> = new Set(["png", "jpeg", "webp"]);

/**
 * One request whose answer is read whole, whatever its status, up to `maxBytes`. Redirects are not followed: a key or a
 * page would go where nobody said.
 * @throws PassingFault where there is no whole answer, or one of 500 and above or 429; the signal's reason
 */
export async function askOutside(url: string, { maxBytes, ...init }: AskInit): Promise<OutsideAnswer> {
  let answer: OutsideAnswer;
  try {
    const response = await fetch(url, { redirect: "error", ...init });
    answer = { status: response.status, bytes: await readBounded(response, maxBytes) };
  } catch (error) {
    init.signal.throwIfAborted();
    if (error instanceof PassingFault) throw error;
    const { code = "" } = ((error as Error).cause as { code?: string } | undefined) ?? {};
    throw new PassingFault(causeOf(error), { isUnsent: UNSENT.has(code), cause: error });
  }
  if (answer.status >= 500 || answer.status === 429) {
    const words = textOf(answer).trim().slice(0, MOST_WORDS);
    const status = answer.status;
    throw new PassingFault(`it answered ${status}${words === "" ? "" : ` (${words})`}`, { status });
  }
  return answer;
}

/** What an answer holds as JSON; undefined where it is none. */
export function jsonOf({ bytes }: OutsideAnswer): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** The start of what an answer says, for a message. */
export function textOf({ bytes }: OutsideAnswer): string {
  return Buffer.from(bytes.subarray(0, 4 * MOST_WORDS)).toString("utf8");
}

/** Whether these are the first bytes of a PNG, JPEG or WebP file. */
export function isPictureFile(bytes: Uint8Array): boolean {
  return PICTURES.has(sniffFormat(bytes));
}

async function readBounded({ body }: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new PassingFault(`its answer has more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Fetch hides what happened behind `fetch failed`. */
function causeOf(error: unknown): string {
  const inner = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return messageOf(inner).slice(0, MOST_WORDS) || "the connection failed";
}
