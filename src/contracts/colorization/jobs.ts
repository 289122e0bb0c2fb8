import { z } from "zod";
import { ours, wholeNumber } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { ArchiveQuery, FailedPage, failures, JobId } from "./vocabulary.ts";

/** contracts/colorization.md "Jobs Two-Pass" and "Execução por etapa". */

const MAX_BODY = 4 * 2 ** 20;

const JobStatus = z.enum(["queued", "running", "completed", "failed", "cancelled"]);

/**
 * What a job is asked with. Checked by the action, in the contract's own order and words: here are the names.
 */
const NewJob = z.looseObject({
  chapter_id: z.unknown().optional().describe("default unless given"),
  input_mode: z.unknown().optional().describe("single or batch"),
  input_dir: z.unknown().optional().describe("Folder, picture or cbz below a data root, or an upload's id"),
  style_reference: z.unknown().optional().describe("Picture below a data root, or an upload's id"),
  engine: z.unknown().optional().describe("flux, embedded or dummy"),
  options: z.unknown().optional().describe("strength 0..1, seed_mode metadata|fixed|random, seed, ..."),
  metadata_output: z.unknown().optional(),
  pass2_output: z.unknown().optional(),
  masks_output: z.unknown().optional(),
  style_references: ours(z.unknown().optional(), "More references: a list of paths or upload ids"),
  hints: ours(z.unknown().optional(), "[{page_num, x, y, w?, h?, colour: '#rrggbb'}]"),
  palette: ours(z.unknown().optional(), "A series' name, or {series?, characters?} as in PATCH of a palette"),
  pages: ours(z.unknown().optional(), "Numbers of the only pages that are to be done"),
});

const Accepted = z.object({
  job_id: z.string(),
  status: z.literal("queued"),
  created_at: z.string(),
});

const submission = {
  method: "POST",
  tag: "jobs",
  access: "write",
  headers: { "Idempotency-Key": "The same key and body answer the same job" },
  query: z.object({
    strict: ours(z.string().optional(), "1: answer 422 at once where a named file does not exist"),
  }),
  body: { kind: "json", schema: NewJob, maxBytes: MAX_BODY, required: true },
  responses: { 202: { description: "Accepted", schema: Accepted }, ...failures },
} as const;

export const twoPassJob = defineRoute({
  ...submission,
  id: "twoPassJob",
  path: "/v1/jobs/two-pass",
  summary: "Colour a page or a chapter: both passes",
});

export const pass1Job = defineRoute({
  ...submission,
  id: "pass1Job",
  path: "/v1/jobs/pass1",
  summary: "Find lettering, balloons and panels only",
});

export const pass2Job = defineRoute({
  ...submission,
  id: "pass2Job",
  path: "/v1/jobs/pass2",
  summary: "Colour pages whose first pass was made before",
});

const Progress = z.object({
  total_pages: z.number().int(),
  pass1_done: z.number().int(),
  pass2_done: z.number().int(),
});

const Job = z.object({
  job_id: z.string(),
  status: JobStatus,
  progress: Progress,
  last_update: z.string(),
  error: z.string().optional(),
  kind: ours(z.enum(["two-pass", "pass1", "pass2"]), "What was asked for"),
  chapter_id: ours(z.string(), "Where its pages are"),
  engine: ours(z.string(), "As it was asked for"),
  created_at: ours(z.string(), "When it was accepted"),
  done_pages: ours(z.array(z.number().int()), "Pages that can be fetched"),
  failed_pages: ours(z.array(FailedPage), "Pages that could not be done"),
  skipped_pages: ours(z.array(z.number().int()), "Pages left as they are: they have colours already"),
});

export const getColorizationJob = defineRoute({
  id: "getColorizationJob",
  method: "GET",
  path: "/v1/jobs/:job_id",
  tag: "jobs",
  summary: "State and progress of a job",
  access: "read",
  params: z.object({ job_id: JobId }),
  body: { kind: "none" },
  responses: { 200: { description: "The job", schema: Job }, ...failures },
});

