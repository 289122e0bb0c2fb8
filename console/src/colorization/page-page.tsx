import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import * as contract from "../../../src/contracts/colorization/index.ts";
import { useClient } from "../api/session.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Page } from "../parts/page.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { AddPart } from "./add-part.tsx";
import { BeforeAfter } from "./before-after.tsx";
import { type Hint, HintList } from "./hint-list.tsx";
import { type ColorizationJob, isUnderWay, pictureUrl, useColorizationJob } from "./jobs.ts";
import type { Point } from "./picture-point.ts";
import { RunFacts } from "./run-facts.tsx";
import { StructurePart } from "./structure-part.tsx";
import { useColorizationWords } from "./words.ts";
import "./colorization.css";

/** One page: original and result under a slider, mask and lines; hints, and doing it again. */
export function PagePage() {
  const { jobId, pageNum } = useParams({ from: "/console/colorization/jobs/$jobId/pages/$pageNum" });
  const words = useColorizationWords();
  const job = useColorizationJob(jobId);
  return (
    <Page title={words.page(Number(pageNum))}>
      <Loaded query={job}>{(shown) => <PageParts key={pageNum} job={shown} page={Number(pageNum)} />}</Loaded>
    </Page>
  );
}

function PageParts({ job, page }: { readonly job: ColorizationJob; readonly page: number }) {
  const words = useColorizationWords();
  const client = useClient();
  const [hints, setHints] = useState<readonly Hint[]>([]);
  const [point, setPoint] = useState<Point | null>(null);
  const [rerun, setRerun] = useState<string | null>(null);
  const newest = useColorizationJob(rerun ?? job.job_id);
  const isBusy = rerun !== null && newest.data !== undefined && isUnderWay(newest.data);
  const made = isBusy ? job.job_id : (rerun ?? job.job_id); // the picture's address changes once it was made anew
  const chapter = job.chapter_id;
  const neighbours = useQuery({
    queryKey: ["colorization", "pages", chapter, job.progress.pass2_done],
    queryFn: async () => (await client.call(contract.chapterPages, { chapter_id: chapter })).pages,
  });
  return (
    <>
      <PageLinks job={job} page={page} pages={neighbours.data ?? []} />
      <div className="page-work">
        <Tabs
          label={words.compare}
          tabs={[
            {
              id: "compare",
              title: words.views.compare,
              content: (
                <BeforeAfter
                  before={pictureUrl(chapter, page, "original", job.job_id)}
                  after={pictureUrl(chapter, page, "colorized", made)}
                  marks={hints}
                  onPoint={setPoint}
                />
              ),
            },
            {
              id: "mask",
              title: words.views.mask,
              content: (
                <img
                  className="whole-page"
                  src={pictureUrl(chapter, page, "mask", made)}
                  alt={words.views.mask}
                />
              ),
            },
            {
              id: "structure",
              title: words.views.structure,
              content: <StructurePart chapter={chapter} page={page} of={made} />,
            },
          ]}
        />
        <div className="stack">
          <HintList
            job={job}
            page={page}
            hints={hints}
            point={point}
            isBusy={isBusy}
            onChange={setHints}
            onRerun={setRerun}
          />
          <AddPart chapterId={chapter} page={page} point={point} />
          <RunFacts chapter={chapter} page={page} of={made} />
        </div>
      </div>
    </>
  );
}

interface PageLinksProps {
  readonly job: ColorizationJob;
  readonly page: number;
  readonly pages: readonly number[];
}

function PageLinks({ job, page, pages }: PageLinksProps) {
  const words = useColorizationWords();
  const before = pages.filter((number) => number < page).at(-1);
  const after = pages.find((number) => number > page);
  const to = "/console/colorization/jobs/$jobId/pages/$pageNum";
  const params = (number: number) => ({ jobId: job.job_id, pageNum: String(number) });
  return (
    <p className="actions page-links">
      <Link to="/console/colorization/jobs/$jobId" params={{ jobId: job.job_id }}>
        {job.chapter_id}
      </Link>
      {before !== undefined && (
        <Link to={to} params={params(before)}>
          {words.previousPage}
        </Link>
      )}
      {after !== undefined && (
        <Link to={to} params={params(after)}>
          {words.nextPage}
        </Link>
      )}
    </p>
  );
}
