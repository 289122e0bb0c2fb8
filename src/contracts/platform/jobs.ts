import { z } from "zod";
import { wholeNumber } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { adminFailures, notFound } from "./vocabulary.ts";

/** Background work of every system. Whoever may use a system may see and cancel its jobs. */

export const Job = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(["queued", "running", "completed", "failed", "cancelled"]),
  progress: z.number().describe("0..1"),
  message: z.string().nullable(),
  attempt: z.number().int(),
  result: z.unknown(),
  error: z.string().nullable(),
  error_code: z.string().nullable(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  cancel_requested: z.boolean(),
});

export const listJobs = defineRoute({
  id: "listJobs",
  method: "GET",
  path: "/_/api/jobs",
  tag: "jobs",
  summary: "Newest first",
  access: "none",
  query: z.object({
    kind: z.string().optional(),
    state: z.enum(["queued", "running", "completed", "failed", "cancelled"]).optional(),
    limit: wholeNumber({ min: 1, max: 1_000 }).optional().describe("Default 100"),
  }),
  body: { kind: "none" },
  responses: { 200: { description: "Jobs", schema: z.object({ jobs: z.array(Job) }) }, ...adminFailures },
  extra: true,
});

export const getJob = defineRoute({
  id: "getJob",
  method: "GET",
  path: "/_/api/jobs/:id",
  tag: "jobs",
  summary: "One job",
  access: "none",
  params: z.object({ id: z.string().max(100) }),
  body: { kind: "none" },
  responses: { 200: { description: "The job", schema: Job }, ...adminFailures, ...notFound },
  extra: true,
});

export const cancelJob = defineRoute({
  id: "cancelJob",
  method: "POST",
  path: "/_/api/jobs/:id/cancel",
  tag: "jobs",
  summary: "Cancel a job; false when it has already ended",
  access: "none",
  params: z.object({ id: z.string().max(100) }),
  body: { kind: "none" },
  responses: {
    200: { description: "Asked to stop", schema: z.object({ cancelled: z.boolean() }) },
    ...adminFailures,
    ...notFound,
  },
  extra: true,
});