export const listColorizationJobs = defineRoute({
  id: "listColorizationJobs",
  method: "GET",
  path: "/v1/jobs",
  tag: "jobs",
  summary: "Jobs, newest first",
  access: "read",
  query: z.object({
    limit: wholeNumber({ min: 1, max: 1_000 }).default(100),
    offset: wholeNumber({ min: 0 }).default(0),
    chapter_id: z.string().max(200).optional(),
  }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "A page of jobs",
      schema: z.object({ jobs: z.array(Job), total: z.number().int() }),
    },
    ...failures,
  },
  extra: true,
});

export const colorizationArtifacts = defineRoute({
  id: "colorizationArtifacts",
  method: "GET",
  path: "/v1/jobs/:job_id/artifacts",
  tag: "jobs",
  summary: "Where a job's results are",
  access: "read",
  params: z.object({ job_id: JobId }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "Folders",
      schema: z.object({
        job_id: z.string(),
        chapter_id: z.string(),
        status: JobStatus,
        artifacts: z.array(z.object({ kind: z.string(), path: z.string(), exists: z.boolean() })),
      }),
    },
    ...failures,
  },
});

export const cancelColorizationJob = defineRoute({
  id: "cancelColorizationJob",
  method: "POST",
  path: "/v1/jobs/:job_id/cancel",
  tag: "jobs",
  summary: "Stop a job; pages that are done stay",
  access: "write",
  params: z.object({ job_id: JobId }),
  body: { kind: "none" },
  responses: { 200: { description: "The job", schema: Job }, ...failures },
  extra: true,
});

export const deleteColorizationJob = defineRoute({
  id: "deleteColorizationJob",
  method: "DELETE",
  path: "/v1/jobs/:job_id",
  tag: "jobs",
  summary: "Delete a job that has ended, with its files",
  access: "write",
  params: z.object({ job_id: JobId }),
  body: { kind: "none" },
  responses: {
    200: { description: "Deleted", schema: z.object({ job_id: z.string(), deleted: z.literal(true) }) },
    ...failures,
  },
  extra: true,
});

export const rerunPage = defineRoute({
  id: "rerunPage",
  method: "POST",
  path: "/v1/jobs/:job_id/pages/:page_num/rerun",
  tag: "jobs",
  summary: "Colour one page again, as a job of its own: with the palette of today, and with what is sent",
  access: "write",
  params: z.object({ job_id: JobId, page_num: z.string().max(20) }),
  body: {
    kind: "json",
    schema: z.looseObject({
      options: z.unknown().optional().describe("strength, seed, ...: over those of the job"),
      hints: z.unknown().optional().describe("Instead of the job's"),
      engine: z.unknown().optional(),
      style_reference: z.unknown().optional(),
      style_references: z.unknown().optional(),
      palette: z.unknown().optional(),
    }),
    maxBytes: MAX_BODY,
  },
  responses: { 202: { description: "Accepted", schema: Accepted }, ...failures },
  extra: true,
});

export const colorizationEvents = defineRoute({
  id: "colorizationEvents",
  method: "GET",
  path: "/v1/jobs/:job_id/events",
  tag: "jobs",
  summary: "Server-sent events: progress, page; ends with the job",
  access: "read",
  params: z.object({ job_id: JobId }),
  body: { kind: "none" },
  responses: { 200: { description: "Events", contentType: "text/event-stream" }, ...failures },
  extra: true,
});

export const colorizationArchive = defineRoute({
  id: "colorizationArchive",
  method: "GET",
  path: "/v1/jobs/:job_id/archive",
  tag: "jobs",
  summary: "The coloured pages in one archive",
  access: "read",
  params: z.object({ job_id: JobId }),
  query: ArchiveQuery,
  body: { kind: "none" },
  responses: {
    200: { description: "The archive", contentType: "application/vnd.comicbook+zip" },
    ...failures,
  },
  extra: true,
});
