import { z } from "zod";
import { JobStatus } from "../../../contracts/training/index.ts";
import type { StreamEvent } from "./event-stream.ts";

/** What GET /api/v1/training/jobs/:id/events sends, by the names of its events; spec/training.md section 1, "live". */

const figure = z.number().nullish();

const Epoch = z.object({
  epoch: z.number().int(),
  loss: figure,
  accuracy: figure,
  learning_rate: figure,
});
const Step = z.object({
  epoch: z.number().int(),
  step: z.number().int(),
  steps_per_epoch: z.number().int().nullish(),
  loss: figure,
  learning_rate: figure,
});
const LogLine = z.object({
  id: z.number().int(),
  log_type: z.string(),
  level: z.string(),
  message: z.string(),
  created_at: z.string(),
});
const Status = z.object({
  status: JobStatus,
  current_epoch: z.number().int(),
  total_epochs: z.number().int(),
  eta_seconds: figure,
  error_message: z.string().nullish(),
});

export type EpochEvent = z.infer<typeof Epoch>;
export type StepEvent = z.infer<typeof Step>;
export type LogEvent = z.infer<typeof LogLine>;
export type StatusEvent = z.infer<typeof Status>;

/** Whoever wants to know how a job goes. */
export interface TrainingListener {
  status(event: StatusEvent): void;
  step(event: StepEvent): void;
  epoch(event: EpochEvent): void;
  log(event: LogEvent): void;
  /** The server cannot be reached, or can be reached again. */
  connection(lost: boolean): void;
}

/** Tells a listener of an event; one that a newer server may have is passed over. */
export function tell(listener: TrainingListener, { name, data }: StreamEvent): void {
  if (name === "training_progress") hear(Epoch, data, listener.epoch);
  else if (name === "step") hear(Step, data, listener.step);
  else if (name === "log") hear(LogLine, data, listener.log);
  else if (name === "status") hear(Status, data, listener.status);
}

function hear<Schema extends z.ZodType>(
  schema: Schema,
  data: string,
  listen: (event: z.output<Schema>) => void,
): void {
  const parsed = schema.safeParse(jsonOf(data));
  if (parsed.success) listen(parsed.data);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
