import { inParts, type MetricEntry, MOST_METRICS } from "./mlflow-entries.ts";
import { type AskMlflow, MlflowFault } from "./mlflow-server.ts";

/** Metrics of a run that are kept while the server is away; 1,000 epochs have fewer. */
const MOST_KEPT = 20_000;

/** Metrics of one run on their way to the server, in order; one request at a time. */
export class MetricBacklog {
  readonly #ask: AskMlflow;
  readonly #runId: string;
  #kept: MetricEntry[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(ask: AskMlflow, runId: string) {
    this.#ask = ask;
    this.#runId = runId;
  }

  /** @returns how many of the oldest had to go, because the server was away for so long */
  add(entries: readonly MetricEntry[]): number {
    this.#kept.push(...entries);
    const surplus = Math.max(0, this.#kept.length - MOST_KEPT);
    this.#kept.splice(0, surplus);
    return surplus;
  }

  /**
   * Sends what there is. What the server was not there for stays; what it refuses is dropped, as it would be refused
   * again.
   * @throws MlflowFault of the first part that did not arrive
   */
  send(): Promise<void> {
    const sent = this.#last.then(() => this.#sendParts());
    this.#last = sent.catch(() => undefined);
    return sent;
  }

  async #sendParts(): Promise<void> {
    for (const metrics of inParts([...this.#kept], MOST_METRICS)) {
      try {
        const body = { run_id: this.#runId, metrics };
        await this.#ask({ path: "runs/log-batch", body, isRepeatable: true });
      } catch (error) {
        if (!(error instanceof MlflowFault && error.isPassing)) this.#forget(metrics);
        throw error;
      }
      this.#forget(metrics);
    }
  }

  #forget(metrics: readonly MetricEntry[]): void {
    const gone = new Set(metrics);
    this.#kept = this.#kept.filter((entry) => !gone.has(entry));
  }
}
