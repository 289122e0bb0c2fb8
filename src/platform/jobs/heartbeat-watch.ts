import type { RunningJob } from "./store/job-reader.ts";

interface Seen {
  readonly mark: string;
  readonly sinceMs: number;
}

/**
 * Finds running jobs whose heartbeat has fallen silent. Silence is timed by this process's own monotonic clock
 * since the heartbeat last changed, so that clocks of different machines are never compared.
 */
export class HeartbeatWatch {
  readonly #silentAfterMs: number;
  #seen = new Map<string, Seen>();

  constructor(silentAfterMs: number) {
    this.#silentAfterMs = silentAfterMs;
  }

  /**
   * @param running every running job as of now
   * @param nowMs monotonic
   * @returns those that have shown no change for `silentAfterMs`
   */
  silent(running: readonly RunningJob[], nowMs: number): RunningJob[] {
    const before = this.#seen;
    this.#seen = new Map();
    return running.filter((job) => {
      const mark = `${job.lease.attempt} ${job.lease.worker} ${job.heartbeatAt}`;
      const last = before.get(job.lease.jobId);
      const seen = last?.mark === mark ? last : { mark, sinceMs: nowMs };
      this.#seen.set(job.lease.jobId, seen);
      return nowMs - seen.sinceMs >= this.#silentAfterMs;
    });
  }
}
