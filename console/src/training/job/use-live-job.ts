import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { QuatrainClient } from "../../../../src/client/index.ts";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { KEYS, noteRefusal, type TrainingJob } from "../queries.ts";
import { eventsOf, type ServerEvent } from "./event-stream.ts";
import {
  type EpochRow,
  type LogLine,
  newsOf,
  type StepRow,
  withEpochs,
  withLines,
  withSteps,
} from "./live-news.ts";

export interface StepSeries {
  readonly total: number;
  readonly steps: readonly StepRow[];
}

/** Lines that a page keeps. */
export const MOST_LINES = 10_000;
/** Beyond that the server thins them out again. */
const MOST_STEPS = 6_000;
/** What arrives within that time is drawn at once. */
const GATHER_MS = 250;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Follows a job through server-sent events and writes what they tell where the queries keep it.
 *
 * @param active whether there is news to expect
 * @returns whether news comes by itself; where it does not, queries must ask now and then
 */
export function useLiveJob(id: number, active: boolean): boolean {
  const client = useClient();
  const queries = useQueryClient();
  const [live, setLive] = useState(false);
  useEffect(() => {
    if (!active) return;
    const stop = new AbortController();
    void follow(client.withSignal(stop.signal), queries, id, stop.signal, setLive);
    return () => {
      stop.abort();
      setLive(false);
    };
  }, [client, queries, id, active]);
  return live;
}

async function follow(
  client: QuatrainClient,
  queries: QueryClient,
  id: number,
  signal: AbortSignal,
  setLive: (live: boolean) => void,
): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      const stream = await client.stream(contract.trainingEvents, { job_id: id });
      setLive(true);
      pause = FIRST_PAUSE_MS;
      await gather(eventsOf(stream), (events) => tell(queries, id, events));
    } catch (error) {
      if (signal.aborted) return;
      noteRefusal(queries, error);
    }
    setLive(false);
    // over, or cut off: the job itself says which
    for (const queryKey of [KEYS.metrics(id), KEYS.steps(id)]) void queries.invalidateQueries({ queryKey });
    await queries.invalidateQueries({ queryKey: KEYS.job(id) });
    await waited(pause, signal);
  }
}

/** Hands events over in heaps: a page need not be drawn for each. */
async function gather(
  events: AsyncGenerator<ServerEvent>,
  handOver: (events: readonly ServerEvent[]) => void,
): Promise<void> {
  let heap: ServerEvent[] = [];
  const flush = () => {
    if (heap.length > 0) handOver(heap);
    heap = [];
  };
  const timer = setInterval(flush, GATHER_MS);
  try {
    for await (const event of events) heap.push(event);
  } finally {
    clearInterval(timer);
    flush();
  }
}

function tell(queries: QueryClient, id: number, events: readonly ServerEvent[]): void {
  const { epochs, steps, lines, status } = newsOf(events);
  if (epochs.length > 0) {
    queries.setQueryData<readonly EpochRow[]>(KEYS.metrics(id), (rows) => rows && withEpochs(rows, epochs));
    void queries.invalidateQueries({ queryKey: KEYS.validations(id) });
    void queries.invalidateQueries({ queryKey: KEYS.checkpoints(id) });
  }
  if (lines.length > 0)
    queries.setQueryData<readonly LogLine[]>(
      KEYS.logs(id),
      (known) => known && withLines(known, lines, MOST_LINES),
    );
  if (steps.length > 0) {
    const known = queries.setQueryData<StepSeries>(
      KEYS.steps(id),
      (series) => series && { ...series, steps: withSteps(series.steps, steps) },
    );
    if ((known?.steps.length ?? 0) > MOST_STEPS) void queries.invalidateQueries({ queryKey: KEYS.steps(id) });
  }
  if (status !== null) tellStatus(queries, id, status);
}

function tellStatus(queries: QueryClient, id: number, status: Readonly<Record<string, unknown>>): void {
  queries.setQueryData<TrainingJob>(
    KEYS.job(id),
    (job) => job && { ...job, ...(status as Partial<TrainingJob>) },
  );
  void queries.invalidateQueries({ queryKey: KEYS.job(id) });
}

function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
