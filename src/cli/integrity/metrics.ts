import type { Command } from "commander";
import type { z } from "zod";
import {
  type InstitutionalMetrics,
  institutionalMetrics,
  temporalMetrics,
} from "../../contracts/integrity/index.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { printResult, table } from "../output.ts";

interface MetricsOptions extends GlobalOptions {
  readonly period?: string;
  readonly from?: string;
  readonly to?: string;
}

export function addMetricsCommand(integrity: Command): void {
  withGlobalOptions(
    integrity
      .command("metrics")
      .description("figures over all cases; with --period by day, ISO week or month")
      .option("--period <period>", "daily, weekly or monthly")
      .option("--from <day>", "with --period: from this day on, 2026-01-30")
      .option("--to <day>", "with --period: up to this day"),
  ).action((options: MetricsOptions) =>
    options.period === undefined ? institutional(options) : temporal(options),
  );
}

function institutional(options: MetricsOptions): Promise<void> {
  return withServer(options, async (client) => {
    const { metrics } = await client.call(institutionalMetrics, {});
    printResult(metrics, options.json, describe);
  });
}

function describe(metrics: z.infer<typeof InstitutionalMetrics>): string {
  const { BAJO, MEDIO, ALTO } = metrics.risk_distribution;
  const groups = (named: z.infer<typeof InstitutionalMetrics>["metricas_por_rol"]) =>
    Object.entries(named).map(([name, group]) => [
      name,
      group.total,
      group.riesgo_alto,
      group.riesgo_promedio,
      `${group.tasa_alto_riesgo} %`,
    ]);
  const head = ["cases", "ALTO", "average score", "share of ALTO"];
  return [
    `${metrics.total_cases} cases: ${BAJO} BAJO, ${MEDIO} MEDIO, ${ALTO} ALTO; average score ${metrics.average_score}, confidence ${metrics.confidence_avg}`,
    table(["role", ...head], groups(metrics.metricas_por_rol)),
    table(["product", ...head], groups(metrics.metricas_por_producto)),
    ...[...metrics.patrones_detectados, ...metrics.recomendaciones_estrategicas].map((line) => `- ${line}`),
  ].join("\n\n");
}

function temporal({ period, from, to, ...options }: MetricsOptions): Promise<void> {
  return withServer(options, async (client) => {
    const answer = await client.call(temporalMetrics, { period, desde: from, hasta: to });
    printResult(answer.data, options.json, (data) =>
      table(
        [answer.period, "cases", "average score", "BAJO", "MEDIO", "ALTO"],
        Object.entries(data).map(([key, { total_cases, average_score, distribution }]) => [
          key,
          total_cases,
          average_score,
          distribution.BAJO,
          distribution.MEDIO,
          distribution.ALTO,
        ]),
      ),
    );
  });
}
