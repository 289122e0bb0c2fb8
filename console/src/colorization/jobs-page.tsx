import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import * as contract from "../../../src/contracts/colorization/index.ts";
import { useClient } from "../api/session.tsx";
import { Failure } from "../parts/failure.tsx";
import { Page } from "../parts/page.tsx";
import { VirtualTable } from "../parts/virtual-table.tsx";
import { useFigures } from "../words/numbers.ts";
import { isUnderWay } from "./jobs.ts";
import { StateTag } from "./state-tag.tsx";
import { useColorizationWords } from "./words.ts";

const PAGE_SIZE = 100;
const LOOK_MS = 5_000;

/** Every job, newest first. */
export function JobsPage() {
  const words = useColorizationWords();
  const figures = useFigures();
  const client = useClient();
  const jobs = useInfiniteQuery({
    queryKey: ["colorization", "jobs"],
    initialPageParam: 0,
    queryFn: ({ pageParam: offset }) =>
      client.call(contract.listColorizationJobs, { limit: PAGE_SIZE, offset }),
    getNextPageParam: ({ total }, _pages, offset) =>
      offset + PAGE_SIZE < total ? offset + PAGE_SIZE : undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.jobs.some(isUnderWay)) ? LOOK_MS : false,
  });
  return (
    <Page
      title={words.jobs}
      actions={
        <Link to="/console/colorization/new" className="button primary">
          {words.newJob}
        </Link>
      }
    >
      {jobs.error !== null && <Failure error={jobs.error} onRetry={() => void jobs.refetch()} />}
      {jobs.data !== undefined && (
        <VirtualTable
          label={words.jobs}
          rows={jobs.data.pages.flatMap((page) => page.jobs)}
          keyOf={({ job_id }) => job_id}
          onEnd={() => jobs.hasNextPage && !jobs.isFetching && void jobs.fetchNextPage()}
          columns={[
            {
              title: words.chapter,
              width: "minmax(10rem, 3fr)",
              cell: ({ job_id, chapter_id }) => (
                <Link to="/console/colorization/jobs/$jobId" params={{ jobId: job_id }}>
                  {chapter_id}
                </Link>
              ),
            },
            { title: words.kind, width: "minmax(8rem, 1fr)", cell: ({ kind }) => words.kinds[kind] },
            { title: words.state, width: "8rem", cell: ({ status }) => <StateTag state={status} /> },
            {
              title: words.pages,
              width: "10rem",
              cell: ({ progress: { pass2_done, total_pages } }) =>
                words.progress(figures.number(pass2_done, 0), figures.number(total_pages, 0)),
            },
            { title: words.created, width: "14rem", cell: ({ created_at }) => figures.time(created_at) },
          ]}
        />
      )}
    </Page>
  );
}
