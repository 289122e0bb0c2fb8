import { z } from "zod";
import { wholeNumber } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { REVIEW_STATES } from "./cases.ts";
import { ACCEPT_LANGUAGE, CaseId, caseNotFound, failures, Instant, REPORT_LANGUAGES } from "./vocabulary.ts";

/** A person's decision, the audit trail and the report. Source: spec/integrity.md sections 3 and 5. */

export const DECISIONS = ["sin_hallazgos", "con_observaciones", "infraccion", "en_revision"] as const;
export type Decision = (typeof DECISIONS)[number];

const ById = z.object({ case_id: CaseId });
const Notes = z
  .string()
  .max(20_000)
  .refine((text) => text.isWellFormed() && !text.includes("\u0000"));

export const Review = z.object({
  kind: z.enum(["decision", "appeal"]),
  decision: z.enum(DECISIONS).nullable(),
  notas: z.string(),
  by: z.string().describe("The person's name"),
  at: Instant,
});

const Reviewed = z.object({
  status: z.literal("success"),
  case_id: CaseId,
  review_state: z.enum(REVIEW_STATES),
  reviews: z.array(Review).describe("Oldest first"),
});

export const decide = defineRoute({
  id: "integrityDecide",
  method: "POST",
  path: "/api/case/:case_id/decision",
  tag: "integrity",
  summary: "Record a person's decision; needs a named user",
  access: "write",
  extra: true,
  params: ById,
  body: { kind: "json", schema: z.object({ decision: z.enum(DECISIONS), notas: Notes.default("") }) },
  responses: { 201: { description: "Recorded", schema: Reviewed }, ...caseNotFound, ...failures },
});

export const appeal = defineRoute({
  id: "integrityAppeal",
  method: "POST",
  path: "/api/case/:case_id/appeal",
  tag: "integrity",
  summary: "Record an appeal against a decision; needs a named user",
  access: "write",
  extra: true,
  params: ById,
  body: { kind: "json", schema: z.object({ motivo: Notes.refine((text) => text.trim() !== "", "Say why") }) },
  responses: {
    201: { description: "Recorded", schema: Reviewed },
    409: {
      description: "There is no decision to appeal against",
      schema: z.looseObject({ error: z.string(), code: z.string() }),
    },
    ...caseNotFound,
    ...failures,
  },
});

export const listReviews = defineRoute({
  id: "integrityReviews",
  method: "GET",
  path: "/api/case/:case_id/reviews",
  tag: "integrity",
  summary: "Decisions and appeals of a case",
  access: "read",
  extra: true,
  params: ById,
  body: { kind: "none" },
  responses: { 200: { description: "Reviews", schema: Reviewed }, ...caseNotFound, ...failures },
});

export const getReport = defineRoute({
  id: "integrityReport",
  method: "GET",
  path: "/api/case/:case_id/report",
  tag: "integrity",
  summary: "Report with highlighted passages, sources side by side and each method's limits",
  access: "read",
  extra: true,
  headers: ACCEPT_LANGUAGE,
  params: ById,
  query: z.object({
    format: z.enum(["html", "pdf"]).default("html"),
    lang: z.enum(REPORT_LANGUAGES).optional().describe("Wins over Accept-Language"),
  }),
  body: { kind: "none" },
  responses: {
    200: { description: "text/html, or application/pdf", contentType: "text/html" },
    ...caseNotFound,
    ...failures,
  },
});

export const AuditEntry = z.object({
  seq: z.number().int(),
  at: Instant,
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
  previous: z.string(),
  hash: z.string().describe("SHA-256 over the entry and the hash before it"),
});

export const listAudit = defineRoute({
  id: "integrityAudit",
  method: "GET",
  path: "/api/audit",
  tag: "integrity",
  summary: "Who did what: ids and hashes, never a text",
  access: "read",
  extra: true,
  query: z.object({
    subject: z.string().max(200).optional().describe("A case's or a source's id"),
    after: wholeNumber({ min: 0 }).default(0).describe("Entries after this number"),
    limit: wholeNumber({ min: 1, max: 1_000 }).default(100),
  }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "Entries, oldest first",
      schema: z.object({ status: z.literal("success"), entries: z.array(AuditEntry) }),
    },
    ...failures,
  },
});

export const verifyAudit = defineRoute({
  id: "integrityVerifyAudit",
  method: "GET",
  path: "/api/audit/verify",
  tag: "integrity",
  summary: "Recompute the audit's chain of hashes",
  access: "read",
  extra: true,
  body: { kind: "none" },
  responses: {
    200: {
      description: "Whether it holds; where it breaks",
      schema: z.object({
        status: z.literal("success"),
        valid: z.boolean(),
        entries: z.number().int(),
        head: z
          .string()
          .describe("Hash of the last entry: keep it elsewhere to prove later that nothing was cut off"),
        broken_at: z.number().int().nullable(),
        reason: z.string().nullable(),
      }),
    },
    ...failures,
  },
});
