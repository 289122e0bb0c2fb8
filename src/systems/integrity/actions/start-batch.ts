import { createHash } from "node:crypto";
import { LIMITS } from "../../../contracts/integrity/index.ts";
import type { Database } from "../../../platform/db/database.ts";
import { isFault } from "../../../platform/db/database-error.ts";
import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import type { JobQueue } from "../../../platform/jobs/job-queue.ts";
import type { Clock, Ids } from "../../../platform/ports.ts";
import type { BatchRecord, BatchStore } from "../store/batch-store.ts";
import type { IntegrityTables } from "../store/tables.ts";
import { readSubmission, type SentSubmission, type Submission } from "../submission.ts";

export const BATCH_JOB = "integrity.batch";

export interface BatchPlan {
  readonly batchId: string;
  readonly actor: string;
}

export interface StartBatchDeps {
  readonly database: Database<IntegrityTables>;
  readonly batches: BatchStore;
  readonly jobs: JobQueue;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly settings: { readonly maxTextLength: number };
}

export interface BatchRequest {
  readonly documents: unknown;
  readonly idempotencyKey: string | null;
  readonly actor: string;
}

const MOST_KEY_CHARACTERS = 200;

/**
 * Stores many submissions and the job that analyses them. The same key with the same documents gives the batch that
 * was begun before.
 * @throws QuatrainError `invalid_request`, `invalid_text` (400) naming the document; `idempotency_conflict` (409)
 */
export async function startBatch(deps: StartBatchDeps, request: BatchRequest): Promise<BatchRecord> {
  const submissions = readDocuments(request.documents, deps.settings.maxTextLength);
  const idempotencyKey = readKey(request.idempotencyKey);
  const bodyHash = createHash("sha256").update(JSON.stringify(request.documents)).digest("hex");
  const before = idempotencyKey === null ? null : await findSame(deps, idempotencyKey, bodyHash);
  if (before !== null) return before;
  const id = `batch_${deps.ids.hex(6)}`;
  const batch = { id, idempotencyKey, bodyHash, total: submissions.length, createdAt: deps.clock.now() };
  try {
    return await deps.database.transaction(async (tx) => {
      const plan: BatchPlan = { batchId: id, actor: request.actor };
      const whole = { ...batch, jobId: await deps.jobs.enqueue(tx, BATCH_JOB, plan) };
      await deps.batches.addBatch(tx, whole, submissions);
      return whole;
    });
  } catch (error) {
    // the same key came twice at once: the other one is the batch
    const same = idempotencyKey !== null && isFault(error, "unique");
    const other = same ? await findSame(deps, idempotencyKey, bodyHash) : null;
    if (other !== null) return other;
    throw error;
  }
}

async function findSame(
  { batches }: StartBatchDeps,
  key: string,
  bodyHash: string,
): Promise<BatchRecord | null> {
  const found = await batches.findByIdempotencyKey(key);
  if (found === null || found.bodyHash === bodyHash) return found;
  throw userError(
    "idempotency_conflict",
    409,
    "This Idempotency-Key was used for other documents: use a new key for a new batch",
  );
}

function readKey(key: string | null): string | null {
  if (key === null || key.length <= MOST_KEY_CHARACTERS) return key;
  throw userError(
    "invalid_request",
    400,
    `Idempotency-Key must be at most ${MOST_KEY_CHARACTERS} characters`,
  );
}

function readDocuments(sent: unknown, maxTextLength: number): Submission[] {
  if (!Array.isArray(sent) || sent.length === 0 || sent.length > LIMITS.batch) {
    throw userError("invalid_request", 400, `documentos must be a list of 1 to ${LIMITS.batch} documents`);
  }
  return sent.map((document: unknown, index) => readDocument(document, index, maxTextLength));
}

/** All documents are right, or none is taken: the fault names its place. */
function readDocument(document: unknown, index: number, maxTextLength: number): Submission {
  try {
    const isObject = typeof document === "object" && document !== null && !Array.isArray(document);
    return readSubmission(isObject ? (document as SentSubmission) : {}, { maxTextLength, strict: false });
  } catch (error) {
    if (!(error instanceof QuatrainError)) throw error;
    throw userError(error.code, error.status, `documentos[${index}]: ${error.message}`);
  }
}
