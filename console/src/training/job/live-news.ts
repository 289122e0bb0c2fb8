import type { ServerEvent } from "./event-stream.ts";

/** Figures of one epoch, as the curves need them. */
export interface EpochRow {
  readonly epoch: number;
  readonly loss: number | null;
  readonly accuracy: number | null;
  readonly learning_rate: number | null;
  readonly extra_metrics: Readonly<Record<string, number>>;
}

export interface StepRow {
  readonly epoch: number;
  readonly step: number;
  readonly loss: number | null;
  readonly learning_rate: number | null;
}

export interface LogLine {
  readonly id: number;
  readonly log_type: string;
  readonly level: string;
  readonly message: string;
  readonly created_at: string;
}

/** What the live channel told since it was last looked at. */
export interface News {
  readonly epochs: readonly EpochRow[];
  readonly steps: readonly StepRow[];
  readonly lines: readonly LogLine[];
  /** The newest state, where there is news of it. */
  readonly status: Readonly<Record<string, unknown>> | null;
}

/** Sorts events by what they are about. O(events). */
export function newsOf(events: readonly ServerEvent[]): News {
  const of = <Row>(type: string) =>
    events.filter((event) => event.type === type).map(({ data }) => data as Row);
  return {
    epochs: of<EpochRow>("training_progress"),
    steps: of<StepRow>("step"),
    lines: of<LogLine>("log"),
    status: of<Record<string, unknown>>("status").at(-1) ?? null,
  };
}

/** Rows with new ones; a new row takes the place of an old one of its epoch. Ascending. O(rows). */
export function withEpochs<Row extends EpochRow>(
  rows: readonly Row[],
  fresh: readonly EpochRow[],
): readonly (Row | EpochRow)[] {
  const byEpoch = new Map<number, Row | EpochRow>(rows.map((row) => [row.epoch, row]));
  for (const row of fresh) byEpoch.set(row.epoch, row);
  return [...byEpoch.values()].sort((one, other) => one.epoch - other.epoch);
}

/** Steps with those that came after the last of them. O(steps). */
export function withSteps(steps: readonly StepRow[], fresh: readonly StepRow[]): readonly StepRow[] {
  const last = steps.at(-1);
  const isLater = ({ epoch, step }: StepRow) =>
    last === undefined || epoch > last.epoch || (epoch === last.epoch && step > last.step);
  return [...steps, ...fresh.filter(isLater)];
}

/** The newest `most` lines, each once. O(lines). */
export function withLines(
  lines: readonly LogLine[],
  fresh: readonly LogLine[],
  most: number,
): readonly LogLine[] {
  const last = lines.at(-1)?.id ?? 0;
  return [...lines, ...fresh.filter(({ id }) => id > last)].slice(-most);
}
