import { engineError } from "../outside-engine.ts";
import { PassingFault } from "../outside-http.ts";
import { pause } from "../retry-passing.ts";
import { outcomeOf, type PictureFile } from "./comfyui-answers.ts";
import type { ComfyuiServer } from "./comfyui-server.ts";
import type { PromptSocket } from "./prompt-socket.ts";

export interface FollowedPrompt {
  readonly server: ComfyuiServer;
  readonly socket: PromptSocket;
  readonly promptId: string;
  /** Between two looks at the history where no news come. */
  readonly pollMs: number;
  readonly signal: AbortSignal;
  onProgress(share: number): void;
}

/** With a socket the history is looked at as well, but seldom: a connection may be dead without anybody noticing. */
const SELDOM = 8;
/** Failed looks one after another before the server counts as gone. */
const MAX_FAILED_LOOKS = 3;
/** Looks in which the server knew nothing of the prompt: it may be between queue and history once. */
const MAX_UNKNOWN_LOOKS = 2;

/**
 * Waits until a prompt is done. News come over the socket, while there is one; what counts is the history, which is
 * looked at when news come and now and then without.
 * @returns the picture, of which ComfyUI says where it lies
 * @throws QuatrainError `engine_failed` (502); PassingFault where the server is gone or has forgotten the prompt; the
 * signal's reason
 */
export async function followPrompt(prompt: FollowedPrompt): Promise<PictureFile> {
  const news = listenTo(prompt);
  let [failedLooks, unknownLooks] = [0, 0];
  for (;;) {
    try {
      const look = await lookAt(prompt);
      failedLooks = 0;
      if (look !== "waiting" && look !== "unknown") return look;
      unknownLooks = look === "unknown" ? unknownLooks + 1 : 0;
    } catch (error) {
      if (!(error instanceof PassingFault) || ++failedLooks >= MAX_FAILED_LOOKS) throw error;
    }
    if (unknownLooks >= MAX_UNKNOWN_LOOKS)
      throw new PassingFault("it has forgotten the page, as after a restart");
    const isQuiet = prompt.socket.isOpen() && failedLooks === 0 && unknownLooks === 0 && !news.isFinished();
    await news.within(isQuiet ? prompt.pollMs * SELDOM : prompt.pollMs);
  }
}

/** One look: where the picture is, or that it waits, or that nobody knows of it. */
async function lookAt({ server, promptId, signal }: FollowedPrompt) {
  // in this order: a prompt that leaves the queue is in the history by then
  const place = await server.isQueued(promptId, signal);
  const entry = await server.history(promptId, signal);
  if (entry === null) return place === null ? "unknown" : "waiting";
  const outcome = outcomeOf(entry);
  if (outcome.kind === "failed") throw failed(server, outcome.words);
  if (outcome.kind === "interrupted") throw interrupted(server);
  const [picture] = outcome.pictures;
  if (picture === undefined) throw failed(server, "the workflow saved no picture; end it with SaveImage");
  return picture;
}

/** News end a pause; failures among them end everything. */
function listenTo({ server, socket, promptId, signal, onProgress }: FollowedPrompt) {
  let woken = Promise.withResolvers<void>();
  let failure: Error | null = null;
  let finished = false;
  socket.listen(promptId, (news) => {
    if (news.kind === "progress") {
      onProgress(news.share);
      return;
    }
    if (news.kind === "failed") failure ??= failed(server, news.words);
    if (news.kind === "interrupted") failure ??= interrupted(server);
    finished ||= news.kind === "finished";
    woken.resolve();
  });
  return {
    isFinished: () => finished,
    async within(ms: number): Promise<void> {
      const over = new AbortController();
      const paused = pause(ms, AbortSignal.any([signal, over.signal]));
      try {
        await Promise.race([paused, woken.promise]);
      } finally {
        over.abort();
      }
      signal.throwIfAborted();
      if (failure !== null) throw failure;
      woken = Promise.withResolvers<void>();
    },
  };
}

function failed({ shownUrl }: ComfyuiServer, words: string) {
  return engineError("engine_failed", `ComfyUI at ${shownUrl} could not colour the page: ${words}`);
}

function interrupted({ shownUrl }: ComfyuiServer) {
  return engineError(
    "engine_failed",
    `Somebody interrupted the page at ComfyUI (${shownUrl}). Start the job again.`,
  );
}
