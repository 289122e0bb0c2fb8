import { z } from "zod";
import { ours } from "../fields.ts";

/*
 * The words that integrity's endpoints share.
 * Source: contracts/integrity.md "Parámetros", "Evidencias disponibles", "Códigos de Error"; spec/integrity.md.
 */

export const ROLES = ["Estudiante", "Docente-investigador", "Coinvestigador externo"] as const;
export type Role = (typeof ROLES)[number];

export const PRODUCTS = [
  "Ensayo",
  "Tesis",
  "Artículo científico",
  "Informe técnico",
  "Trabajo de curso",
  "Proyecto de grado",
  "Otro",
] as const;
export type Product = (typeof PRODUCTS)[number];

/** Observations of a person, in the contract's order. */
export const EVIDENCES = [
  "estilo_diferente",
  "defensa_debil",
  "tiempo_sospechoso",
  "sin_borradores",
  "referencias_raras",
  "datos_inconsistentes",
  "imagenes_sospechosas",
] as const;
export type Evidence = (typeof EVIDENCES)[number];

export const LEVELS = ["BAJO", "MEDIO", "ALTO"] as const;
export type Level = (typeof LEVELS)[number];

/** The four dimensions of the headline score, in the contract's order. */
export const DIMENSIONS = ["autoría", "tiempo", "referencias", "presentación"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Most things of one request or one answer. */
export const LIMITS = { listed: 1_000, batch: 1_000, sources: 1_000, imported: 500 } as const;

/** Languages of explanations and reports, by `Accept-Language` or `lang`; Spanish where nothing fits. */
export const REPORT_LANGUAGES = ["es", "en", "pt"] as const;

export const CaseId = z.string().max(200).describe("`case_` and 12 hexadecimal digits");
export const Instant = z.string().describe("UTC without a zone mark, to the second: 2026-01-30T10:30:00");

export const ErrorBody = z.looseObject({
  error: z.string(),
  code: z.string().describe("INVALID_REQUEST, INVALID_TEXT, NOT_FOUND, ANALYSIS_ERROR, QUERY_ERROR ..."),
});

const failure = (description: string) => ({ description, schema: ErrorBody });

/** The failures that every integrity endpoint may answer with. */
export const failures = {
  400: failure("The request cannot be served as it is; `error` says why and what to do"),
  401: failure("An API key is configured and none or a wrong one was sent"),
  403: failure("The credential does not suffice, or a page of another site asks without one"),
  413: failure("The request, its text or one of its files is too large"),
  429: failure("Too many requests at once or a minute; `Retry-After` says when to come back"),
  500: failure("A fault of ours; the log has the particulars under the request id"),
  503: failure("The server is ending, or its database or file store is away; send it again later"),
} as const;

export const caseNotFound = { 404: failure("There is no such case; the body carries `case_id`") } as const;
export const notFound = { 404: failure("There is no such thing") } as const;

export const ACCEPT_LANGUAGE = {
  "Accept-Language": "Language of the explanations: es, en or pt; Spanish where none of them is accepted",
} as const;

/** A field that takes anything, because the contract's own check has to answer, with a type for our own client. */
export function unchecked<Value>(schema: Readonly<Record<string, unknown>>) {
  return z.custom<Value>(() => true).meta(schema);
}

export const Warnings = ours(
  z.array(z.string()).optional(),
  "What was taken otherwise than it was sent; absent when there is nothing to say",
);
