import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import * as contract from "../../../contracts/colorization/index.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { Answer, type BoundRoute, type RouteRequest, route } from "../../../platform/http/bound-route.ts";
import { type AcceptJobDeps, acceptJob } from "../actions/accept-job.ts";
import type { PageFileDeps } from "../actions/page-files.ts";
import { readOrder } from "../actions/read-order.ts";
import { removeJob } from "../actions/remove-job.ts";
import { rerunPage } from "../actions/rerun-page.ts";
import { findSettled } from "../actions/settle-job.ts";
import { type ChapterJob, ENDED, type JobKind, jobFolder } from "../chapter-job.ts";
import { invalidRequest, jobNotFound } from "../errors.ts";
import { readComicInfo } from "../files/comic/comic-info.ts";
import { presentJob, stamp } from "../present.ts";
import { pageArchive } from "./page-archive.ts";

export interface JobRouteDeps extends AcceptJobDeps, PageFileDeps {}

const LOOK_EVERY_MS = 500;
const KEEP_ALIVE_LOOKS = 30;
const MAX_KEY = 200;
/** Paths that take jobs: no job has such an id. */
const KINDS: readonly string[] = ["two-pass", "pass1", "pass2"] satisfies JobKind[];

/** contracts/colorization.md "Jobs Two-Pass", "Execução por etapa". */
export function jobRoutes(deps: JobRouteDeps): BoundRoute[] {
  const submit = (kind: JobKind) => async (request: RouteRequest<typeof contract.twoPassJob>) => {
    const { strict, ...body } = request.input;
    const job = await acceptJob(deps, {
      order: readOrder(kind, body),
      clientId: null,
      idempotencyKey: idempotencyKeyOf(request.headers["idempotency-key"]),
      body: { kind, ...body },
      strict: strict !== undefined && ["1", "true"].includes(strict),
    });
    return accepted(job);
  };
  const find = async (id: string): Promise<ChapterJob> => {
    if (KINDS.includes(id))
      throw userError("method_not_allowed", 405, "Method Not Allowed", { allowed: ["POST"] });
    const job = await findSettled(deps, id);
    if (job === null) throw jobNotFound(id);
    return job;
  };
  const present = async (job: ChapterJob) => presentJob(job, await deps.jobs.listPages(job.id));

  return [
    route(contract.twoPassJob, submit("two-pass")),
    route(contract.pass1Job, submit("pass1") as never),
    route(contract.pass2Job, submit("pass2") as never),

    route(contract.listColorizationJobs, async ({ input }) => {
      const { limit, offset, chapter_id: chapterId } = input;
      const { jobs, total } = await deps.jobs.listJobs(chapterId, { limit, offset });
      return { jobs: await Promise.all(jobs.map(present)), total };
    }),

    route(contract.getColorizationJob, async ({ input }) => present(await find(input.job_id))),

    route(contract.colorizationArtifacts, async ({ input }) => {
      const job = await find(input.job_id);
      const folders = [
        ["metadata_dir", "metadata"],
        ["masks_dir", "masks"],
        ["pass2_dir", "pass2"],
        ["input_dir", "inputs"],
      ] as const;
      const artifacts = await Promise.all(
        folders.map(async ([kind, name]) => {
          const key = `${jobFolder(job.id)}/${name}`;
          return { kind, path: deps.pathPrefix + key, exists: await hasFiles(deps, key) };
        }),
      );
      return { job_id: job.id, chapter_id: job.chapterId, status: job.status, artifacts };
    }),

    route(contract.cancelColorizationJob, async ({ input }) => {
      const job = await find(input.job_id);
      if (ENDED.includes(job.status)) {
        throw userError("job_ended", 409, `The job is ${job.status} already`, { job_id: job.id });
      }
      if (job.ticket !== null) await deps.queue.cancel(job.ticket);
      // one that waited has no worker that could say so
      const ticket = job.ticket === null ? null : await deps.queue.get(job.ticket);
      if (ticket === null || ticket.finishedAt !== null) await deps.jobs.end(job.id, "cancelled", null);
      return present(await find(job.id));
    }),

    route(contract.deleteColorizationJob, async ({ input }) => {
      const job = await find(input.job_id);
      if (!(await removeJob(deps, job))) {
        throw userError("job_running", 409, "The job has not ended: cancel it first", { job_id: job.id });
      }
      return { job_id: job.id, deleted: true as const };
    }),

    route(contract.rerunPage, async ({ input }) => {
      const { job_id: id, page_num: text, ...changes } = input;
      if (!/^\d{1,9}$/.test(text)) throw userError("not_found", 404, "Endpoint not found");
      return accepted(await rerunPage(deps, await find(id), Number(text), changes));
    }),

    route(contract.colorizationEvents, async ({ input, signal }) => {
      await find(input.job_id);
      return Answer.bytes(
        "text/event-stream; charset=utf-8",
        Readable.from(events(deps, input.job_id, signal)),
        {
          "cache-control": "no-store",
        },
      );
    }),

    route(contract.colorizationArchive, async ({ input }) => {
      const job = await find(input.job_id);
      const pages = await deps.jobs.listPages(job.id);
      const comicInfo = await readComicInfo(deps.store, jobFolder(job.id));
      return pageArchive(deps.store, job.chapterId, pages, input, comicInfo);
    }),
  ];
}

function accepted(job: ChapterJob): Answer {
  return new Answer(202, { job_id: job.id, status: "queued" as const, created_at: stamp(job.createdAt) });
}

function idempotencyKeyOf(header: string | readonly string[] | undefined): string | null {
  const key = typeof header === "string" ? header.trim() : "";
  if (key.length > MAX_KEY)
    throw invalidRequest("Idempotency-Key", `Idempotency-Key has more than ${MAX_KEY} characters`);
  return key === "" ? null : key;
}

async function hasFiles({ store }: PageFileDeps, prefix: string): Promise<boolean> {
  for await (const _file of store.list(prefix)) return true;
  return false;
}

/** `progress` whenever something has changed; ends with the job. */
async function* events(deps: JobRouteDeps, id: string, signal: AbortSignal): AsyncGenerator<string> {
  let told = "";
  for (let looks = 1; !signal.aborted; looks++) {
    const job = await findSettled(deps, id);
    if (job === null) return;
    const now = JSON.stringify(presentJob(job, await deps.jobs.listPages(id)));
    if (now !== told) yield `event: progress\ndata: ${now}\n\n`;
    else if (looks % KEEP_ALIVE_LOOKS === 0) yield ": \n\n";
    told = now;
    if (ENDED.includes(job.status)) return;
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
