import { useQueryClient } from "@tanstack/react-query";
import * as platform from "../../../src/contracts/platform/index.ts";
import { isUnderWay, type Job, useJobs } from "../api/jobs.ts";
import { useClient } from "../api/session.tsx";
import { ActionButton } from "../parts/action-button.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import { Tag, type Tone } from "../parts/tag.tsx";
import { useFigures } from "../words/numbers.ts";
import { useWords } from "../words/shell.ts";

const TONES: Readonly<Record<Job["state"], Tone>> = {
  queued: "plain",
  running: "plain",
  completed: "good",
  failed: "bad",
  cancelled: "warn",
};

/** Jobs with their progress; those under way can be cancelled. */
export function JobList({ limit }: { readonly limit: number }) {
  const words = useWords();
  const jobs = useJobs(limit);
  return (
    <Loaded query={jobs}>
      {(list) =>
        list.length === 0 ? (
          <p>{words.nothing}</p>
        ) : (
          <ul className="job-list">
            {list.map((job) => (
              <JobItem key={job.id} job={job} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function JobItem({ job }: { readonly job: Job }) {
  const words = useWords();
  const figures = useFigures();
  const client = useClient();
  const queries = useQueryClient();
  const cancel = async () => {
    await client.call(platform.cancelJob, { id: job.id });
    await queries.invalidateQueries({ queryKey: ["jobs"] });
  };
  return (
    <li>
      <div>
        <strong>{job.kind}</strong> <Tag tone={TONES[job.state]}>{words.states[job.state]}</Tag>
        <small>{figures.time(job.created_at)}</small>
      </div>
      {isUnderWay(job) && <ProgressBar share={job.progress} label={job.kind} />}
      {(job.error ?? job.message) && (
        <p className={job.error ? "bad" : undefined}>{job.error ?? job.message}</p>
      )}
      {isUnderWay(job) && (
        <ActionButton onAct={cancel} disabled={job.cancel_requested}>
          {job.cancel_requested ? words.cancelling : words.cancel}
        </ActionButton>
      )}
    </li>
  );
}
