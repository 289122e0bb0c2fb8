import type { QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { ClientError } from "../../../src/client/index.ts";
import type { AnswerOf } from "../../../src/contracts/route.ts";
import type * as contract from "../../../src/contracts/training/index.ts";
import { SESSION } from "../api/session.tsx";

export type TrainingJob = AnswerOf<typeof contract.getTrainingJob>;
export type Dataset = AnswerOf<typeof contract.getDataset>;
export type JobStatus = z.output<typeof contract.JobStatus>;

/** Names of what the pages have asked for. */
export const KEYS = {
  jobs: ["training", "jobs"],
  job: (id: number) => ["training", "job", id],
  metrics: (id: number) => ["training", "metrics", id],
  steps: (id: number) => ["training", "steps", id],
  logs: (id: number) => ["training", "logs", id],
  checkpoints: (id: number) => ["training", "checkpoints", id],
  validations: (id: number) => ["training", "validations", id],
  datasets: ["training", "datasets"],
  dataset: (id: string) => ["training", "dataset", id],
} as const;

/** Whether something of the job still waits or runs. */
export function isActive({ status }: { readonly status: JobStatus }): boolean {
  return status === "queued" || status === "running";
}

/** A refused sign-in has the session look at once: the page then asks for one. */
export function noteRefusal(queries: QueryClient, error: unknown): void {
  if (error instanceof ClientError && error.status === 401)
    void queries.invalidateQueries({ queryKey: SESSION });
}
