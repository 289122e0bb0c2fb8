import { setTimeout as wait } from "node:timers/promises";
import { ClientError, type QuatrainClient } from "../../../client/index.ts";
import * as contract from "../../../contracts/training/index.ts";
import { messageOf, userError } from "../../../platform/errors/quatrain-error.ts";
import type { TrainingJob } from "../describe-job.ts";
import { readEvents } from "./event-stream.ts";
import { type TrainingListener, tell } from "./live-events.ts";
import { OnceEach } from "./once-each.ts";

export interface FollowSettings {
  /** Ends the following, not the job. */
  readonly signal: AbortSignal;
  /** Lines from before that are told first. */
  readonly tail: number;
  /** Between two attempts to reach the server again. */
  readonly retryMs?: number;
  /** After so many in a row it is given up. */
  readonly maxRetries?: number;
}

/** A gateway's answers, and those of a server that is starting or busy. */
const PASSING = new Set([408, 429, 502, 503, 504]);
const MOST_ROWS = 1_000;
/** Told of a job that has been running. */
const EPOCHS_BEFORE = 10;
const OVER: ReadonlySet<TrainingJob["status"]> = new Set(["completed", "failed", "stopped"]);

/**
 * Follows a job by its live events until it has ended. A lost connection is taken up again, and what was missed
 * meanwhile is told from the stored figures and lines; nothing is told twice.
 * @returns the ended job
 * @throws QuatrainError `unreachable` (503) when the server stays away; ClientError for its refusals; the signal's reason
 */
export async function followTraining(
  client: QuatrainClient,
  jobId: number | string,
  listener: TrainingListener,
  { signal, tail, retryMs = 2_000, maxRetries = 60 }: FollowSettings,
): Promise<TrainingJob> {
  const follower = new Follower(client.withSignal(signal), jobId, listener, tail);
  let failures = 0;
  for (;;) {
    try {
      const job = await follower.followOnce(() => {
        if (failures > 0) listener.connection(false);
        failures = 0;
      });
      if (OVER.has(job.status)) return job;
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (failures === 0) listener.connection(true);
      failures++;
      if (failures > maxRetries) throw unreachable(client, error);
    }
    await wait(retryMs, undefined, { signal });
  }
}

class Follower {
  readonly #client: QuatrainClient;
  readonly #jobId: number | string;
  readonly #told: OnceEach;
  readonly #tail: number;

  constructor(client: QuatrainClient, jobId: number | string, listener: TrainingListener, tail: number) {
    this.#client = client;
    this.#jobId = jobId;
    this.#told = new OnceEach(listener);
    this.#tail = tail;
  }

  /** One connection, from its beginning to its end. @returns the job after it */
  async followOnce(reached: () => void): Promise<TrainingJob> {
    // opened before anything stored is read: what happens in between comes twice rather than never
    const stream = await this.#client.stream(contract.trainingEvents, { job_id: this.#jobId });
    try {
      const job = await this.#catchUp();
      reached();
      if (OVER.has(job.status)) return job;
      for await (const event of readEvents(stream)) tell(this.#told, event);
    } finally {
      await stream.cancel().catch(() => undefined); // broken already, or read to its end
    }
    return this.#catchUp();
  }

  /** Tells what the server has stored. */
  async #catchUp(): Promise<TrainingJob> {
    const job = await this.#client.call(contract.getTrainingJob, { job_id: this.#jobId });
    if (!OVER.has(job.status)) this.#told.status(job);
    const rows = await this.#client.call(contract.trainingMetrics, {
      job_id: this.#jobId,
      limit: this.#told.lastLog === null ? EPOCHS_BEFORE : MOST_ROWS,
    });
    // rows of later epochs are an earlier run's
    for (const row of rows) if (row.epoch <= job.current_epoch) this.#told.epoch(row);
    await this.#catchUpLines();
    this.#told.status(job); // how it ended comes last
    return job;
  }

  async #catchUpLines(): Promise<void> {
    if (this.#told.lastLog === null) return this.#beginLines();
    for (let full = true; full; ) {
      const lines = await this.#lines({ limit: MOST_ROWS, after: this.#told.lastLog ?? 0 });
      for (const line of lines) this.#told.log(line);
      full = lines.length === MOST_ROWS;
    }
  }

  async #beginLines(): Promise<void> {
    const lines = await this.#lines({ limit: Math.max(1, this.#tail) });
    // the events themselves may begin with older lines
    const first = lines[0]?.id ?? 0;
    this.#told.passOver(this.#tail === 0 ? first : first - 1);
    for (const line of lines) this.#told.log(line);
  }

  #lines(which: { readonly limit: number; readonly after?: number }) {
    return this.#client.call(contract.trainingLogs, { job_id: this.#jobId, ...which });
  }
}

/** `fetch` fails with a TypeError where there is no connection, or where it breaks. */
function isPassing(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof ClientError && PASSING.has(error.status));
}

function unreachable(client: QuatrainClient, error: unknown) {
  const reason = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return userError("unreachable", 503, `${client.baseUrl} cannot be reached any more: ${messageOf(reason)}`);
}
