import { randomUUID } from "node:crypto";
import { messageOf } from "../../../../platform/errors/quatrain-error.ts";
import type { Log } from "../../../../platform/ports.ts";
import { engineError, type OutsideEngine, type OutsideRequest } from "../outside-engine.ts";
import { PassingFault } from "../outside-http.ts";
import { retryPassing } from "../retry-passing.ts";
import { type ComfyuiServer, openServer } from "./comfyui-server.ts";
import { followPrompt } from "./follow-prompt.ts";
import { openPromptSocket } from "./prompt-socket.ts";
import { fillWorkflow, type Workflow, type WorkflowGraph } from "./workflow.ts";

export interface ComfyuiOptions {
  /** `http://127.0.0.1:8188`; may have a path, and user and password. */
  readonly url: string;
  readonly workflow: Workflow;
  /** For one page and one try, waiting in ComfyUI's queue included. What takes longer is not tried again. */
  readonly timeoutMs: number;
  /** Further tries where ComfyUI is gone, answers 5xx or has forgotten the page. */
  readonly retries: number;
  readonly log: Log;
  /** Between two looks at how far ComfyUI is, where its socket tells nothing; 1.5 s if left out. */
  readonly pollMs?: number;
  /** Before the second try, doubled before each further one; 2 s if left out. */
  readonly retryPauseMs?: number;
}

const QUEUE_MS = 60_000;
const DISCARD_MS = 5_000;
const REACH_MS = 3_000;

/**
 * An engine that has ComfyUI run a workflow per page. What it uploads and what the workflow saves stays in ComfyUI's
 * folders: its interface has no way to delete files.
 * Source: spec/colorization.md section 4; comfyanonymous/ComfyUI, `server.py`.
 * @throws RangeError where the address is not one of HTTP
 */
export function openComfyui(options: ComfyuiOptions): OutsideEngine {
  const server = openServer(options.url);
  const { workflow, log, retries, retryPauseMs = 2_000 } = options;
  if (workflow.missing.length > 0)
    log.warn(
      { missing: workflow.missing },
      "the ComfyUI workflow does not use everything that a page comes with",
    );
  return {
    name: "flux",
    appliesStrength: !workflow.missing.includes("%STRENGTH%"),
    async colour(request) {
      const { signal } = request;
      signal.throwIfAborted();
      try {
        const onProgress = neverLess(request);
        return await retryPassing(() => tryOnce(server, options, { ...request, onProgress }), {
          retries,
          pauseMs: retryPauseMs,
          signal,
          onRetry: (fault) =>
            log.warn({ url: server.shownUrl, reason: fault.message }, "ComfyUI is tried again"),
        });
      } catch (error) {
        if (!(error instanceof PassingFault)) throw error;
        throw engineError(
          "engine_unreachable",
          `ComfyUI at ${server.shownUrl} cannot be used: ${error.message}. Start it, or check QUATRAIN_COMFYUI_URL.`,
          error,
        );
      }
    },
    async isReachable() {
      const answered = server.stats(AbortSignal.timeout(REACH_MS));
      return answered.then(
        () => true,
        () => false,
      );
    },
  };
}

async function tryOnce(server: ComfyuiServer, options: ComfyuiOptions, request: OutsideRequest) {
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([request.signal, deadline]);
  try {
    return await colourOnce(server, options, request, signal);
  } catch (error) {
    request.signal.throwIfAborted();
    if (!deadline.aborted) throw error;
    throw engineError(
      "engine_timeout",
      `ComfyUI at ${server.shownUrl} did not colour the page within ${options.timeoutMs / 1000} seconds. Look at its queue, or set QUATRAIN_COMFYUI_TIMEOUT.`,
    );
  }
}

async function colourOnce(
  server: ComfyuiServer,
  { workflow, log, timeoutMs, pollMs = 1_500 }: ComfyuiOptions,
  request: OutsideRequest,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const page = await server.upload(request.page, signal);
  const style = await server.upload(request.reference, signal);
  const graph = fillWorkflow(workflow, {
    "INPUT_IMAGE.png": page,
    "STYLE_IMAGE.png": style,
    "%POSITIVE_PROMPT%": request.prompt,
    "%SEED%": request.seed,
    "%STRENGTH%": request.strength,
  });
  const clientId = randomUUID();
  const socket = await openPromptSocket(server, clientId);
  let [promptId, isDone]: [string | null, boolean] = [null, false];
  try {
    signal.throwIfAborted();
    promptId = await queued(server, graph, clientId, timeoutMs);
    const onProgress = (share: number) => request.onProgress?.(share);
    const picture = await followPrompt({ server, socket, promptId, pollMs, signal, onProgress });
    isDone = true;
    // it is coloured: a lost connection is no reason to colour it again
    return await retryPassing(() => server.view(picture, signal), { retries: 2, pauseMs: pollMs, signal });
  } finally {
    socket.close();
    if (promptId !== null && !isDone) await discard(server, promptId, log);
  }
}

/** Not to be cut short by whoever waits: whatever is queued has to be known, or nobody can take it back. */
async function queued(server: ComfyuiServer, graph: WorkflowGraph, clientId: string, timeoutMs: number) {
  const deadline = AbortSignal.timeout(Math.min(QUEUE_MS, timeoutMs));
  try {
    return await server.queue(graph, clientId, deadline);
  } catch (error) {
    if (deadline.aborted) throw new PassingFault("it did not take the page into its queue in time");
    throw error;
  }
}

/** Another try begins anew; whoever watches sees no step back. */
function neverLess({ onProgress }: OutsideRequest): (share: number) => void {
  let shown = 0;
  return (share) => {
    if (share <= shown) return;
    shown = share;
    onProgress?.(share);
  };
}

/** Takes a prompt back that nobody waits for any more; interrupts it only where it is the one that runs. */
async function discard(server: ComfyuiServer, promptId: string, log: Log): Promise<void> {
  const signal = AbortSignal.timeout(DISCARD_MS);
  try {
    await server.dequeue(promptId, signal);
    if ((await server.isQueued(promptId, signal)) === "running") await server.interrupt(promptId, signal);
  } catch (error) {
    log.warn(
      { url: server.shownUrl, reason: messageOf(error) },
      "a page could not be taken back from ComfyUI",
    );
  }
}
