import { Link } from "@tanstack/react-router";
import { ProgressBar } from "../../parts/progress-bar.tsx";
import { type Column, VirtualTable } from "../../parts/virtual-table.tsx";
import { useFigures } from "../../words/numbers.ts";
import { isActive, type TrainingJob } from "../queries.ts";
import { StatusTag } from "../status-tag.tsx";
import { useTrainingWords } from "../words.ts";

interface JobTableProps {
  readonly jobs: readonly TrainingJob[];
  readonly chosen: readonly number[];
  readonly onChoose: (id: number, isChosen: boolean) => void;
  readonly onEnd: () => void;
}

export function JobTable({ jobs, chosen, onChoose, onEnd }: JobTableProps) {
  const words = useTrainingWords();
  const figures = useFigures();
  const columns: readonly Column<TrainingJob>[] = [
    {
      title: words.compare,
      width: "6rem",
      cell: ({ id }) => (
        <input
          type="checkbox"
          aria-label={words.compareJob(id)}
          checked={chosen.includes(id)}
          onChange={(event) => onChoose(id, event.target.checked)}
        />
      ),
    },
    {
      title: words.job,
      width: "minmax(8.5rem, 2fr)",
      cell: ({ id, experiment_name }) => (
        <Link to="/console/training/jobs/$jobId" params={{ jobId: String(id) }} search={{}}>
          {experiment_name || words.jobTitle(String(id))}
        </Link>
      ),
    },
    {
      title: words.model,
      width: "minmax(9.5rem, 1.2fr)",
      cell: ({ framework, model_name }) => `${framework} / ${model_name}`,
    },
    { title: words.state, width: "7rem", cell: ({ status }) => <StatusTag status={status} /> },
    { title: words.progress, width: "minmax(8.5rem, 1fr)", cell: (job) => <Progress job={job} /> },
    {
      title: words.bestValue,
      width: "9rem",
      numeric: true,
      cell: ({ best_metric, primary_metric }) =>
        best_metric === null ? "" : `${words.figureName(primary_metric)} ${figures.number(best_metric, 4)}`,
    },
    { title: words.created, width: "12.5rem", cell: ({ created_at }) => figures.time(created_at) },
  ];
  return (
    <div className="scroll wide-table">
      <VirtualTable label={words.jobs} rows={jobs} columns={columns} keyOf={({ id }) => id} onEnd={onEnd} />
    </div>
  );
}

function Progress({ job }: { readonly job: TrainingJob }) {
  const words = useTrainingWords();
  const text = words.epochOf(job.current_epoch, job.total_epochs);
  return (
    <span className="table-progress">
      {isActive(job) && <ProgressBar share={job.progress_percent / 100} label={words.progress} />}
      <small>{text}</small>
    </span>
  );
}
