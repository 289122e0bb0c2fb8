import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import type { z } from "zod";
import * as contract from "../../../src/contracts/integrity/index.ts";
import { useClient } from "../api/session.tsx";
import { Failure } from "../parts/failure.tsx";
import { Page } from "../parts/page.tsx";
import { type Column, VirtualTable } from "../parts/virtual-table.tsx";
import { type Figures, useFigures } from "../words/numbers.ts";
import { CaseFilters, type Filters } from "./case-filters.tsx";
import { instantOf } from "./instants.ts";
import { IntegrityLinks } from "./integrity-links.tsx";
import { LevelTag } from "./level-tag.tsx";
import { useIntegrityWords } from "./words.ts";

type CaseSummary = z.output<typeof contract.CaseSummary>;

const PAGE_SIZE = 200;

/** Every case, newest first: narrowed by filters, loaded while one scrolls. */
export function CasesPage() {
  const words = useIntegrityWords();
  const figures = useFigures();
  const client = useClient();
  const [filters, setFilters] = useState<Filters>({});
  const wanted = useDeferredValue(filters);
  const cases = useInfiniteQuery({
    queryKey: ["integrity", "cases", wanted],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      client.call(contract.listCases, { ...given(wanted), limit: PAGE_SIZE, cursor }),
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    placeholderData: (before) => before,
  });
  const rows = cases.data?.pages.flatMap((page) => page.cases) ?? [];
  const total = cases.data?.pages[0]?.total ?? 0;
  return (
    <Page
      title={words.cases}
      actions={
        <>
          <a className="button" href={`/api/export/cases?${new URLSearchParams(given(wanted))}`} download>
            {words.exportCsv}
          </a>
          <Link to="/console/integrity/new" className="button primary">
            {words.newCase}
          </Link>
        </>
      }
    >
      <IntegrityLinks />
      <CaseFilters filters={filters} onChange={setFilters} />
      {cases.error !== null && <Failure error={cases.error} onRetry={() => void cases.refetch()} />}
      {cases.data !== undefined && (
        <>
          <p className="total" role="status">
            {words.total(figures.number(total, 0))}
          </p>
          <VirtualTable
            label={words.cases}
            rows={rows}
            columns={columnsIn(words, figures)}
            keyOf={({ case_id }) => case_id}
            onEnd={() => cases.hasNextPage && !cases.isFetching && void cases.fetchNextPage()}
          />
        </>
      )}
    </Page>
  );
}

/** Filters that say something. */
function given(filters: Filters): Record<string, string> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ""));
}

function columnsIn(
  words: ReturnType<typeof useIntegrityWords>,
  figures: Figures,
): readonly Column<CaseSummary>[] {
  return [
    {
      title: words.title,
      width: "minmax(10rem, 3fr)",
      cell: ({ case_id, title }) => (
        <Link to="/console/integrity/cases/$caseId" params={{ caseId: case_id }}>
          {title || words.untitled}
        </Link>
      ),
    },
    { title: words.author, width: "minmax(6rem, 2fr)", cell: ({ author }) => author },
    { title: words.role, width: "minmax(6rem, 2fr)", cell: ({ role }) => words.roles[role] },
    {
      title: words.product,
      width: "minmax(6rem, 2fr)",
      cell: ({ product_type }) => words.products[product_type],
    },
    { title: words.score, width: "5rem", numeric: true, cell: (row) => figures.number(row.overall_score, 0) },
    { title: words.level, width: "6.5rem", cell: (row) => <LevelTag level={row.overall_level} /> },
    { title: words.analysed, width: "14rem", cell: (row) => figures.time(instantOf(row.analyzed_at)) },
  ];
}
