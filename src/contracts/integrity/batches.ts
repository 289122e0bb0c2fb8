import { z } from "zod";
import { wholeNumber } from "../fields.ts";
import { defineRoute } from "../route.ts";
import type { SentEvidence, SentMetadata } from "./cases.ts";
import { CaseId, failures, Instant, LEVELS, LIMITS, notFound, unchecked } from "./vocabulary.ts";

/** Many documents at once, analysed by a job. Source: spec/integrity.md section 3, "Around it". */

const MAX_BATCH_BYTES = 96 * 2 ** 20;

/** One document of a batch, as in /api/analyze. */
export interface SentDocument {
  readonly texto: string;
  readonly metadata?: SentMetadata;
  readonly evidencias?: SentEvidence;
}

export const BATCH_STATES = ["queued", "running", "completed", "failed", "cancelled"] as const;

export const BatchSummary = z.object({
  batch_id: z.string(),
  job_id: z.string(),
  state: z.enum(BATCH_STATES),
  total: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  created_at: Instant,
});

export const analyzeBatch = defineRoute({
  id: "integrityAnalyzeBatch",
  method: "POST",
  path: "/api/analyze/batch",
  tag: "integrity",
  summary: "Analyse many documents in the background",
  access: "write",
  extra: true,
  headers: {
    "Idempotency-Key":
      "The same key and body give the same batch again; the same key with another body is refused (409)",
  },
  body: {
    kind: "json",
    schema: z.looseObject({
      documentos: unchecked<readonly SentDocument[]>({
        type: "array",
        maxItems: LIMITS.batch,
        items: { type: "object", description: "As the body of /api/analyze" },
      }),
    }),
    maxBytes: MAX_BATCH_BYTES,
  },
  responses: {
    202: {
      description: "Stored; it goes on in the background",
      schema: z.object({ status: z.literal("success"), batch: BatchSummary }),
    },
    409: {
      description: "The idempotency key was used for another body",
      schema: z.looseObject({ error: z.string(), code: z.string() }),
    },
    ...failures,
  },
});

const BatchById = z.object({ batch_id: z.string().max(200) });

export const getBatch = defineRoute({
  id: "integrityBatch",
  method: "GET",
  path: "/api/batch/:batch_id",
  tag: "integrity",
  summary: "How far a batch is, with its cases",
  access: "read",
  extra: true,
  params: BatchById,
  query: z.object({
    offset: wholeNumber({ min: 0 }).default(0),
    limit: wholeNumber({ min: 0 }).default(1_000),
  }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "The batch",
      schema: z.object({
        status: z.literal("success"),
        batch: BatchSummary,
        items: z.array(
          z.object({
            position: z.number().int(),
            state: z.enum(["queued", "done", "failed", "cancelled"]),
            case_id: CaseId.nullable(),
            overall_score: z.number().int().nullable(),
            overall_level: z.enum(LEVELS).nullable(),
            error: z.string().nullable(),
            code: z.string().nullable(),
          }),
        ),
      }),
    },
    ...notFound,
    ...failures,
  },
});

export const cancelBatch = defineRoute({
  id: "integrityCancelBatch",
  method: "DELETE",
  path: "/api/batch/:batch_id",
  tag: "integrity",
  summary: "Stop a batch; cases that are done stay",
  access: "write",
  extra: true,
  params: BatchById,
  body: { kind: "none" },
  responses: {
    200: {
      description: "Asked to stop; false where it had ended",
      schema: z.object({ status: z.literal("success"), batch_id: z.string(), cancelled: z.boolean() }),
    },
    ...notFound,
    ...failures,
  },
});
