import { createHash } from "node:crypto";
import { engineError } from "../outside-engine.ts";
import {
  askOutside,
  isPictureFile,
  jsonOf,
  type OutsideAnswer,
  PassingFault,
  textOf,
} from "../outside-http.ts";
import { type PictureFile, PromptAnswer, QueueAnswer, refusalText, UploadAnswer } from "./comfyui-answers.ts";
import type { WorkflowGraph } from "./workflow.ts";

/** The requests of ComfyUI's HTTP interface that are made here. */
export interface ComfyuiServer {
  /** `http://127.0.0.1:8188`, without credentials: for messages. */
  readonly shownUrl: string;
  /** Of the socket that tells the news of a client. */
  socketUrl(clientId: string): string;
  readonly headers: Readonly<Record<string, string>>;
  /** @returns the name under which the picture is kept there, for LoadImage */
  upload(picture: Uint8Array, signal: AbortSignal): Promise<string>;
  /** @returns the prompt's id */
  queue(graph: WorkflowGraph, clientId: string, signal: AbortSignal): Promise<string>;
  /** What became of a prompt, by its id; null while nothing has. */
  history(promptId: string, signal: AbortSignal): Promise<unknown>;
  isQueued(promptId: string, signal: AbortSignal): Promise<"running" | "pending" | null>;
  view(picture: PictureFile, signal: AbortSignal): Promise<Uint8Array>;
  /** Takes a prompt that waits out of the queue. */
  dequeue(promptId: string, signal: AbortSignal): Promise<void>;
  interrupt(promptId: string, signal: AbortSignal): Promise<void>;
  stats(signal: AbortSignal): Promise<void>;
}

const MAX_JSON_BYTES = 32 * 2 ** 20;
const MAX_PICTURE_BYTES = 256 * 2 ** 20;

/**
 * @param url with a path and credentials, where it has them
 * @throws RangeError where it is not one of HTTP
 */
export function openServer(url: string): ComfyuiServer {
  const { base, headers } = addressOf(url);
  const ask = async (path: string, signal: AbortSignal, init: AskOptions = {}): Promise<OutsideAnswer> => {
    const { json, ...rest } = init;
    const typed: Record<string, string> = json === undefined ? {} : { "content-type": "application/json" };
    const answer = await askOutside(`${base}${path}`, {
      maxBytes: MAX_JSON_BYTES,
      ...rest,
      ...(json === undefined ? {} : { method: "POST" as const, body: JSON.stringify(json) }),
      headers: { ...headers, ...typed },
      signal,
    });
    if (answer.status < 400) return answer;
    throw refusal(base, path, answer);
  };
  return {
    shownUrl: base,
    headers,
    socketUrl: (clientId) => `${base.replace(/^http/, "ws")}/ws?clientId=${encodeURIComponent(clientId)}`,
    async upload(picture, signal) {
      const form = new FormData();
      const name = `quatrain-${createHash("sha256").update(picture).digest("hex").slice(0, 24)}.png`;
      form.set("image", new Blob([new Uint8Array(picture)], { type: "image/png" }), name);
      form.set("type", "input");
      const answer = await ask("/upload/image", signal, { method: "POST", body: form });
      const kept = expected(UploadAnswer.safeParse(jsonOf(answer)), base);
      return kept.subfolder === "" ? kept.name : `${kept.subfolder}/${kept.name}`;
    },
    async queue(graph, clientId, signal) {
      const answer = await ask("/prompt", signal, { json: { prompt: graph, client_id: clientId } });
      return expected(PromptAnswer.safeParse(jsonOf(answer)), base).prompt_id;
    },
    async history(promptId, signal) {
      const all = jsonOf(await ask(`/history/${encodeURIComponent(promptId)}`, signal));
      if (typeof all !== "object" || all === null) throw unexpected(base);
      return (all as Record<string, unknown>)[promptId] ?? null;
    },
    async isQueued(promptId, signal) {
      const queue = expected(QueueAnswer.safeParse(jsonOf(await ask("/queue", signal))), base);
      const holds = (entries: readonly (readonly unknown[])[]) => entries.some(([, id]) => id === promptId);
      if (holds(queue.queue_running)) return "running";
      return holds(queue.queue_pending) ? "pending" : null;
    },
    async view({ filename, subfolder, type }, signal) {
      const query = new URLSearchParams({ filename, subfolder, type });
      const { bytes } = await ask(`/view?${query}`, signal, { maxBytes: MAX_PICTURE_BYTES });
      if (isPictureFile(bytes)) return bytes;
      throw engineError(
        "engine_failed",
        `ComfyUI at ${base} handed out ${JSON.stringify(filename)}, which is no PNG, JPEG or WebP file. Save the picture with SaveImage in the workflow.`,
      );
    },
    async dequeue(promptId, signal) {
      await ask("/queue", signal, { json: { delete: [promptId] } });
    },
    async interrupt(promptId, signal) {
      // newer servers interrupt this prompt only, older ones whatever runs
      await ask("/interrupt", signal, { json: { prompt_id: promptId } });
    },
    async stats(signal) {
      await ask("/system_stats", signal);
    },
  };
}

interface AskOptions {
  readonly method?: "POST";
  readonly body?: FormData;
  readonly json?: unknown;
  readonly maxBytes?: number;
}

/** Fetch takes no credentials within an address. */
function addressOf(text: string): { base: string; headers: Readonly<Record<string, string>> } {
  const url = URL.parse(text);
  if (url === null || !["http:", "https:"].includes(url.protocol))
    throw new RangeError("the address of a ComfyUI server begins with http:// or https://");
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return {
    base: `${url.origin}${url.pathname}`.replace(/\/+$/, ""),
    headers:
      credentials === ":" ? {} : { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` },
  };
}

function refusal(base: string, path: string, answer: OutsideAnswer) {
  const { status } = answer;
  const hint =
    status === 401 || status === 403
      ? " Check user and password in its address."
      : status === 413
        ? " Start it with a larger --max-upload-size."
        : "";
  const words = refusalText(jsonOf(answer)) ?? textOf(answer).slice(0, 300);
  const place = path.split("?")[0];
  return engineError(
    "engine_refused",
    `ComfyUI at ${base} refused ${place} with ${status}: ${words.trim() || "it does not say why"}.${hint}`,
  );
}

function expected<T>(parsed: { success: boolean; data?: T }, base: string): T {
  if (!parsed.success || parsed.data === undefined) throw unexpected(base);
  return parsed.data;
}

function unexpected(base: string): PassingFault {
  return new PassingFault(`what answers at ${base} does not speak as ComfyUI does`);
}
