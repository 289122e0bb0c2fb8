import type { Transaction } from "kysely";
import type { AnyTransaction, Database } from "../db/database.ts";
import { QuatrainError, userError } from "../errors/quatrain-error.ts";
import type { Clock, Ids, Log } from "../ports.ts";
import { encode } from "./attempt.ts";
import type { Backoff } from "./backoff.ts";
import type { Delivery } from "./delivery/delivery.ts";
import { Endings } from "./endings.ts";
import type { JobDefinition, JobFilter, JobQueue, JobRecord } from "./job-queue.ts";
import { JobRunner } from "./job-runner.ts";
import { findJob, listJobs } from "./store/job-reader.ts";
import type { JobTables } from "./store/job-tables.ts";
import { deleteEnded, insertJob, requestCancel } from "./store/job-writer.ts";
import { Upkeep } from "./upkeep.ts";

/** How often things happen; `DEFAULT_TIMING` but in tests. */
export interface JobTiming {
  /** Between two proofs of life of a running job; also how late a cancel from another process is noticed. */
  readonly heartbeatMs: number;
  /** Silence after which a running job counts as orphaned; several heartbeats. */
  readonly silentAfterMs: number;
  readonly progressIntervalMs: number;
  /** Between two looks at a job that another process runs, for `settled`. */
  readonly settledPollMs: number;
  readonly backoff: Backoff;
}

export const DEFAULT_TIMING: JobTiming = {
  heartbeatMs: 2_000,
  silentAfterMs: 10_000,
  progressIntervalMs: 400,
  settledPollMs: 500,
  backoff: { firstMs: 1_000, longestMs: 60_000 },
};

export interface JobQueueDeps {
  readonly database: Database;
  readonly delivery: Delivery;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** In [0, 1); for the jitter of retries. */
  readonly random?: () => number;
  readonly timing?: Partial<JobTiming>;
}

const KIND = /^[A-Za-z0-9._-]+$/;

/** The job queue over the `jobs` table. */
export class TableJobQueue implements JobQueue {
  readonly #database: Database<JobTables>;
  readonly #deps: JobQueueDeps;
  readonly #definitions = new Map<string, JobDefinition>();
  readonly #endings = new Endings();
  readonly #timing: JobTiming;
  readonly #runner: JobRunner;
  readonly #upkeep: Upkeep;
  #life: "open" | "working" | "closed" = "open";

  constructor(deps: JobQueueDeps) {
    this.#deps = deps;
    this.#database = deps.database.as<JobTables>();
    this.#timing = { ...DEFAULT_TIMING, ...deps.timing };
    const shared = {
      ...this.#timing,
      database: this.#database,
      delivery: deps.delivery,
      clock: deps.clock,
      log: deps.log,
      worker: deps.ids.uuid(),
      onEnded: (jobId: string) => this.#endings.announce(jobId),
    };
    this.#runner = new JobRunner(this.#definitions, { ...shared, random: deps.random ?? Math.random });
    this.#upkeep = new Upkeep({ ...shared, runner: this.#runner });
  }

  define<Payload>(definition: JobDefinition<Payload>): void {
    const { kind } = definition;
    if (this.#life !== "open") throw new Error(`define ${kind} before the job queue is started`);
    if (!KIND.test(kind)) throw new Error(`${kind} is no name for a kind of job`);
    if (this.#definitions.has(kind)) throw new Error(`${kind} is defined twice`);
    this.#definitions.set(kind, definition);
  }

  async enqueue(tx: AnyTransaction, kind: string, payload: unknown): Promise<string> {
    const definition = this.#definitions.get(kind);
    if (!definition) throw new Error(`no jobs of the kind ${kind} are defined`);
    if (this.#life === "closed") throw closedError();
    const json = encode(definition.payload.parse(payload)) ?? "null";
    const { ids, clock, delivery } = this.#deps;
    const id = ids.uuid();
    const own = tx as unknown as Transaction<JobTables>;
    await insertJob(own, { id, kind, payload: json, maxAttempts: definition.maxAttempts }, clock.now());
    await delivery.send(own, { jobId: id, kind, delayMs: 0 });
    return id;
  }

  get(id: string): Promise<JobRecord | null> {
    return findJob(this.#database.reader, id);
  }

  list(filter: JobFilter = {}): Promise<readonly JobRecord[]> {
    return listJobs(this.#database.reader, filter);
  }

  async cancel(id: string): Promise<boolean> {
    const outcome = await this.#database.transaction((tx) => requestCancel(tx, id, this.#deps.clock.now()));
    if (outcome === "ended") this.#endings.announce(id);
    if (outcome === "asked") this.#runner.abort(id, "cancelled");
    return outcome !== "none";
  }

  async settled(id: string, signal?: AbortSignal): Promise<JobRecord> {
    for (;;) {
      signal?.throwIfAborted();
      const ending = this.#endings.wait(id, this.#timing.settledPollMs, signal);
      const job = await this.get(id);
      if (job && job.finishedAt === null) {
        await ending.announced;
        continue;
      }
      ending.forget();
      if (!job) throw userError("job_not_found", 404, `There is no job ${id}.`, { id });
      return job;
    }
  }

  async start(): Promise<void> {
    if (this.#life !== "open") throw new Error("the job queue has been started or closed before");
    this.#life = "working";
    await this.#upkeep.start();
    await this.#deps.delivery.start([...this.#definitions.values()], (jobId) => this.#runner.run(jobId));
  }

  async drain(timeoutMs: number): Promise<void> {
    const working = this.#life === "working";
    this.#life = "closed";
    if (working) {
      await this.#deps.delivery.stop();
      await this.#runner.drain(timeoutMs);
      await this.#upkeep.stop(); // beats until the last attempt has ended
    }
    await this.#deps.delivery.close();
  }

  purge(olderThanMs: number): Promise<number> {
    return this.#database.transaction((tx) => deleteEnded(tx, this.#deps.clock.now() - olderThanMs));
  }
}

function closedError(): QuatrainError {
  return new QuatrainError("The server is shutting down and takes no more jobs: try again in a moment.", {
    code: "jobs_unavailable",
    status: 503,
  });
}
