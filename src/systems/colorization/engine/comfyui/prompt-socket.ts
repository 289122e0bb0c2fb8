import { z } from "zod";
import { errorText } from "./comfyui-answers.ts";
import type { ComfyuiServer } from "./comfyui-server.ts";

/** News of one prompt. */
export type PromptNews =
  | { readonly kind: "progress"; readonly share: number }
  | { readonly kind: "finished" }
  | { readonly kind: "failed"; readonly words: string }
  | { readonly kind: "interrupted" }
  /** The socket is gone: no more news. */
  | { readonly kind: "closed" };

/** ComfyUI's socket, listened to by one client for one prompt. */
export interface PromptSocket {
  isOpen(): boolean;
  /** News of this prompt from now on, and what came before its id was known. Once only. */
  listen(promptId: string, listener: (news: PromptNews) => void): void;
  close(): void;
}

const OPEN_MS = 5_000;
const MAX_KEPT = 1_000;
const MAX_MESSAGE_CHARACTERS = 2 ** 20;

/** Opens the socket; where that fails, there is simply none. Never throws. */
export async function openPromptSocket(server: ComfyuiServer, clientId: string): Promise<PromptSocket> {
  // no Origin header: ComfyUI refuses one that is not its own
  const socket = new WebSocket(server.socketUrl(clientId), { headers: server.headers });
  let kept: unknown[] = [];
  let take = (message: unknown): void => {
    if (kept.length < MAX_KEPT) kept.push(message);
  };
  let onClosed = (): void => undefined;
  socket.addEventListener("message", ({ data }) => {
    // previews are binary
    if (typeof data === "string" && data.length <= MAX_MESSAGE_CHARACTERS) take(data);
  });
  socket.addEventListener("close", () => onClosed());
  socket.addEventListener("error", () => undefined);
  await opened(socket);
  return {
    isOpen: () => socket.readyState === WebSocket.OPEN,
    listen(promptId, listener) {
      take = (message) => {
        const news = newsIn(message, promptId);
        if (news !== null) listener(news);
      };
      onClosed = () => listener({ kind: "closed" });
      for (const message of kept) take(message);
      kept = [];
    },
    close() {
      onClosed = () => undefined;
      take = () => undefined;
      socket.close();
    },
  };
}

async function opened(socket: WebSocket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, OPEN_MS);
  for (const event of ["open", "close", "error"]) socket.addEventListener(event, () => resolve());
  await promise;
  clearTimeout(timer);
}

const Message = z.object({ type: z.string(), data: z.looseObject({ prompt_id: z.string().optional() }) });
const Progress = z.object({ value: z.number().min(0), max: z.number().positive() });

/** What a message says of this prompt; null for another prompt's, and for what says nothing. */
function newsIn(text: unknown, promptId: string): PromptNews | null {
  const parsed = Message.safeParse(parsedJson(text));
  if (!parsed.success) return null;
  const { type, data } = parsed.data;
  // older servers leave the prompt out of progress; the socket is this client's own
  if (type === "progress" && (data.prompt_id ?? promptId) === promptId) return progressIn(data);
  if (data.prompt_id !== promptId) return null;
  if (type === "execution_error") return { kind: "failed", words: errorText(data) };
  if (type === "execution_interrupted") return { kind: "interrupted" };
  const isFinished = type === "execution_success" || (type === "executing" && data.node === null);
  return isFinished ? { kind: "finished" } : null;
}

function progressIn(data: unknown): PromptNews | null {
  const parsed = Progress.safeParse(data);
  return parsed.success
    ? { kind: "progress", share: Math.min(1, parsed.data.value / parsed.data.max) }
    : null;
}

function parsedJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
}
