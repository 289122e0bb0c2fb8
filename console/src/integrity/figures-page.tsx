import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import * as contract from "../../../src/contracts/integrity/index.ts";
import { useClient } from "../api/session.tsx";
import { Field } from "../parts/field.tsx";
import { LineChart } from "../parts/line-chart.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Page } from "../parts/page.tsx";
import { useFigures } from "../words/numbers.ts";
import { GroupTable } from "./group-table.tsx";
import { IntegrityLinks } from "./integrity-links.tsx";
import { periodStart } from "./periods.ts";
import { useIntegrityWords } from "./words.ts";

/** Figures over all cases, and over time. */
export function FiguresPage() {
  const words = useIntegrityWords();
  return (
    <Page title={words.dashboards}>
      <IntegrityLinks />
      <Institutional />
      <Temporal />
    </Page>
  );
}

function Institutional() {
  const words = useIntegrityWords();
  const figures = useFigures();
  const client = useClient();
  const found = useQuery({
    queryKey: ["integrity", "institutional"],
    queryFn: async () => (await client.call(contract.institutionalMetrics, {})).metrics,
  });
  return (
    <Loaded query={found}>
      {(metrics) => (
        <>
          <dl className="figures">
            <Figure name={words.totalCases} value={figures.number(metrics.total_cases, 0)} />
            <Figure name={words.averageScore} value={figures.number(metrics.average_score, 1)} />
            <Figure name={words.averageConfidence} value={figures.percent(metrics.confidence_avg)} />
            <Figure
              name={words.generalRate}
              value={figures.percent(metrics.resumen_general.tasa_riesgo_general / 100)}
            />
            {contract.LEVELS.map((level) => (
              <Figure
                key={level}
                name={words.levels[level]}
                value={figures.number(metrics.risk_distribution[level], 0)}
              />
            ))}
          </dl>
          <div className="split">
            <GroupTable title={words.byRole} groups={metrics.metricas_por_rol} names={words.roles} />
            <GroupTable
              title={words.byProduct}
              groups={metrics.metricas_por_producto}
              names={words.products}
            />
            <Sentences title={words.patterns} list={metrics.patrones_detectados} />
            <Sentences title={words.strategies} list={metrics.recomendaciones_estrategicas} />
          </div>
        </>
      )}
    </Loaded>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="card">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Sentences({ title, list }: { readonly title: string; readonly list: readonly string[] }) {
  if (list.length === 0) return null;
  return (
    <div className="card">
      <h2>{title}</h2>
      <ul className="plain-list">
        {list.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

function Temporal() {
  const words = useIntegrityWords();
  const client = useClient();
  const [period, setPeriod] = useState<contract.Period>("daily");
  const found = useQuery({
    queryKey: ["integrity", "temporal", period],
    queryFn: async () => (await client.call(contract.temporalMetrics, { period })).data,
    placeholderData: (before) => before,
  });
  return (
    <section aria-labelledby="over-time">
      <h2 id="over-time">{words.overTime}</h2>
      <div className="period">
        <Field label={words.period}>
          <select value={period} onChange={(event) => setPeriod(event.target.value as contract.Period)}>
            {contract.PERIODS.map((name) => (
              <option key={name} value={name}>
                {words.periods[name]}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <Loaded query={found}>
        {(data) => {
          const entries = Object.entries(data);
          const x = entries.map(([key]) => periodStart(key));
          return (
            <div className="split">
              <LineChart
                label={words.casesPer}
                xLabel={words.period}
                x={x}
                time
                series={[
                  { label: words.casesPer, values: entries.map(([, { total_cases }]) => total_cases) },
                  {
                    label: words.levels.ALTO,
                    values: entries.map(([, { distribution }]) => distribution.ALTO),
                    dashed: true,
                  },
                ]}
              />
              <LineChart
                label={words.averageScore}
                xLabel={words.period}
                x={x}
                time
                series={[
                  {
                    label: words.averageScore,
                    values: entries.map(([, { average_score }]) => average_score),
                  },
                ]}
              />
            </div>
          );
        }}
      </Loaded>
    </section>
  );
}
