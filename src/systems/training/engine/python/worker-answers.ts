import { z } from "zod";

/** What a worker answers, in its own spelling (workers/python/README.md), made ours. */

const workerHealth = z
  .object({
    version: z.string(),
    torch: z.string().nullable(),
    cuda: z.string().nullable(),
    devices: z.array(z.object({ name: z.string(), memory_bytes: z.number() })),
    frameworks: z.array(
      z.object({
        name: z.string(),
        task_types: z.array(z.string()),
        models: z.array(z.string()),
        reason: z.string().nullable(),
        note: z.string().nullable(),
      }),
    ),
    reason: z.string().nullable(),
    jobs: z.array(z.number().int()),
  })
  .transform(({ devices, frameworks, ...rest }) => ({
    ...rest,
    devices: devices.map(({ name, memory_bytes }) => ({ name, memoryBytes: memory_bytes })),
    frameworks: frameworks.map(({ task_types, ...facts }) => ({ ...facts, taskTypes: task_types })),
  }));

/**
 * What a worker can train. `reason`: why it trains nothing at all; of a framework: why not that one. `cuda` is null
 * where there is no GPU, `jobs` are the ids of those that run.
 */
export type WorkerHealth = Readonly<z.infer<typeof workerHealth>>;

const workerJob = z
  .object({
    attempt: z.number().int(),
    alive: z.boolean(),
    pending: z.number().int(),
    epoch: z.number().int(),
    step: z.number().int().nullish(),
    steps_per_epoch: z.number().int().nullish(),
    loss: z.number().nullish(),
    learning_rate: z.number().nullish(),
  })
  .transform(({ steps_per_epoch, learning_rate, step, loss, ...rest }) => ({
    ...rest,
    step: step ?? null,
    stepsPerEpoch: steps_per_epoch ?? null,
    loss: loss ?? null,
    learningRate: learning_rate ?? null,
  }));

/**
 * Where a job of a worker stands. `alive` while any process of it runs; `pending` are events that it has not yet
 * delivered; `epoch` is the one under way, 0 before the first; step, loss and rate are null until they are known.
 */
export type WorkerJob = Readonly<z.infer<typeof workerJob>>;

/** @throws ZodError where it is not such an answer */
export function readHealth(answer: unknown): WorkerHealth {
  return workerHealth.parse(answer);
}

/** @throws ZodError where it is not such an answer */
export function readJob(answer: unknown): WorkerJob {
  return workerJob.parse(answer);
}
