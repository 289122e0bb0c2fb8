import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWords } from "../words/shell.ts";
import { Failure } from "./failure.tsx";

/**
 * What a query yields, once it is there. Data that was there before stays while the server is away: only a first failure
 * takes its place.
 */
export function Loaded<Data>({
  query,
  children,
}: {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}) {
  const words = useWords();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error !== null) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <p className="loading" role="status">
      {words.loading}
    </p>
  );
}
