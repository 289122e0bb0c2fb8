import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import * as contract from "../../../src/contracts/colorization/index.ts";
import { useClient } from "../api/session.tsx";
import { ActionButton } from "../parts/action-button.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Page } from "../parts/page.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { useFigures } from "../words/numbers.ts";
import { useWords } from "../words/shell.ts";
import { type ColorizationJob, isUnderWay, useColorizationJob } from "./jobs.ts";
import { PageGrid } from "./page-grid.tsx";
import { PalettePart } from "./palette-part.tsx";
import { StateTag } from "./state-tag.tsx";
import { useColorizationWords } from "./words.ts";
import "./colorization.css";

/** A job with its pages, which come while one looks, and its chapter's palette. */
export function JobPage() {
  const { jobId } = useParams({ from: "/console/colorization/jobs/$jobId" });
  const words = useColorizationWords();
  const figures = useFigures();
  const job = useColorizationJob(jobId);
  return (
    <Page
      title={job.data?.chapter_id ?? words.job(jobId)}
      actions={job.data && <JobActions job={job.data} />}
    >
      <Loaded query={job}>
        {(shown) => {
          const { total_pages, pass2_done } = shown.progress;
          const text = words.progress(figures.number(pass2_done, 0), figures.number(total_pages, 0));
          return (
            <div className="stack">
              <p className="job-facts" role="status">
                <StateTag state={shown.status} /> {text} <small>{figures.time(shown.created_at)}</small>
              </p>
              {isUnderWay(shown) && (
                <ProgressBar share={total_pages > 0 ? pass2_done / total_pages : null} label={text} />
              )}
              {shown.error !== undefined && (
                <p className="bad" role="alert">
                  {shown.error}
                </p>
              )}
              <Tabs
                label={shown.chapter_id}
                tabs={[
                  { id: "pages", title: words.pages, content: <PageGrid job={shown} /> },
                  {
                    id: "palette",
                    title: words.palette,
                    content: <PalettePart chapterId={shown.chapter_id} />,
                  },
                ]}
              />
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}

function JobActions({ job }: { readonly job: ColorizationJob }) {
  const words = useColorizationWords();
  const shell = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const archive = `/v1/jobs/${encodeURIComponent(job.job_id)}/archive?format=cbz`;
  if (isUnderWay(job))
    return (
      <ActionButton
        onAct={async () => {
          await client.call(contract.cancelColorizationJob, { job_id: job.job_id });
          await queries.invalidateQueries({ queryKey: ["colorization"] });
        }}
      >
        {words.cancelJob}
      </ActionButton>
    );
  return (
    <>
      {job.progress.pass2_done > 0 && (
        <>
          <a className="button" href={`${archive}&include=originals`} download>
            {words.downloadBoth}
          </a>
          <a className="button primary" href={archive} download>
            {words.download}
          </a>
        </>
      )}
      <ConfirmButton
        question={words.deleteJob}
        onConfirm={async () => {
          await client.call(contract.deleteColorizationJob, { job_id: job.job_id });
          await navigate({ to: "/console/colorization" });
          await queries.invalidateQueries({ queryKey: ["colorization"] });
        }}
      >
        {shell.delete}
      </ConfirmButton>
    </>
  );
}
