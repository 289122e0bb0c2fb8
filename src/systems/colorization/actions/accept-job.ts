import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { JobQueue } from "../../../platform/jobs/job-queue.ts";
import type { Clock, Ids } from "../../../platform/ports.ts";
import type { ChapterJob, JobOrder } from "../chapter-job.ts";
import type { ClientPaths } from "../client-paths.ts";
import type { JobStore } from "../store/job-store.ts";
import type { UploadStore } from "../store/upload-store.ts";

export interface AcceptJobDeps {
  readonly jobs: JobStore;
  readonly uploads: UploadStore;
  readonly paths: ClientPaths;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface Submission {
  readonly order: JobOrder;
  readonly clientId: string | null;
  readonly idempotencyKey: string | null;
  /** What the client sent, to tell a repetition from another request with the same key. */
  readonly body: unknown;
  /** Refuse at once what does not exist. */
  readonly strict: boolean;
}

/** The kind of the platform's jobs that colour chapters. */
export const COLOUR_CHAPTER = "colorization.colour";

/**
 * Keeps a job and puts it into the queue. Paths have to lie inside the roots; whether they exist is the worker's to find
 * out, unless `strict`.
 * @throws QuatrainError `path_not_allowed`, `input_missing` (422, strict), `idempotency_conflict` (409)
 */
export async function acceptJob(deps: AcceptJobDeps, submission: Submission): Promise<ChapterJob> {
  const { order, clientId, idempotencyKey, body, strict } = submission;
  await demandInside(deps, order, strict);
  const bodyHash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
  const { job, bodyHash: known } = await deps.jobs.addJob(
    {
      id: jobId(deps),
      order,
      clientId,
      idempotency: idempotencyKey === null ? null : { key: idempotencyKey, bodyHash },
    },
    (id, tx) => deps.queue.enqueue(tx, COLOUR_CHAPTER, { job: id }),
  );
  if (idempotencyKey !== null && known !== bodyHash) {
    throw userError("idempotency_conflict", 409, "The Idempotency-Key was used for another request before");
  }
  return job;
}

/** `job_20260101_120000_a1b2c3` */
function jobId({ clock, ids }: AcceptJobDeps): string {
  const [date = "", time = ""] = new Date(clock.now()).toISOString().split("T");
  return `job_${date.replaceAll("-", "")}_${time.slice(0, 8).replaceAll(":", "")}_${ids.hex(3)}`;
}

async function demandInside(deps: AcceptJobDeps, order: JobOrder, strict: boolean): Promise<void> {
  const read: [string, string][] = [
    ...(order.inputDir === null ? [] : [["input_dir", order.inputDir] as [string, string]]),
    ...order.styleReferences.map((path, at): [string, string] => [
      at === 0 ? "style_reference" : "style_references",
      path,
    ]),
    ...(order.characters ?? []).flatMap(({ places }) =>
      places.flatMap(({ picture }): [string, string][] => (picture === null ? [] : [["palette", picture]])),
    ),
  ];
  for (const [field, word] of read) {
    if ((await deps.uploads.find(word)) !== null) continue;
    const place = await deps.paths.locate(field, word);
    if (!strict) continue;
    const exists = await stat(place).then(
      () => true,
      () => false,
    );
    if (!exists) throw userError("input_missing", 422, `${field} does not exist: ${word}`, { field });
  }
  const { kind, metadataOutput } = order;
  // pass 2 alone reads what lies there
  if (kind === "pass2" && metadataOutput !== null) await deps.paths.locate("metadata_output", metadataOutput);
  const written = [
    ["metadata_output", kind === "pass2" ? null : metadataOutput],
    ["pass2_output", order.pass2Output],
    ["masks_output", order.masksOutput],
  ] as const;
  for (const [field, word] of written) if (word !== null) await deps.paths.locateOutput(field, word);
}
