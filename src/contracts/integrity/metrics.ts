import { z } from "zod";
import { ours } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { failures, LEVELS } from "./vocabulary.ts";

/** contracts/integrity.md "Métricas Institucionales", "Análisis Temporal". */

const Counts = z.record(z.string(), z.number().int());
const Distribution = z.object(
  Object.fromEntries(LEVELS.map((level) => [level, z.number().int()])) as Record<
    (typeof LEVELS)[number],
    z.ZodNumber
  >,
);

const Group = z.object({
  total: z.number().int(),
  riesgo_alto: z.number().int(),
  riesgo_promedio: z.number(),
  tasa_alto_riesgo: z.number().describe("Percent"),
});

export const InstitutionalMetrics = z.object({
  total_cases: z.number().int(),
  risk_distribution: Distribution,
  average_score: z.number(),
  confidence_avg: z.number(),
  cases_by_role: Counts,
  cases_by_product: Counts,
  fecha_reporte: z.string(),
  periodo: z.string(),
  resumen_general: z.object({ total_casos_analizados: z.number().int(), tasa_riesgo_general: z.number() }),
  tasas_por_nivel: z.record(z.string(), z.number()).describe("Percent, two decimals"),
  metricas_por_rol: z.record(z.string(), Group),
  metricas_por_producto: z.record(z.string(), Group),
  patrones_detectados: z.array(z.string()),
  recomendaciones_estrategicas: z.array(z.string()),
});

export const institutionalMetrics = defineRoute({
  id: "integrityInstitutionalMetrics",
  method: "GET",
  path: "/api/metrics/institutional",
  tag: "integrity",
  summary: "Figures over all cases",
  access: "read",
  body: { kind: "none" },
  responses: {
    200: {
      description: "Figures; the same shape where there are no cases",
      schema: z.object({ status: z.literal("success"), metrics: InstitutionalMetrics }),
    },
    ...failures,
  },
});

export const PERIODS = ["daily", "weekly", "monthly"] as const;
export type Period = (typeof PERIODS)[number];

export const temporalMetrics = defineRoute({
  id: "integrityTemporalMetrics",
  method: "GET",
  path: "/api/metrics/temporal",
  tag: "integrity",
  summary: "Figures by day, ISO week or month",
  access: "read",
  query: z.object({
    period: z
      .string()
      .max(100)
      .default("daily")
      .meta({ type: "string", enum: [...PERIODS], default: "daily" }),
    desde: ours(z.string().max(40).optional(), "From this day on: 2026-01-30"),
    hasta: ours(z.string().max(40).optional(), "Up to this day, inclusive"),
  }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "By key: YYYY-MM-DD, GGGG-Www (ISO week) or YYYY-MM, ascending",
      schema: z.object({
        status: z.literal("success"),
        period: z.enum(PERIODS),
        data: z.record(
          z.string(),
          z.object({ total_cases: z.number().int(), average_score: z.number(), distribution: Distribution }),
        ),
      }),
    },
    ...failures,
  },
});
