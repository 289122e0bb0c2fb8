import * as contract from "../../../contracts/integrity/index.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import type { Clock } from "../../../platform/ports.ts";
import { institutionalFigures } from "../actions/institutional-metrics.ts";
import { presentInstitution, presentPeriods } from "../present/metrics.ts";
import type { MetricsReader } from "../store/metrics-reader.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** contracts/integrity.md "Métricas Institucionales", "Análisis Temporal". */
export function metricsRoutes({ metrics, clock }: { metrics: MetricsReader; clock: Clock }): BoundRoute[] {
  return [
    route(contract.institutionalMetrics, async () => ({
      status: "success" as const,
      metrics: presentInstitution(await institutionalFigures(metrics), clock.now()),
    })),

    route(contract.temporalMetrics, async ({ input }) => {
      const period = contract.PERIODS.find((known) => known === input.period);
      if (period === undefined) {
        throw userError("invalid_request", 400, `period must be one of: ${contract.PERIODS.join(", ")}`);
      }
      const tallies = await metrics.periods(period, day("desde", input.desde), day("hasta", input.hasta));
      return { status: "success" as const, period, data: presentPeriods(tallies) };
    }),
  ];
}

function day(name: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (DAY.test(text)) return text;
  throw userError("invalid_request", 400, `${name} must be a day such as 2026-01-30`);
}
