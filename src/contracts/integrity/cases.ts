import { z } from "zod";
import { ours, wholeNumber } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { Exclusions, Measured } from "./measured.ts";
import {
  ACCEPT_LANGUAGE,
  CaseId,
  caseNotFound,
  DIMENSIONS,
  EVIDENCES,
  type Evidence,
  failures,
  Instant,
  LEVELS,
  LIMITS,
  PRODUCTS,
  type Product,
  ROLES,
  type Role,
  unchecked,
  Warnings,
} from "./vocabulary.ts";

/** Analysing, reading and listing cases: contracts/integrity.md "Analizar Documento", "Obtener Caso", "Listar Casos". */

/** Room for two million characters, each of them escaped. */
const MAX_TEXT_BODY = 24 * 2 ** 20;

/** Metadata as a client may send it. */
export interface SentMetadata {
  readonly rol?: Role | string;
  readonly tipo_producto?: Product | string;
  readonly titulo?: string | null;
  readonly autor?: string | null;
}

export type SentEvidence = Readonly<Partial<Record<Evidence, 0 | 1 | boolean>>>;

const METADATA_SCHEMA = {
  type: "object",
  properties: {
    rol: { type: "string", enum: [...ROLES] },
    tipo_producto: { type: "string", enum: [...PRODUCTS] },
    titulo: { type: "string", nullable: true },
    autor: { type: "string", nullable: true },
  },
} as const;

const EVIDENCE_SCHEMA = {
  type: "object",
  properties: Object.fromEntries(EVIDENCES.map((name) => [name, { type: "integer", enum: [0, 1] }])),
} as const;

export const Submission = z.looseObject({
  texto: unchecked<string>({
    type: "string",
    description: "At least 50 characters after trimming",
  }).optional(),
  metadata: unchecked<SentMetadata>(METADATA_SCHEMA).optional(),
  evidencias: unchecked<SentEvidence>(EVIDENCE_SCHEMA).optional(),
});

const Strict = ours(
  z
    .string()
    .optional()
    .meta({ type: "string", enum: ["0", "1"] }),
  "1: what would be a warning is refused (400)",
);

const Dimensions = z.object(
  Object.fromEntries(DIMENSIONS.map((name) => [name, z.number()])) as Record<
    (typeof DIMENSIONS)[number],
    z.ZodNumber
  >,
);

export const AnalyzeAnswer = z.object({
  status: z.literal("success"),
  case_id: CaseId,
  analysis: z.object({
    overall_score: z.number().int().describe("0..100, by the documented formula alone"),
    overall_level: z.enum(LEVELS),
    confidence: z.number(),
    recommendations: z.array(z.string()),
    dimensions: Dimensions,
    measured: ours(Measured, "What was measured in the text; never moves the headline"),
  }),
  metadata: z.object({
    text_length: z.number().int().describe("Code points, untrimmed"),
    num_evidencias: z.number().int(),
    analyzed_at: Instant,
  }),
  warnings: Warnings,
});

export const analyze = defineRoute({
  id: "integrityAnalyze",
  method: "POST",
  path: "/api/analyze",
  tag: "integrity",
  summary: "Analyse a document",
  access: "write",
  headers: ACCEPT_LANGUAGE,
  query: z.object({ strict: Strict }),
  body: { kind: "json", schema: Submission, maxBytes: MAX_TEXT_BODY },
  responses: { 201: { description: "Analysed and stored", schema: AnalyzeAnswer }, ...failures },
});

