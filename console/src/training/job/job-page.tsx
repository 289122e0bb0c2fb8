import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { isActive, KEYS, type TrainingJob } from "../queries.ts";
import { JOB_VIEWS, type JobView } from "../routes.ts";
import { TrainingPage, useIsSignedIn } from "../training-page.tsx";
import { Validation } from "../validation/validation.tsx";
import { useTrainingWords } from "../words.ts";
import { Checkpoints } from "./checkpoints.tsx";
import { Curves } from "./curves.tsx";
import { JobActions } from "./job-actions.tsx";
import { JobState } from "./job-state.tsx";
import { LogTail } from "./log-tail.tsx";
import { EffectiveSettings } from "./settings.tsx";
import { TryPicture } from "./try-picture.tsx";
import { useLiveJob } from "./use-live-job.ts";

const LOOK_MS = 3_000;

/** One training job: where it stands, and views of everything that it did. */
export function JobPage() {
  const words = useTrainingWords();
  const client = useClient();
  const enabled = useIsSignedIn();
  const { jobId } = useParams({ from: "/console/training/jobs/$jobId" });
  const id = Number(jobId);
  const job = useQuery({
    enabled,
    queryKey: KEYS.job(id),
    queryFn: () => client.call(contract.getTrainingJob, { job_id: id }),
    // a channel that says nothing is not believed for ever
    refetchInterval: ({ state }) => (state.data !== undefined && isActive(state.data) ? LOOK_MS : false),
  });
  const isLive = useLiveJob(id, enabled && job.data !== undefined && isActive(job.data));
  return (
    <TrainingPage
      title={job.data?.experiment_name || words.jobTitle(jobId)}
      actions={job.data && <JobActions job={job.data} />}
    >
      <Loaded query={job}>
        {(known) => (
          <div className="stack">
            <JobState job={known} live={isLive} />
            <JobViews job={known} live={isLive} />
          </div>
        )}
      </Loaded>
    </TrainingPage>
  );
}

function JobViews({ job, live }: { readonly job: TrainingJob; readonly live: boolean }) {
  const words = useTrainingWords();
  const navigate = useNavigate();
  const { view = "curves" } = useSearch({ from: "/console/training/jobs/$jobId" });
  const everyMs = isActive(job) && !live ? LOOK_MS : false;
  const content: Readonly<Record<JobView, () => ReactNode>> = {
    curves: () => <Curves job={job} everyMs={everyMs} />,
    validation: () => <Validation job={job} />,
    log: () => <LogTail id={job.id} everyMs={everyMs} />,
    checkpoints: () => <Checkpoints job={job} />,
    settings: () => <EffectiveSettings job={job} />,
    try: () => <TryPicture job={job} />,
  };
  return (
    <Tabs
      label={words.views}
      value={view}
      onChange={(next) =>
        void navigate({
          to: "/console/training/jobs/$jobId",
          params: { jobId: String(job.id) },
          search: { view: next as JobView },
          replace: true,
        })
      }
      tabs={JOB_VIEWS.map((id) => ({
        id,
        title: words.jobViews[id],
        content: id === view ? content[id]() : null,
      }))}
    />
  );
}
