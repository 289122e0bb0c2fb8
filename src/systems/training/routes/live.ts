import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import * as contract from "../../../contracts/training/index.ts";
import { Answer, type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import type { BoundSocket } from "../../../platform/http/sockets.ts";
import { type FollowJobDeps, followJob, type JobNews } from "../actions/follow-job.ts";
import { jobNotFound } from "../errors.ts";
import { findJob } from "../find.ts";
import { viewerOf } from "../viewer.ts";

/** Proxies and browsers close connections that say nothing for long. */
const KEEP_ALIVE_MS = 15_000;

/** spec/training.md section 1, "live": server-sent events. */
export function liveRoutes(deps: FollowJobDeps): BoundRoute[] {
  return [
    route(contract.trainingEvents, async ({ input, principal, signal }) => {
      const job = await findJob(deps, input.job_id, viewerOf(principal));
      const gone = new AbortController();
      const either = AbortSignal.any([signal, gone.signal]);
      const events = Readable.from(withPauses(followJob(deps, job.id, either), either));
      events.once("close", () => gone.abort());
      return Answer.bytes("text/event-stream; charset=utf-8", events, {
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      });
    }),
  ];
}

/** The same as a WebSocket. */
export function liveSockets(deps: FollowJobDeps): BoundSocket[] {
  return [
    {
      path: "/ws/training/:job_id",
      access: "read",
      accept: async ({ params, principal, signal }) => {
        const id = Number(params.job_id);
        if (!Number.isSafeInteger(id) || id < 1) throw jobNotFound(0);
        const job = await findJob(deps, id, viewerOf(principal));
        return followJob(deps, job.id, signal);
      },
    },
  ];
}

/** Events as text, with a comment now and then while there is no news. */
async function* withPauses(news: AsyncGenerator<JobNews>, signal: AbortSignal): AsyncGenerator<string> {
  let next = news.next();
  try {
    for (;;) {
      const pause = new AbortController();
      const first = await Promise.race([
        next,
        delay(KEEP_ALIVE_MS, "pause" as const, { signal: pause.signal }).catch(() => "pause" as const),
      ]);
      pause.abort();
      if (first === "pause") {
        if (signal.aborted) return;
        yield ": \n\n";
        continue;
      }
      if (first.done) return;
      yield `event: ${first.value.type}\ndata: ${JSON.stringify(first.value.data)}\n\n`;
      next = news.next();
    }
  } finally {
    await news.return(undefined);
  }
}
