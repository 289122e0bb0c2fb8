import { useQueries } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { Failure } from "../../parts/failure.tsx";
import { Field } from "../../parts/field.tsx";
import { LineChart } from "../../parts/line-chart.tsx";
import { useWords } from "../../words/shell.ts";
import { aligned, figureNames } from "../job/curve-series.ts";
import type { EpochRow } from "../job/live-news.ts";
import { isActive, type TrainingJob } from "../queries.ts";
import { TrainingPage, useIsSignedIn } from "../training-page.tsx";
import { useTrainingWords } from "../words.ts";
import { ComparedFigures } from "./compared-figures.tsx";
import { jobsOf } from "./compared-jobs.ts";

const MOST_EPOCHS = 10_000;
const LOOK_MS = 5_000;

interface Compared {
  readonly job: TrainingJob;
  readonly rows: readonly EpochRow[];
}

/** Jobs beside each other: one curve in one chart, figures and the settings that differ. */
export function ComparePage() {
  const words = useTrainingWords();
  const shell = useWords();
  const client = useClient();
  const enabled = useIsSignedIn();
  const { jobs: asked } = useSearch({ from: "/console/training/compare" });
  const ids = jobsOf(asked);
  const queries = useQueries({
    queries: ids.map((id) => ({
      enabled,
      queryKey: ["training", "compared", id],
      queryFn: async (): Promise<Compared> => {
        const [job, rows] = await Promise.all([
          client.call(contract.getTrainingJob, { job_id: id }),
          client.call(contract.trainingMetrics, { job_id: id, limit: MOST_EPOCHS }),
        ]);
        return { job, rows };
      },
      refetchInterval: ({ state }: { state: { data: Compared | undefined } }) =>
        state.data !== undefined && isActive(state.data.job) ? LOOK_MS : false,
    })),
  });
  const compared = queries.flatMap(({ data }) => data ?? []);
  const failed = queries.find(({ error, data }) => error !== null && data === undefined);
  return (
    <TrainingPage title={words.comparison}>
      {ids.length === 0 && <p>{words.nothingToCompare}</p>}
      {failed !== undefined && <Failure error={failed.error} onRetry={() => void failed.refetch()} />}
      {compared.length === 0 && failed === undefined && ids.length > 0 && (
        <p className="loading">{shell.loading}</p>
      )}
      {compared.length > 0 && <Comparison compared={compared} />}
    </TrainingPage>
  );
}

function Comparison({ compared }: { readonly compared: readonly Compared[] }) {
  const words = useTrainingWords();
  const names = figureNames(compared.flatMap(({ rows }) => rows));
  const [chosen, setChosen] = useState<string | null>(null);
  const name = chosen ?? names.find((known) => known === "val_loss") ?? names[0];
  const title = ({ id, experiment_name }: TrainingJob) => words.jobNamed(id, experiment_name);
  return (
    <div className="stack">
      {name !== undefined && (
        <section className="card stack">
          <div className="filters">
            <Field label={words.curve}>
              <select value={name} onChange={(event) => setChosen(event.target.value)}>
                {names.map((known) => (
                  <option key={known} value={known}>
                    {words.figureName(known)}
                  </option>
                ))}
              </select>
            </Field>
          </div>
          <ComparedChart compared={compared} name={name} title={title} />
        </section>
      )}
      <ComparedFigures jobs={compared.map(({ job }) => job)} titleOf={title} />
    </div>
  );
}

interface ComparedChartProps {
  readonly compared: readonly Compared[];
  readonly name: string;
  readonly title: (job: TrainingJob) => string;
}

function ComparedChart({ compared, name, title }: ComparedChartProps) {
  const words = useTrainingWords();
  const { x, curves } = aligned(
    compared.map(({ rows }) => rows),
    name,
  );
  return (
    <LineChart
      label={words.figureName(name)}
      xLabel={words.epoch}
      x={x}
      height={320}
      series={compared.map(({ job }, index) => ({ label: title(job), values: curves[index] ?? [] }))}
    />
  );
}