export const analyzeFile = defineRoute({
  id: "integrityAnalyzeFile",
  method: "POST",
  path: "/api/analyze/file",
  tag: "integrity",
  summary: "Analyse a PDF, DOCX, ODT, HTML, Markdown or plain text file",
  access: "write",
  extra: true,
  headers: ACCEPT_LANGUAGE,
  query: z.object({ strict: Strict }),
  body: {
    kind: "form",
    fields: z.object({
      metadata: z.string().optional().describe("JSON, as in /api/analyze; or the four fields by themselves"),
      evidencias: z.string().optional().describe("JSON, as in /api/analyze"),
      rol: z.string().optional(),
      tipo_producto: z.string().optional(),
      titulo: z.string().optional(),
      autor: z.string().optional(),
    }),
    files: { file: { min: 1, max: 1, description: "The document", also: ["archivo", "documento"] } },
  },
  responses: { 201: { description: "Analysed and stored", schema: AnalyzeAnswer }, ...failures },
});

/** A case in a list. */
export const CaseSummary = z.object({
  case_id: CaseId,
  title: z.string().nullable(),
  author: z.string().nullable(),
  role: z.enum(ROLES),
  product_type: z.enum(PRODUCTS),
  overall_score: z.number().int(),
  overall_level: z.enum(LEVELS),
  confidence: z.number(),
  analyzed_at: Instant,
});

export const REVIEW_STATES = ["pendiente", "en_revision", "resuelto", "apelado"] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** How the headline follows from the observations: 25 x sum over the dimensions of min(1, share x role x product). */
const Derivation = z.object({
  role_factor: z.number(),
  product_factor: z.number(),
  observations: z
    .array(
      z.object({
        name: z.enum(EVIDENCES),
        dimension: z.enum(DIMENSIONS),
        weight: z.number().describe("Its share of the dimension, 0..1"),
        observed: z.boolean(),
      }),
    )
    .describe("In the contract's order"),
});

export const Case = CaseSummary.extend({
  derivation: ours(Derivation, "How the score arose: the documented formula's figures for this case"),
  dimensions: Dimensions,
  recommendations: z.array(z.string()),
  evidencias: z.record(z.string(), z.number().int()),
  measured: ours(Measured.nullable(), "Null for cases that came from an older server"),
  text_length: ours(z.number().int(), "Code points"),
  review_state: ours(z.enum(REVIEW_STATES), "Where a person's review stands; the score is no verdict"),
  text_kept: ours(z.boolean(), "False in fingerprint-only mode and after the retention time"),
  file: ours(
    z.object({ filename: z.string(), format: z.string(), kept: z.boolean() }).nullable(),
    "The file that was analysed, where it was one",
  ),
});

const ById = z.object({ case_id: CaseId });

export const getCase = defineRoute({
  id: "integrityCase",
  method: "GET",
  path: "/api/case/:case_id",
  tag: "integrity",
  summary: "One case",
  access: "read",
  headers: ACCEPT_LANGUAGE,
  params: ById,
  body: { kind: "none" },
  responses: {
    200: { description: "The case", schema: z.object({ status: z.literal("success"), case: Case }) },
    ...caseNotFound,
    ...failures,
  },
});

export const deleteCase = defineRoute({
  id: "integrityDeleteCase",
  method: "DELETE",
  path: "/api/case/:case_id",
  tag: "integrity",
  summary: "Delete a case: text, files, fingerprints and figures",
  access: "write",
  extra: true,
  params: ById,
  body: { kind: "none" },
  responses: {
    200: {
      description: "Gone",
      schema: z.object({ status: z.literal("success"), deleted: z.literal(true), case_id: CaseId }),
    },
    ...caseNotFound,
    ...failures,
  },
});

export const getCaseText = defineRoute({
  id: "integrityCaseText",
  method: "GET",
  path: "/api/case/:case_id/text",
  tag: "integrity",
  summary: "The text of a case, to which the places of its findings refer",
  access: "read",
  extra: true,
  params: ById,
  body: { kind: "none" },
  responses: {
    200: {
      description: "The text",
      schema: z.object({ status: z.literal("success"), case_id: CaseId, texto: z.string() }),
    },
    ...caseNotFound,
    ...failures,
  },
});

