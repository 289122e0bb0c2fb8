import type { Transaction } from "kysely";
import type { Database } from "../../../platform/db/database.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { EffectiveConfig } from "../config/training-config.ts";
import type { ImageResult, ValidationReport } from "../engine/port.ts";
import { type Checkpoint, ENDED, type EpochFigures, type RunFacts } from "../training-job.ts";
import { finiteOrNull, toCheckpoint } from "./job-rows.ts";
import type { TrainingTables } from "./tables.ts";

type Tx = Transaction<TrainingTables>;

/** Which attempt of which job speaks: what an older one says is dropped. */
export interface Speaker {
  readonly jobId: number;
  /** Null where nobody counts attempts: any attempt of a job that has not ended. */
  readonly attempt: number | null;
}

export type Ending =
  | { readonly status: "completed"; readonly finalAccuracy: number | null }
  | { readonly status: "stopped" }
  | {
      readonly status: "failed";
      readonly code: string;
      readonly message: string;
      readonly traceback: string | null;
    };

export interface NewValidation {
  readonly epoch: number;
  /** The primary metric's value. */
  readonly value: number | null;
  readonly report: ValidationReport;
  readonly images: readonly (ImageResult & { readonly sha256: string | null })[];
}

const ROWS_AT_ONCE = 500;
/** Results of single pictures that one job keeps; the oldest validations lose theirs first, the best one never. */
const KEPT_IMAGE_ROWS = 200_000;

/** Writes what a run says. Every method is one transaction and does nothing when the speaker is not heard any more. */
export class RunWriter {
  readonly #database: Database<TrainingTables>;
  readonly #clock: Clock;
  readonly #keptImageRows: number;

  constructor(database: Database<TrainingTables>, clock: Clock, keptImageRows = KEPT_IMAGE_ROWS) {
    this.#database = database;
    this.#clock = clock;
    this.#keptImageRows = keptImageRows;
  }

