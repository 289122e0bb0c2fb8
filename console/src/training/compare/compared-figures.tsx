import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useFigures } from "../../words/numbers.ts";
import type { TrainingJob } from "../queries.ts";
import { StatusTag } from "../status-tag.tsx";
import { useTrainingWords } from "../words.ts";
import { differingSettings } from "./compared-jobs.ts";

interface ComparedFiguresProps {
  readonly jobs: readonly TrainingJob[];
  readonly titleOf: (job: TrainingJob) => string;
}

/** Figures of each job in its column, and below them the settings that differ. */
export function ComparedFigures({ jobs, titleOf }: ComparedFiguresProps) {
  const words = useTrainingWords();
  const figures = useFigures();
  const number = (value: number | null, decimals = 4) =>
    value === null ? "–" : figures.number(value, decimals);
  const rows: readonly (readonly [string, (job: TrainingJob) => ReactNode])[] = [
    [words.state, ({ status }) => <StatusTag status={status} />],
    [words.model, ({ framework, model_name: name }) => `${framework} / ${name}`],
    [words.epochs, ({ current_epoch: at, total_epochs: of }) => words.epochOf(at, of)],
    [
      words.bestValue,
      ({ primary_metric: name, best_metric }) => `${words.figureName(name)} ${number(best_metric)}`,
    ],
    [words.bestAt, ({ best_epoch }) => number(best_epoch, 0)],
    [words.finalAccuracy, ({ final_accuracy }) => number(final_accuracy)],
    [words.batchSize, ({ batch_size }) => number(batch_size, 0)],
    [words.learningRate, ({ learning_rate }) => number(learning_rate, 8)],
    [words.duration, (job) => durationOf(job, figures.duration)],
  ];
  const differences = differingSettings(jobs);
  return (
    <div className="card scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{words.figure}</th>
            {jobs.map((job) => (
              <th scope="col" key={job.id}>
                <Link to="/console/training/jobs/$jobId" params={{ jobId: String(job.id) }} search={{}}>
                  {titleOf(job)}
                </Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, cell]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {jobs.map((job) => (
                <td key={job.id}>{cell(job)}</td>
              ))}
            </tr>
          ))}
          {differences.map(({ name, values }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              {jobs.map(({ id }, index) => (
                <td key={id}>{values[index]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function durationOf(
  { started_at: from, completed_at: to }: TrainingJob,
  inWords: (seconds: number) => string,
) {
  return from === null || to === null ? "–" : inWords((Date.parse(to) - Date.parse(from)) / 1_000);
}
