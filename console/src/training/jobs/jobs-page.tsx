import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { Field } from "../../parts/field.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { useWords } from "../../words/shell.ts";
import { isActive, type JobStatus, KEYS } from "../queries.ts";
import { TrainingPage, useIsSignedIn } from "../training-page.tsx";
import { useTrainingWords } from "../words.ts";
import { JobTable } from "./job-table.tsx";

const AT_ONCE = 100;
const LOOK_MS = 4_000;
/** Colours of curves that can be told apart. */
const MOST_COMPARED = 4;
const STATUSES: readonly JobStatus[] = ["pending", "queued", "running", "completed", "failed", "stopped"];

/** Every training job that the reader may see, newest first. */
export function JobsPage() {
  const words = useTrainingWords();
  const shell = useWords();
  const [search, setSearch] = useState("");
  const [status, setStatus] = useState<JobStatus | "">("");
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const jobs = useJobList(useDeferredValue(search), status);
  const choose = (id: number, isChosen: boolean) =>
    setChosen((ids) => (isChosen ? [...ids, id].slice(-MOST_COMPARED) : ids.filter((other) => other !== id)));
  return (
    <TrainingPage
      title={words.jobs}
      actions={
        <>
          {chosen.length > 1 && (
            <Link to="/console/training/compare" search={{ jobs: chosen.join("-") }} className="button">
              {words.compareN(chosen.length)}
            </Link>
          )}
          <Link to="/console/training/new" search={{ dataset: undefined }} className="button primary">
            {words.newJob}
          </Link>
        </>
      }
    >
      <div className="filters">
        <Field label={shell.search}>
          <input type="search" value={search} onChange={(event) => setSearch(event.target.value)} />
        </Field>
        <Field label={words.state}>
          <select value={status} onChange={(event) => setStatus(event.target.value as JobStatus | "")}>
            <option value="">{words.all}</option>
            {STATUSES.map((name) => (
              <option key={name} value={name}>
                {words.statuses[name]}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <Loaded query={jobs}>
        {({ pages }) => (
          <JobTable
            jobs={pages.flatMap((page) => page.jobs)}
            chosen={chosen}
            onChoose={choose}
            onEnd={() => {
              if (jobs.hasNextPage && !jobs.isFetching) void jobs.fetchNextPage();
            }}
          />
        )}
      </Loaded>
    </TrainingPage>
  );
}

function useJobList(search: string, status: JobStatus | "") {
  const client = useClient();
  const enabled = useIsSignedIn();
  return useInfiniteQuery({
    enabled,
    queryKey: [...KEYS.jobs, search, status],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      client.call(contract.listTrainingJobs, {
        skip: pageParam,
        limit: AT_ONCE,
        search: search === "" ? undefined : search,
        status: status === "" ? undefined : status,
      }),
    getNextPageParam: ({ skip, jobs, total }) =>
      skip + jobs.length < total ? skip + jobs.length : undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ jobs }) => jobs.some(isActive)) ? LOOK_MS : false,
    placeholderData: (shown) => shown,
  });
}
