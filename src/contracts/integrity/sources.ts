import { z } from "zod";
import { wholeNumber } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { failures, Instant, LIMITS, notFound, unchecked } from "./vocabulary.ts";

/** Texts to compare with that are no cases. Source: spec/integrity.md section 5. */

export const SOURCE_TYPES = ["fuente", "plantilla"] as const;

const MAX_BULK_BYTES = 64 * 2 ** 20;

export const Source = z.object({
  id: z.string(),
  titulo: z.string().nullable(),
  autor: z.string().nullable(),
  url: z.string().nullable(),
  tipo: z
    .enum(SOURCE_TYPES)
    .describe("fuente: compared with; plantilla: text that everybody is given, left out of comparisons"),
  text_length: z.number().int(),
  created_at: Instant,
});

/** One source as it is sent. */
export interface SentSource {
  readonly texto: string;
  readonly titulo?: string | null;
  readonly autor?: string | null;
  readonly url?: string | null;
  readonly tipo?: (typeof SOURCE_TYPES)[number];
}

const SOURCE_SCHEMA = {
  type: "object",
  required: ["texto"],
  properties: {
    texto: { type: "string" },
    titulo: { type: "string", nullable: true },
    autor: { type: "string", nullable: true },
    url: { type: "string", nullable: true },
    tipo: { type: "string", enum: [...SOURCE_TYPES] },
  },
} as const;

export const addSources = defineRoute({
  id: "integrityAddSources",
  method: "POST",
  path: "/api/sources",
  tag: "integrity",
  summary: "Add texts to compare with: one or many as JSON, or files",
  access: "write",
  extra: true,
  body: {
    kind: "form",
    json: { maxBytes: MAX_BULK_BYTES },
    fields: z.object({
      texto: unchecked<string>({ type: "string" }).optional(),
      titulo: unchecked<string | null>({ type: "string", nullable: true }).optional(),
      autor: unchecked<string | null>({ type: "string", nullable: true }).optional(),
      url: unchecked<string | null>({ type: "string", nullable: true }).optional(),
      tipo: unchecked<string>({ type: "string", enum: [...SOURCE_TYPES] }).optional(),
      fuentes: unchecked<readonly SentSource[]>({ type: "array", items: SOURCE_SCHEMA }).optional(),
    }),
    files: {
      file: { min: 0, max: LIMITS.sources, description: "Documents", also: ["archivo", "files"] },
    },
  },
  responses: {
    201: {
      description: "Added; files that could not be read are listed, the others are in",
      schema: z.object({
        status: z.literal("success"),
        id: z.string().nullable().describe("Of the first one"),
        sources: z.array(Source),
        failed: z.array(z.object({ filename: z.string(), error: z.string(), code: z.string() })),
      }),
    },
    ...failures,
  },
});

export const listSources = defineRoute({
  id: "integritySources",
  method: "GET",
  path: "/api/sources",
  tag: "integrity",
  summary: "Sources, newest first",
  access: "read",
  extra: true,
  query: z.object({
    limit: wholeNumber({ min: 0 }).default(50),
    cursor: z.string().max(200).optional().describe("`next_cursor` of the page before"),
  }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "A page",
      schema: z.object({
        status: z.literal("success"),
        total: z.number().int(),
        returned: z.number().int(),
        sources: z.array(Source),
        next_cursor: z.string().nullable(),
      }),
    },
    ...failures,
  },
});

const SourceById = z.object({ source_id: z.string().max(200) });

export const getSource = defineRoute({
  id: "integritySource",
  method: "GET",
  path: "/api/sources/:source_id",
  tag: "integrity",
  summary: "One source, with its text where it is kept",
  access: "read",
  extra: true,
  params: SourceById,
  body: { kind: "none" },
  responses: {
    200: {
      description: "The source",
      schema: z.object({
        status: z.literal("success"),
        source: Source.extend({ texto: z.string().nullable() }),
      }),
    },
    ...notFound,
    ...failures,
  },
});

export const deleteSource = defineRoute({
  id: "integrityDeleteSource",
  method: "DELETE",
  path: "/api/sources/:source_id",
  tag: "integrity",
  summary: "Delete a source: text and fingerprints",
  access: "write",
  extra: true,
  params: SourceById,
  body: { kind: "none" },
  responses: {
    200: {
      description: "Gone",
      schema: z.object({ status: z.literal("success"), deleted: z.literal(true), id: z.string() }),
    },
    ...notFound,
    ...failures,
  },
});