export const getCaseFile = defineRoute({
  id: "integrityCaseFile",
  method: "GET",
  path: "/api/case/:case_id/file",
  tag: "integrity",
  summary: "The file that was analysed, as it came",
  access: "read",
  extra: true,
  params: ById,
  body: { kind: "none" },
  responses: {
    200: { description: "The file", contentType: "application/octet-stream" },
    ...caseNotFound,
    ...failures,
  },
});

export const setExclusions = defineRoute({
  id: "integritySetExclusions",
  method: "PUT",
  path: "/api/case/:case_id/exclusions",
  tag: "integrity",
  summary: "Leave passages out of the comparison, or count them again; evaluated by a job",
  access: "write",
  extra: true,
  params: ById,
  body: { kind: "json", schema: Exclusions.partial() },
  responses: {
    202: {
      description: "Will be evaluated again; follow the job under /_/api/jobs/{job_id}",
      schema: z.object({
        status: z.literal("success"),
        case_id: CaseId,
        job_id: z.string(),
        exclusions: Exclusions,
      }),
    },
    ...caseNotFound,
    ...failures,
  },
});

/** What a list may be narrowed by. Unknown words give an empty list, not an error. */
export const CaseFilters = z.object({
  nivel: z.string().max(200).optional().describe("BAJO, MEDIO or ALTO"),
  rol: z.string().max(200).optional().describe("Estudiante, Docente-investigador or Coinvestigador externo"),
  tipo_producto: ours(z.string().max(200).optional(), "One of the product types"),
  autor: ours(z.string().max(1_000).optional(), "Exactly this author, without regard to case and accents"),
  q: ours(z.string().max(200).optional(), "Words that title or author begin a word with"),
  estado: ours(z.string().max(200).optional(), "Review state"),
  desde: ours(
    z.string().max(40).optional(),
    "From this day or instant on (UTC): 2026-01-30 or 2026-01-30T10:30:00",
  ),
  hasta: ours(z.string().max(40).optional(), "Up to this day or instant, inclusive"),
});

export const listCases = defineRoute({
  id: "integrityCases",
  method: "GET",
  path: "/api/cases",
  tag: "integrity",
  summary: "Cases, newest first",
  access: "read",
  query: CaseFilters.extend({
    limit: wholeNumber({ min: 0 })
      .default(50)
      .describe(`Most cases; above ${LIMITS.listed} it is ${LIMITS.listed}`),
    offset: wholeNumber({ min: 0 }).default(0),
    cursor: ours(z.string().max(200).optional(), "`next_cursor` of the page before: faster than an offset"),
  }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "A page",
      schema: z.object({
        status: z.literal("success"),
        total: z.number().int().describe("All that match, not only the page"),
        returned: z.number().int(),
        limit: z.number().int(),
        offset: z.number().int(),
        filters: z.looseObject({ nivel: z.string().nullable(), rol: z.string().nullable() }),
        cases: z.array(CaseSummary),
        next_cursor: ours(z.string().nullable(), "For the next page; null on the last one"),
      }),
    },
    ...failures,
  },
});

const CSV = { 200: { description: "CSV in UTF-8 with a header line", contentType: "text/csv" } } as const;

export const exportCases = defineRoute({
  id: "integrityExportCases",
  method: "GET",
  path: "/api/export/cases",
  tag: "integrity",
  summary: "Cases as CSV",
  access: "read",
  extra: true,
  query: CaseFilters,
  body: { kind: "none" },
  responses: { ...CSV, ...failures },
});

export const exportPairs = defineRoute({
  id: "integrityExportPairs",
  method: "GET",
  path: "/api/export/pairs",
  tag: "integrity",
  summary: "Pairs of documents that share passages, as CSV",
  access: "read",
  extra: true,
  query: z.object({
    min_share: z
      .string()
      .max(20)
      .optional()
      .describe("Smallest share of the document's words, 0..1; 0 where absent"),
  }),
  body: { kind: "none" },
  responses: { ...CSV, ...failures },
});
