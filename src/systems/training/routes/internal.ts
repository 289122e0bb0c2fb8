import * as contract from "../../../contracts/training/index.ts";
import { hashOfFile } from "../../../ml/weights/store/weights-folder.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { Answer, type BoundRoute, type RouteRequest, route } from "../../../platform/http/bound-route.ts";
import { authoriseCallback, type CallbackAuthDeps } from "../actions/authorise-callback.ts";
import { checkpointPath } from "../actions/find-checkpoint.ts";
import { readManifest } from "../actions/freeze-dataset.ts";
import { type Callback, safeName, takeCallback } from "../actions/take-callback.ts";
import type { TakeEventDeps } from "../actions/take-event.ts";
import { blobKey } from "../dataset-record.ts";
import { checkpointNotFound, datasetFileNotFound, fieldFault } from "../errors.ts";
import type { DatasetWriter } from "../store/dataset-writer.ts";
import { checkpointKey, type TrainingJob } from "../training-job.ts";

export interface InternalRouteDeps extends CallbackAuthDeps, TakeEventDeps {
  readonly datasetWriter: DatasetWriter;
  readonly pathPrefix: string;
}

/** How the older forms call what the document calls events. */
const STATES: Readonly<Record<string, string>> = {
  running: "started",
  completed: "completed",
  failed: "failed",
  stopped: "stopped",
  cancelled: "stopped",
};

/** contracts/training.md "Internal API" and its two older forms; and what a worker elsewhere needs. */
export function internalRoutes(deps: InternalRouteDeps): BoundRoute[] {
  const jobOf = ({ headers }: Pick<RouteRequest, "headers">, id: number) =>
    authoriseCallback(deps, headers, id);
  const take = async (request: Pick<RouteRequest, "headers">, id: number, callbacks: readonly Callback[]) => {
    const job = await jobOf(request, id);
    for (const callback of callbacks) await takeCallback(deps, job, callback);
    return { status: "received" as const, job_id: id };
  };

  return [
    route(contract.trainingCallback, (request) => {
      const { job_id: id, event, data, attempt, sequence } = request.input;
      return take(request, id, [{ event, data, attempt: attempt ?? null, sequence: sequence ?? null }]);
    }),

    route(contract.postTrainingMetrics, (request) => {
      const { job_id: id, epoch, metric_name: name, metric_value: value, ...fields } = request.input;
      const single = name == null ? {} : oneMetric(name, value ?? null);
      const { step: _step, ...rest } = fields;
      return take(request, id, [older("epoch_complete", { ...definedOnly(rest), ...single, epoch })]);
    }),

    route(contract.postTrainingLogs, (request) => {
      const { job_id: id, message, content, level, log_type: type } = request.input;
      const text = message ?? content;
      if (text == null) throw fieldFault("message", "Field required");
      return take(request, id, [older("log", { message: text, level, log_type: type })]);
    }),

    route(contract.patchTrainingStatus, (request) => {
      const { job_id: id, status, ...fields } = request.input;
      return take(request, id, [older(eventOf(status), definedOnly(fields))]);
    }),

    route(contract.progressCallback, (request) => {
      const { job_id: id, current_epoch: epoch, metrics } = request.input;
      const begun = older("started", {});
      const figures = older("epoch_complete", { ...definedOnly(metrics ?? {}), epoch });
      return take(request, id, epoch === 0 ? [begun] : [begun, figures]);
    }),

    route(contract.completionCallback, (request) => {
      const { job_id: id, status, final_metrics: metrics, error_message, traceback } = request.input;
      const accuracy = metrics?.accuracy ?? metrics?.val_accuracy;
      return take(request, id, [
        older(eventOf(status), { error_message, traceback, final_accuracy: accuracy ?? null }),
      ]);
    }),

    route(contract.logsCallback, (request) => {
      const { job_id: id, message, level } = request.input;
      const line = { message, level: level?.toLowerCase() };
      return take(request, id, [older("log", line)]);
    }),

    route(contract.internalManifest, async (request) => {
      const job = await jobOf(request, request.input.job_id);
      const manifest = await readManifest(deps.store, snapshotOf(job));
      return { ...manifest, images: manifest.images.filter(({ label }) => label >= 0) };
    }),

    route(contract.internalBlob, async (request) => {
      const job = await jobOf(request, request.input.job_id);
      const { digest } = request.input;
      if (!(await deps.datasetWriter.holdsBlob(snapshotOf(job), digest))) throw datasetFileNotFound(digest);
      return Answer.bytes("application/octet-stream", await deps.store.open(blobKey(digest)));
    }),

    route(contract.internalGetCheckpoint, async (request) => {
      const job = await jobOf(request, request.input.job_id);
      const key = checkpointKey(job, safeName(request.input.name));
      if ((await deps.store.stat(key)) === null) throw checkpointNotFound("There is no such file");
      return Answer.bytes("application/octet-stream", await deps.store.open(key));
    }),

    route(contract.internalPutCheckpoint, async (request) => {
      const job = await jobOf(request, request.input.job_id);
      const name = safeName(request.input.name);
      const file = request.files.body[0]!;
      const sha256 = await hashOfFile(file.path);
      const claimed = request.headers["x-content-sha256"];
      if (typeof claimed === "string" && claimed.toLowerCase() !== sha256) {
        throw userError(
          "checksum_mismatch",
          400,
          "The file is not what X-Content-SHA256 says: send it again",
        );
      }
      await deps.store.adopt(checkpointKey(job, name), file.path);
      return { name, path: checkpointPath(deps.pathPrefix, job, name), sha256, bytes: file.bytes };
    }),
  ];
}

/** An event of a sender that counts neither attempts nor deliveries. */
function older(event: string, data: Readonly<Record<string, unknown>>): Callback {
  return { event, data, attempt: null, sequence: null };
}

function eventOf(status: string): string {
  const word = status.toLowerCase();
  const event = Object.hasOwn(STATES, word) ? STATES[word] : undefined;
  if (event === undefined) {
    throw fieldFault("status", `There is no such state: ${Object.keys(STATES).join(", ")}`);
  }
  return event;
}

function oneMetric(name: string, value: number | null): Record<string, unknown> {
  const known = ["loss", "accuracy", "learning_rate"].includes(name);
  return known ? { [name]: value } : { extra_metrics: { [name]: value } };
}

function definedOnly(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}

function snapshotOf({ id, snapshot }: TrainingJob): string {
  if (snapshot !== null) return snapshot;
  throw userError("invalid_status", 409, `Training job ${id} has not been started`);
}
