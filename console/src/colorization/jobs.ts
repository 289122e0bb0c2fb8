import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import * as contract from "../../../src/contracts/colorization/index.ts";
import type { AnswerOf } from "../../../src/contracts/route.ts";
import { useClient } from "../api/session.tsx";

export type ColorizationJob = AnswerOf<typeof contract.getColorizationJob>;

const LOOK_MS = 4_000;

const jobKey = (id: string) => ["colorization", "job", id];

export function isUnderWay({ status }: Pick<ColorizationJob, "status">): boolean {
  return status === "queued" || status === "running";
}

/**
 * A job as it is now: told by the server's events while it is under way, and looked at now and then besides, should a proxy
 * hold the events back.
 */
export function useColorizationJob(id: string) {
  const client = useClient();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: jobKey(id),
    queryFn: () => client.call(contract.getColorizationJob, { job_id: id }),
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data) ? LOOK_MS : false),
  });
  const follows = query.data !== undefined && isUnderWay(query.data);
  useEffect(() => (follows ? followed(id, queries) : undefined), [id, follows, queries]);
  return query;
}

function followed(id: string, queries: QueryClient): () => void {
  const events = new EventSource(`/v1/jobs/${encodeURIComponent(id)}/events`);
  events.addEventListener("progress", ({ data }) => queries.setQueryData(jobKey(id), JSON.parse(data)));
  events.onerror = () => events.close(); // the looking goes on
  return () => events.close();
}

/** Where a page's picture lies. `of` makes another address of it once it was made anew. */
export function pictureUrl(
  chapter: string,
  page: number,
  which: "original" | "colorized" | "mask",
  of: string,
  width?: number,
): string {
  const query = new URLSearchParams({ download: "1", of, ...(width ? { width: String(width) } : {}) });
  return `/v1/chapters/${encodeURIComponent(chapter)}/pages/${page}/${which}?${query}`;
}
