import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import * as platform from "../../../src/contracts/platform/index.ts";
import { useClient } from "./session.tsx";

export type Job = z.output<typeof platform.Job>;

const LOOK_MS = 3_000;

/** Background work of every system that the reader may see, newest first; looked at again while some is under way. */
export function useJobs(limit: number) {
  const client = useClient();
  return useQuery({
    queryKey: ["jobs", limit],
    queryFn: async () => (await client.call(platform.listJobs, { limit })).jobs,
    refetchInterval: LOOK_MS,
  });
}

/** Whether a job still waits or runs. */
export function isUnderWay({ state }: Job): boolean {
  return state === "queued" || state === "running";
}
