import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import type { AnswerOf } from "../../../../src/contracts/route.ts";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { Field } from "../../parts/field.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Tag } from "../../parts/tag.tsx";
import { type Column, VirtualTable } from "../../parts/virtual-table.tsx";
import { useFigures } from "../../words/numbers.ts";
import { useWords } from "../../words/shell.ts";
import { KEYS } from "../queries.ts";
import { TrainingPage, useIsSignedIn } from "../training-page.tsx";
import { useTrainingWords } from "../words.ts";
import { NewDataset } from "./new-dataset.tsx";

type Summary = AnswerOf<typeof contract.listDatasets>["datasets"][number];

const AT_ONCE = 100;

/** Every dataset that the reader may see, and a form for another. */
export function DatasetsPage() {
  const words = useTrainingWords();
  const shell = useWords();
  const client = useClient();
  const enabled = useIsSignedIn();
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed);
  const datasets = useInfiniteQuery({
    enabled,
    queryKey: [...KEYS.datasets, search],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      client.call(contract.listDatasets, {
        skip: pageParam,
        limit: AT_ONCE,
        search: search === "" ? undefined : search,
      }),
    getNextPageParam: ({ skip, datasets: list, total }) =>
      skip + list.length < total ? skip + list.length : undefined,
    placeholderData: (shown) => shown,
  });
  const more = () => {
    if (datasets.hasNextPage && !datasets.isFetching) void datasets.fetchNextPage();
  };
  return (
    <TrainingPage title={words.datasets}>
      <div className="stack">
        <NewDataset />
        <div className="filters">
          <Field label={shell.search}>
            <input type="search" value={typed} onChange={(event) => setTyped(event.target.value)} />
          </Field>
        </div>
        <Loaded query={datasets}>
          {({ pages }) => <DatasetTable datasets={pages.flatMap((page) => page.datasets)} onEnd={more} />}
        </Loaded>
      </div>
    </TrainingPage>
  );
}

interface DatasetTableProps {
  readonly datasets: readonly Summary[];
  readonly onEnd: () => void;
}

function DatasetTable({ datasets, onEnd }: DatasetTableProps) {
  const words = useTrainingWords();
  const figures = useFigures();
  const columns: readonly Column<Summary>[] = [
    {
      title: words.name,
      width: "minmax(10rem, 2fr)",
      cell: ({ id, name }) => (
        <Link to="/console/training/datasets/$datasetId" params={{ datasetId: id }}>
          {name}
        </Link>
      ),
    },
    { title: words.format, width: "8rem", cell: ({ format }) => format },
    {
      title: words.pictures,
      width: "7rem",
      numeric: true,
      cell: ({ image_count }) => figures.number(image_count, 0),
    },
    {
      title: words.classes,
      width: "7rem",
      numeric: true,
      cell: ({ num_classes }) => figures.number(num_classes, 0),
    },
    { title: words.size, width: "7rem", numeric: true, cell: ({ total_size_bytes: n }) => figures.bytes(n) },
    {
      title: words.problems,
      width: "9rem",
      cell: ({ problem_count: n }) =>
        n > 0 ? <Tag tone="warn">{words.problemCount(n)}</Tag> : <Tag tone="good">{words.noProblems}</Tag>,
    },
    { title: words.created, width: "12.5rem", cell: ({ created_at }) => figures.time(created_at) },
  ];
  return (
    <div className="scroll wide-table">
      <VirtualTable
        label={words.datasets}
        rows={datasets}
        columns={columns}
        keyOf={({ id }) => id}
        onEnd={onEnd}
      />
    </div>
  );
}
