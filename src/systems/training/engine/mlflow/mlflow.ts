import { setTimeout } from "node:timers/promises";
import { messageOf } from "../../../../platform/errors/quatrain-error.ts";
import type { Clock } from "../../../../platform/ports.ts";
import { MetricBacklog } from "./metric-backlog.ts";
import { inParts, MOST_PARAMS, metricEntries, paramEntries, tagEntries } from "./mlflow-entries.ts";
import { type MlflowCredentials, MlflowFault, openMlflowServer } from "./mlflow-server.ts";
import { openExperiment } from "./open-experiment.ts";

export interface MlflowOptions {
  /** Of the tracking server, `http://` or `https://`. */
  readonly uri: string;
  /** Made where there is none of that name. */
  readonly experimentName: string;
  readonly credentials: MlflowCredentials;
  readonly clock: Clock;
  readonly fetch?: typeof globalThis.fetch;
  /** Between two tries of a request. */
  readonly wait?: (ms: number) => Promise<unknown>;
  /** Of one try; three make a request. */
  readonly timeoutMs?: number;
}

/** What a run is known by. */
export interface NewMlflowRun {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Texts, or what JSON can say. */
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Records training runs on an MLflow server. No function ever rejects or takes longer than a few requests: what went
 * wrong comes back as warnings for the job's log, and the training goes on.
 */
export interface Mlflow {
  /** `runId` is null where the server could not be reached: the job then has no run. */
  createRun(run: NewMlflowRun): Promise<{ readonly runId: string | null; readonly warnings: Warnings }>;
  /** A run that has ended goes on. */
  resumeRun(runId: string): Promise<Warnings>;
  /**
   * Metrics that do not arrive are sent with those of a later epoch. While the server is away it is asked once a minute.
   * @param epoch from 1
   */
  logEpoch(runId: string, epoch: number, metrics: Readonly<Record<string, number>>): Promise<Warnings>;
  endRun(runId: string, status: "FINISHED" | "FAILED" | "KILLED"): Promise<Warnings>;
  /** The process ends: what is asked from now on, or under way, has a few seconds left. */
  close(): void;
}

type Warnings = readonly string[];

const TIMEOUT_MS = 5_000;
/** After a fault no epoch waits for the server again for so long. */
const REST_MS = 60_000;
/** Jobs are stopped and tell of it within this time, and a process must not end later than a few seconds after that. */
const CLOSE_MS = 5_000;

/** @throws RangeError where the address is not one of HTTP */
export function openMlflow(options: MlflowOptions): Mlflow {
  const { clock, experimentName } = options;
  const closed = new AbortController();
  const ask = openMlflowServer({
    closed: closed.signal,
    uri: options.uri,
    credentials: options.credentials,
    fetch: options.fetch ?? globalThis.fetch,
    wait: async (ms) => void (await (options.wait ?? setTimeout)(ms)),
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
  });
  const experiment = openExperiment(ask, experimentName);
  const backlogs = new Map<string, MetricBacklog>();
  let restsUntil = -Infinity;

  const backlogOf = (runId: string) => {
    const backlog = backlogs.get(runId) ?? new MetricBacklog(ask, runId);
    backlogs.set(runId, backlog);
    return backlog;
  };
  const update = (runId: string, facts: object) =>
    ask({ path: "runs/update", body: { run_id: runId, ...facts }, isRepeatable: true });
  const attempt = async (what: string, work: () => Promise<unknown>): Promise<Warnings> => {
    try {
      await work();
      return [];
    } catch (error) {
      if (error instanceof MlflowFault && error.isPassing) restsUntil = clock.now() + REST_MS;
      return [`MLflow did not take ${what} (${messageOf(error)}); the training goes on`];
    }
  };

  return {
    async createRun({ name, tags, params }) {
      let runId: string | null = null;
      const warnings = await attempt("the run", async () => {
        runId = await experiment.createRun({
          run_name: name,
          start_time: clock.now(),
          tags: tagEntries({ ...tags, "mlflow.runName": name }),
        });
      });
      if (runId === null) return { runId, warnings };
      const parts = inParts(paramEntries(params), MOST_PARAMS);
      const logged = await attempt("the run's parameters", async () => {
        for (const part of parts)
          await ask({
            path: "runs/log-batch",
            body: { run_id: runId, params: part },
            isRepeatable: true,
          });
      });
      return { runId, warnings: [...warnings, ...logged] };
    },

    resumeRun: (runId) => attempt("the run's continuation", () => update(runId, { status: "RUNNING" })),

    async logEpoch(runId, epoch, metrics) {
      const backlog = backlogOf(runId);
      const lost = backlog.add(metricEntries(metrics, epoch, clock.now()));
      const warnings = lost === 0 ? [] : [`MLflow is away for too long: its ${lost} oldest metrics are lost`];
      if (clock.now() < restsUntil) return warnings;
      return [...warnings, ...(await attempt(`the metrics of epoch ${epoch}`, () => backlog.send()))];
    },

    async endRun(runId, status) {
      const unsent = await attempt("the last metrics", () => backlogOf(runId).send());
      backlogs.delete(runId);
      const ended = await attempt("the run's end", () => update(runId, { status, end_time: clock.now() }));
      return [...unsent, ...ended];
    },

    close() {
      globalThis.setTimeout(() => closed.abort(), CLOSE_MS).unref();
    },
  };
}