  /** What the trainer found when it began. */
  async begin(speaker: Speaker, facts: RunFacts, effective: EffectiveConfig | null): Promise<boolean> {
    const now = this.#clock.now();
    return this.#heard(speaker, async (tx, { attempt }) => {
      await tx
        .updateTable("training_jobs")
        .set((row) => ({
          status: "running",
          attempt: Math.max(attempt, 1),
          started_at: row.fn.coalesce("started_at", row.val(now)),
          run_facts: JSON.stringify(facts),
          heard_at: now,
          ...(effective === null ? {} : { effective_config: JSON.stringify(effective) }),
        }))
        .where("id", "=", speaker.jobId)
        .execute();
    });
  }

  /** Figures of an epoch, all or some: what is told later joins what is there. */
  async recordEpoch(speaker: Speaker, figures: EpochFigures): Promise<boolean> {
    return this.#heard(speaker, async (tx) => {
      await mergeFigures(tx, speaker.jobId, figures, this.#clock.now());
      await tx
        .updateTable("training_jobs")
        .set({ current_epoch: figures.epoch, heard_at: this.#clock.now() })
        .where("id", "=", speaker.jobId)
        .where("current_epoch", "<", figures.epoch)
        .execute();
    });
  }

  async recordStep(
    speaker: Speaker,
    step: { epoch: number; step: number; loss: number | null; learningRate: number | null },
  ): Promise<boolean> {
    const values = { loss: finiteOrNull(step.loss), learning_rate: finiteOrNull(step.learningRate) };
    return this.#heard(speaker, async (tx) => {
      await tx
        .insertInto("training_steps")
        .values({ job_id: speaker.jobId, epoch: step.epoch, step: step.step, ...values })
        .onConflict((conflict) => conflict.columns(["job_id", "epoch", "step"]).doUpdateSet(values))
        .execute();
    });
  }

  /**
   * Lines of the log; also of a job that has ended: a last word explains an end.
   * @param delivery tells a repeated delivery from another line with the same words
   */
  async log(
    jobId: number,
    lines: readonly { logType: string; level: string; message: string }[],
    delivery?: { readonly attempt: number; readonly sequence: number },
  ): Promise<void> {
    const now = this.#clock.now();
    const rows = lines.map(({ logType, level, message }) => ({
      job_id: jobId,
      log_type: logType,
      level,
      message,
      created_at: now,
    }));
    await this.#database.transaction(async (tx) => {
      if (delivery !== undefined && !(await isFirst(tx, jobId, delivery, now))) return;
      await tx.insertInto("training_logs").values(rows).execute();
    });
  }

  /** The checkpoint's roles leave those that had them. @returns the names of checkpoints that nobody needs any more */
  async recordCheckpoint(
    speaker: Speaker,
    checkpoint: Omit<Checkpoint, "jobId" | "createdAt">,
    keep: number,
  ): Promise<readonly string[] | null> {
    let unneeded: readonly string[] = [];
    const heard = await this.#heard(speaker, async (tx) => {
      const known = await tx
        .selectFrom("training_checkpoints")
        .selectAll()
        .where("job_id", "=", speaker.jobId)
        .where("roles", "<>", "")
        .execute();
      const passed = passRoles(known.map(toCheckpoint), checkpoint, keep);
      for (const { name, roles } of passed) await setRoles(tx, speaker.jobId, name, roles);
      const values = {
        epoch: checkpoint.epoch,
        roles: checkpoint.roles.join(" "),
        metric: finiteOrNull(checkpoint.metric),
        bytes: checkpoint.bytes,
        sha256: checkpoint.sha256,
        created_at: this.#clock.now(),
      };
      await tx
        .insertInto("training_checkpoints")
        .values({ job_id: speaker.jobId, name: checkpoint.name, ...values })
        .onConflict((conflict) => conflict.columns(["job_id", "name"]).doUpdateSet(values))
        .execute();
      unneeded = passed.filter(({ roles }) => roles.length === 0).map(({ name }) => name);
      await tx
        .updateTable("training_jobs")
        .set({
          heard_at: this.#clock.now(),
          ...(checkpoint.roles.includes("last") ? { resume_from: checkpoint.name } : {}),
          ...(checkpoint.roles.includes("best")
            ? { best_metric: finiteOrNull(checkpoint.metric), best_epoch: checkpoint.epoch }
            : {}),
        })
        .where("id", "=", speaker.jobId)
        .execute();
      if (unneeded.length > 0) {
        await tx
          .deleteFrom("training_checkpoints")
          .where("job_id", "=", speaker.jobId)
          .where("name", "in", unneeded)
          .execute();
      }
    });
    return heard ? unneeded : null;
  }

  /** A validation with how each picture went; a repeated one replaces the first. */
  async recordValidation(speaker: Speaker, validation: NewValidation): Promise<boolean> {
    return this.#heard(speaker, async (tx) => {
      await dropValidation(tx, speaker.jobId, validation.epoch);
      const { id } = await tx
        .insertInto("training_validations")
        .values({
          job_id: speaker.jobId,
          epoch: validation.epoch,
          value: finiteOrNull(validation.value),
          loss: finiteOrNull(validation.report.loss),
          report: JSON.stringify(validation.report),
          image_count: validation.images.length,
          created_at: this.#clock.now(),
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      const rows = validation.images.map((image) => ({
        validation_id: id,
        path: image.path,
        sha256: image.sha256,
        true_label: image.trueLabel,
        predicted_label: image.predictedLabel,
        confidence: finiteOrNull(image.confidence) ?? 0,
        is_correct: Number(image.trueLabel === image.predictedLabel),
        loss: finiteOrNull(image.loss),
        top: JSON.stringify(image.top.map(({ label, confidence }) => [label, confidence])),
      }));
      for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
        await tx
          .insertInto("training_validation_images")
          .values(rows.slice(at, at + ROWS_AT_ONCE))
          .execute();
      }
      await forgetOldImages(tx, speaker.jobId, id, this.#keptImageRows);
      await tx
        .updateTable("training_jobs")
        .set({
          final_accuracy: finiteOrNull(validation.report.metrics.accuracy),
          heard_at: this.#clock.now(),
        })
        .where("id", "=", speaker.jobId)
        .execute();
    });
  }

  /** The end, once: a job that has ended stays as it is. */
  async end(speaker: Speaker, ending: Ending): Promise<boolean> {
    return this.#heard(speaker, async (tx) => {
      await tx
        .updateTable("training_jobs")
        .set({
          status: ending.status,
          completed_at: this.#clock.now(),
          stop_requested: 0,
          ticket: null,
          callback_token: null,
          ...(ending.status === "completed" && ending.finalAccuracy !== null
            ? { final_accuracy: ending.finalAccuracy }
            : {}),
          ...(ending.status === "failed"
            ? { error_code: ending.code, error_message: ending.message, traceback: ending.traceback }
            : {}),
        })
        .where("id", "=", speaker.jobId)
        .execute();
    });
  }

  /**
   * Does the work while the speaker's attempt is the job's, and the job neither waits in the queue nor has ended: what is
   * said then is a late word of an earlier attempt.
   */
  async #heard(
    { jobId, attempt }: Speaker,
    work: (tx: Tx, job: { attempt: number }) => Promise<void>,
  ): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const job = await tx
        .selectFrom("training_jobs")
        .select(["attempt", "status"])
        .where("id", "=", jobId)
        .forUpdate()
        .executeTakeFirst();
      if (job === undefined || ["queued", ...ENDED].includes(job.status)) return false;
      if (attempt !== null && attempt !== job.attempt) return false;
      await work(tx, job);
      return true;
    });
  }
}

