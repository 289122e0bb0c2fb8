import { Piscina } from "piscina";
import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import { entryUrl } from "../../../platform/lifecycle/entry-url.ts";
import type { ReportRenderer } from "../report/port.ts";
import type { ReportInput } from "../report/report-input.ts";
import type {
  AnalysisRequest,
  Comparison,
  ComparisonRequest,
  FingerprintedText,
  TextAnalysis,
  TextEngine,
} from "./port.ts";

export interface AnalysisPoolOptions {
  /** Threads at most. */
  readonly threads: number;
  /** Phrases of the operator's own, as they stand in their file; null for none. */
  readonly phraseList: unknown;
  /** Another limit only in tests. */
  readonly timeLimitMs?: number;
}

/** What every thread is given once. */
export interface ThreadBirth {
  readonly phraseList: unknown;
}

/** Texts that wait; each waits for a thread that needs some 20 ms for a thousand words. */
const MOST_WAITING = 64;
const IDLE_MS = 5 * 60_000;
const TIME_LIMIT_MS = 60_000;
const MEMORY_MB = 512;

/**
 * Analyses in threads of their own. They are pure JavaScript, so that one that runs beyond its time, or whose client
 * has gone, is simply ended; the next text gets a new one.
 */
export class AnalysisPool implements TextEngine, ReportRenderer {
  readonly #pool: Piscina;
  readonly #timeLimitMs: number;

  constructor({ threads, phraseList, timeLimitMs = TIME_LIMIT_MS }: AnalysisPoolOptions) {
    this.#timeLimitMs = timeLimitMs;
    this.#pool = new Piscina({
      filename: entryUrl("./analysis-worker", import.meta.url).href,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: IDLE_MS,
      maxQueue: MOST_WAITING,
      workerData: { phraseList } satisfies ThreadBirth,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
  }

  analyse(request: AnalysisRequest, signal?: AbortSignal): Promise<TextAnalysis> {
    return this.#run("analyse", request, signal);
  }

  fingerprint(text: string, signal?: AbortSignal): Promise<FingerprintedText> {
    return this.#run("fingerprintText", text, signal);
  }

  compare(request: ComparisonRequest, signal?: AbortSignal): Promise<Comparison> {
    return this.#run("compare", request, signal);
  }

  async render(input: ReportInput, format: "html" | "pdf", signal?: AbortSignal) {
    if (format === "html") {
      const page = await this.#run<string>("drawHtml", input, signal);
      return { contentType: "text/html; charset=utf-8", bytes: Buffer.from(page) };
    }
    const bytes = await this.#run<Uint8Array>("drawPdf", input, signal);
    return { contentType: "application/pdf", bytes: Buffer.from(bytes) };
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #run<Result>(name: string, request: unknown, signal?: AbortSignal): Promise<Result> {
    signal?.throwIfAborted();
    const limit = AbortSignal.timeout(this.#timeLimitMs);
    try {
      return await this.#pool.run(request, {
        name,
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw toQuatrainError(error, limit);
    }
  }
}

function toQuatrainError(error: unknown, limit: AbortSignal): unknown {
  if (limit.aborted) {
    return userError("analysis_too_slow", 413, "The text takes too long to analyse: send it in parts");
  }
  const { message, code } = error as Error & { code?: string };
  if (code === "ERR_WORKER_OUT_OF_MEMORY") {
    return userError(
      "analysis_too_large",
      413,
      "The text takes too much memory to analyse: send it in parts",
    );
  }
  if (/queue/i.test(message)) {
    return userError(
      "analysis_busy",
      429,
      "Too many texts wait for their analysis: send it again in a moment",
      {
        retryAfterS: 2,
      },
    );
  }
  return new QuatrainError("The analysis failed", { code: "analysis_failed", status: 500, cause: error });
}
