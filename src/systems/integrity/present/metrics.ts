import type { z } from "zod";
import { type InstitutionalMetrics, LEVELS } from "../../../contracts/integrity/index.ts";
import {
  average,
  type GroupFigures,
  type InstitutionFigures,
  percent,
} from "../actions/institutional-metrics.ts";
import { contractInstant } from "../instants.ts";
import type { PeriodTally } from "../store/metrics-reader.ts";

const WORDS: Readonly<
  Record<InstitutionFigures["observations"][number]["evidence"], readonly [string, string]>
> = {
  estilo_diferente: ["Estilo diferente al del autor", "Reunir muestras de escritura al inicio del curso"],
  defensa_debil: ["Defensa débil de los argumentos", "Incluir una defensa oral breve en la evaluación"],
  tiempo_sospechoso: ["Tiempo de entrega sospechoso", "Programar entregas parciales con fecha"],
  sin_borradores: ["Sin borradores o versiones previas", "Pedir borradores y el historial de versiones"],
  referencias_raras: [
    "Referencias poco comunes o incorrectas",
    "Ofrecer formación sobre citas y referencias",
  ],
  datos_inconsistentes: ["Datos que no coinciden", "Pedir los datos de origen junto con el trabajo"],
  imagenes_sospechosas: [
    "Imágenes de baja calidad o copiadas",
    "Pedir los archivos originales de las figuras",
  ],
};

/** From this share of the cases on, an observation is a pattern. Percent. */
const PATTERN_FROM = 10;
const MOST_PATTERNS = 5;
const HIGH_RATE_FROM = 20;

/** contracts/integrity.md "Métricas Institucionales", with the keys that existing clients read besides. */
export function presentInstitution(
  figures: InstitutionFigures,
  now: number,
): z.output<typeof InstitutionalMetrics> {
  const { total, byLevel, days } = figures;
  const patterns = figures.observations.filter(({ rate }) => rate >= PATTERN_FROM).slice(0, MOST_PATTERNS);
  return {
    total_cases: total,
    risk_distribution: { ...byLevel },
    average_score: figures.averageScore,
    confidence_avg: figures.averageConfidence,
    cases_by_role: counts(figures.byRole),
    cases_by_product: counts(figures.byProduct),
    fecha_reporte: contractInstant(now),
    periodo: days === null ? "Sin casos" : `${days.first} a ${days.last}`,
    resumen_general: { total_casos_analizados: total, tasa_riesgo_general: figures.riskRate },
    tasas_por_nivel: Object.fromEntries(LEVELS.map((level) => [level, percent(byLevel[level], total)])),
    metricas_por_rol: groupsOf(figures.byRole),
    metricas_por_producto: groupsOf(figures.byProduct),
    patrones_detectados: patterns.map(
      ({ evidence, rate }) => `${WORDS[evidence][0]}: ${rate.toFixed(2)} % de los casos`,
    ),
    recomendaciones_estrategicas: [
      ...patterns.map(({ evidence }) => WORDS[evidence][1]),
      ...(percent(byLevel.ALTO, total) >= HIGH_RATE_FROM
        ? ["Revisar con prioridad los casos de nivel ALTO pendientes"]
        : []),
    ],
  };
}

function counts(groups: ReadonlyMap<string, GroupFigures>): Record<string, number> {
  return Object.fromEntries([...groups].map(([name, { total }]) => [name, total]));
}

function groupsOf(groups: ReadonlyMap<string, GroupFigures>) {
  return Object.fromEntries(
    [...groups].map(([name, { total, high, average: mean, highRate }]) => [
      name,
      { total, riesgo_alto: high, riesgo_promedio: mean, tasa_alto_riesgo: highRate },
    ]),
  );
}

interface PeriodFigures {
  readonly total_cases: number;
  readonly average_score: number;
  readonly distribution: { BAJO: number; MEDIO: number; ALTO: number };
}

/** contracts/integrity.md "Análisis Temporal": by key, ascending. */
export function presentPeriods(tallies: readonly PeriodTally[]): Record<string, PeriodFigures> {
  const data: Record<string, PeriodFigures> = {};
  for (const [key, own] of Map.groupBy(tallies, (tally) => tally.key)) {
    const cases = (level: string) => own.find((tally) => tally.level === level)?.cases ?? 0;
    const total = own.reduce((sum, tally) => sum + tally.cases, 0);
    data[key] = {
      total_cases: total,
      average_score: average(
        own.reduce((sum, tally) => sum + tally.scoreSum, 0),
        total,
      ),
      distribution: { BAJO: cases("BAJO"), MEDIO: cases("MEDIO"), ALTO: cases("ALTO") },
    };
  }
  return data;
}
