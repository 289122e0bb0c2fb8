import { Link } from "@tanstack/react-router";
import { ProgressBar } from "../../parts/progress-bar.tsx";
import { Tag } from "../../parts/tag.tsx";
import { useFigures } from "../../words/numbers.ts";
import { Facts } from "../facts.tsx";
import { isActive, type TrainingJob } from "../queries.ts";
import { StatusTag } from "../status-tag.tsx";
import { useTrainingWords } from "../words.ts";

/** Where a job stands, and why it failed where it did. */
export function JobState({ job, live }: { readonly job: TrainingJob; readonly live: boolean }) {
  const words = useTrainingWords();
  const figures = useFigures();
  return (
    <section className="card stack job-state" aria-label={words.state}>
      <p className="status-line">
        <StatusTag status={job.status} />
        {job.status === "queued" && job.queue_position !== null && (
          <span>{words.queuePosition(job.queue_position)}</span>
        )}
        <span>{words.epochOf(job.current_epoch, job.total_epochs)}</span>
        {job.eta_seconds !== null && isActive(job) && (
          <span>{words.timeLeft(figures.duration(job.eta_seconds))}</span>
        )}
        {isActive(job) && <Tag>{live ? words.live : words.polling}</Tag>}
      </p>
      <ProgressBar share={job.progress_percent / 100} label={words.progress} />
      {job.error_message && (
        <div className="failure" role="alert">
          <strong>{words.whyFailed}</strong>
          <p>{job.error_message}</p>
        </div>
      )}
      <Facts
        facts={[
          [words.model, `${job.framework} / ${job.model_name}`],
          [words.dataset, <DatasetLink key="dataset" job={job} />],
          [words.classes, figures.number(job.num_classes, 0)],
          [words.batchSize, figures.number(job.batch_size, 0)],
          [words.learningRate, figures.number(job.learning_rate, 8)],
          [
            words.bestOf(words.figureName(job.primary_metric)),
            job.best_metric === null
              ? null
              : words.atEpoch(figures.number(job.best_metric, 4), job.best_epoch ?? 0),
          ],
          [words.started, job.started_at && figures.time(job.started_at)],
          [words.ended, job.completed_at && figures.time(job.completed_at)],
          [words.attempts, job.attempt > 1 ? figures.number(job.attempt, 0) : null],
          [words.tags, job.tags.join(", ")],
          [words.notes, job.notes],
        ]}
      />
    </section>
  );
}

function DatasetLink({ job }: { readonly job: TrainingJob }) {
  const words = useTrainingWords();
  if (job.dataset_id === null) return <>{job.dataset_path}</>;
  return (
    <Link to="/console/training/datasets/$datasetId" params={{ datasetId: job.dataset_id }}>
      {words.openDataset}
    </Link>
  );
}