async function isFirst(
  tx: Tx,
  jobId: number,
  { attempt, sequence }: { attempt: number; sequence: number },
  now: number,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("training_deliveries")
    .values({ job_id: jobId, attempt, sequence, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

async function mergeFigures(tx: Tx, jobId: number, figures: EpochFigures, now: number): Promise<void> {
  const known = await tx
    .selectFrom("training_metrics")
    .selectAll()
    .where("job_id", "=", jobId)
    .where("epoch", "=", figures.epoch)
    .executeTakeFirst();
  const extra = Object.entries(figures.extra).filter(([, value]) => Number.isFinite(value));
  const values = {
    loss: finiteOrNull(figures.loss) ?? known?.loss ?? null,
    accuracy: finiteOrNull(figures.accuracy) ?? known?.accuracy ?? null,
    learning_rate: finiteOrNull(figures.learningRate) ?? known?.learning_rate ?? null,
    extra: JSON.stringify({ ...JSON.parse(known?.extra ?? "{}"), ...Object.fromEntries(extra) }),
  };
  await tx
    .insertInto("training_metrics")
    .values({ job_id: jobId, epoch: figures.epoch, created_at: now, ...values })
    .onConflict((conflict) => conflict.columns(["job_id", "epoch"]).doUpdateSet(values))
    .execute();
}

/** What the known checkpoints are left with once a new one has come. */
function passRoles(
  known: readonly Checkpoint[],
  added: Pick<Checkpoint, "name" | "roles">,
  keep: number,
): Pick<Checkpoint, "name" | "roles">[] {
  const others = known.filter(({ name }) => name !== added.name);
  const periodic = others
    .filter(({ roles }) => roles.includes("periodic"))
    .sort((a, b) => b.epoch - a.epoch)
    .slice(0, Math.max(0, keep - Number(added.roles.includes("periodic"))))
    .map(({ name }) => name);
  return others.map(({ name, roles }) => ({
    name,
    roles: roles.filter((role) =>
      role === "periodic" ? periodic.includes(name) : !added.roles.includes(role),
    ),
  }));
}

async function setRoles(tx: Tx, jobId: number, name: string, roles: readonly string[]): Promise<void> {
  await tx
    .updateTable("training_checkpoints")
    .set({ roles: roles.join(" ") })
    .where("job_id", "=", jobId)
    .where("name", "=", name)
    .execute();
}

async function dropValidation(tx: Tx, jobId: number, epoch: number): Promise<void> {
  const old = await tx
    .selectFrom("training_validations")
    .select("id")
    .where("job_id", "=", jobId)
    .where("epoch", "=", epoch)
    .executeTakeFirst();
  if (old === undefined) return;
  await tx.deleteFrom("training_validation_images").where("validation_id", "=", old.id).execute();
  await tx.deleteFrom("training_validations").where("id", "=", old.id).execute();
}

/** Old validations lose their pictures' results, not their figures, once there are too many of them. */
async function forgetOldImages(tx: Tx, jobId: number, added: number, most: number): Promise<void> {
  const { best_epoch: best } = await tx
    .selectFrom("training_jobs")
    .select("best_epoch")
    .where("id", "=", jobId)
    .executeTakeFirstOrThrow();
  const newestFirst = await tx
    .selectFrom("training_validations")
    .select(["id", "epoch", "image_count"])
    .where("job_id", "=", jobId)
    .where("image_count", ">", 0)
    .orderBy("epoch", "desc")
    .execute();
  let kept = 0;
  for (const { id, epoch, image_count: count } of newestFirst) {
    kept += count;
    if (kept <= most || epoch === best || id === added) continue;
    await tx.deleteFrom("training_validation_images").where("validation_id", "=", id).execute();
    await tx.updateTable("training_validations").set({ image_count: 0 }).where("id", "=", id).execute();
    kept -= count;
  }
}
