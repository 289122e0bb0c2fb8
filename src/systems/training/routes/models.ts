import * as contract from "../../../contracts/training/index.ts";
import { Answer, type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { checkpointPath } from "../actions/find-checkpoint.ts";
import { type ListModelsDeps, type OfferedModel, offeredModels } from "../actions/list-models.ts";
import { type Guess, type TestInferenceDeps, testInference } from "../actions/test-inference.ts";
import { blobKey } from "../dataset-record.ts";
import { fieldFault, imageNotFound, validationNotFound } from "../errors.ts";
import { findJob } from "../find.ts";
import { mediaTypeOf } from "../media-types.ts";
import { presentValidatedImage, presentValidation } from "../present/validation.ts";
import type { RunReader, StoredValidation } from "../store/run-reader.ts";
import type { TrainingJob } from "../training-job.ts";
import { type Viewer, viewerOf } from "../viewer.ts";

export interface ModelRouteDeps extends ListModelsDeps, TestInferenceDeps {
  readonly runs: RunReader;
}

/** contracts/training.md "Model API", "Validation API" and "Inference API". */
export function modelRoutes(deps: ModelRouteDeps): BoundRoute[] {
  return [
    route(contract.listModels, async ({ input }) => {
      const models = (await offeredModels(deps)).filter(
        ({ framework, taskTypes }) =>
          (input.framework === undefined || framework === input.framework.trim().toLowerCase()) &&
          (input.task_type === undefined || taskTypes.includes(input.task_type)),
      );
      return { models: models.map(presentModel), total: models.length };
    }),

    route(contract.validationResults, async ({ input, principal }) => {
      const job = await findJob(deps, input.job_id, viewerOf(principal));
      const validations = await deps.runs.listValidations(job.id, input.limit);
      const checkpoints = await deps.jobs.listCheckpoints(job.id);
      return {
        job_id: job.id,
        results: validations.map((entry) => presentValidation(job, entry, checkpoints, deps.pathPrefix)),
      };
    }),

    route(contract.validationImages, async ({ input, principal }) => {
      const { job, validation } = await find(deps, input.validation_result_id, viewerOf(principal));
      const { skip, limit } = input;
      const filter = {
        isCorrect: input.is_correct,
        trueLabel: labelOf(job, "true_label", input.true_label),
        predictedLabel: labelOf(job, "predicted_label", input.predicted_label),
        sort: input.sort,
      };
      const { images, total } = await deps.runs.listImages(validation.id, filter, { skip, limit });
      return {
        validation_result_id: validation.id,
        images: images.map((image) => presentValidatedImage(job, validation.id, image)),
        total,
        skip,
        limit,
      };
    }),

    route(contract.validationImageFile, async ({ input, principal }) => {
      const { validation } = await find(deps, input.validation_result_id, viewerOf(principal));
      const image = await deps.runs.findImage(validation.id, input.image_id);
      if (image === null || image.sha256 === null) throw imageNotFound(input.image_id);
      return Answer.bytes(mediaTypeOf(image.path), await deps.store.open(blobKey(image.sha256)), {
        etag: `"${image.sha256}"`,
      });
    }),

    route(contract.testInference, async ({ input, files, principal, signal }) => {
      const viewer = viewerOf(principal);
      const near = await findJob(deps, input.training_job_id, viewer);
      const wish = {
        topK: input.top_k,
        threshold: input.confidence_threshold,
        epoch: input.epoch,
        checkpointPath: input.checkpoint_path,
      };
      const outcome = await testInference(deps, near, files.file, wish, viewer, signal);
      const { job, checkpoint, results, milliseconds } = outcome;
      return {
        predictions: (results[0]?.guesses ?? []).map(presentGuess),
        task_type: job.sent.taskType,
        model_name: job.sent.modelName,
        inference_time_ms: Math.round(milliseconds * 10) / 10,
        checkpoint_path: checkpointPath(deps.pathPrefix, job, checkpoint.name),
        epoch: checkpoint.epoch,
        ...(results.length === 1
          ? {}
          : {
              results: results.map(({ filename, guesses, error }) => ({
                filename,
                predictions: guesses.map(presentGuess),
                error,
              })),
            }),
      };
    }),
  ];
}

async function find(
  deps: ModelRouteDeps,
  validationId: number,
  viewer: Viewer,
): Promise<{ job: TrainingJob; validation: StoredValidation }> {
  const validation = await deps.runs.findValidation(validationId);
  if (validation === null) throw validationNotFound(validationId);
  const job = await findJob(deps, validation.jobId, viewer).catch(() => {
    throw validationNotFound(validationId); // somebody else's is as good as absent
  });
  return { job, validation };
}

function labelOf({ classes }: TrainingJob, field: string, name: string | undefined): number | undefined {
  if (name === undefined) return undefined;
  const label = classes.indexOf(name);
  if (label < 0) throw fieldFault(field, `The job has no class ${name}`);
  return label;
}

function presentGuess({ label, labelId, confidence }: Guess) {
  return { label, label_id: labelId, confidence };
}

function presentModel(model: OfferedModel) {
  return {
    model_name: model.name,
    framework: model.framework,
    task_types: [...model.taskTypes],
    default_image_size: model.imageSize,
    parameters: model.parameters === null ? "unknown" : shortNumber(model.parameters),
    pretrained: model.pretrained,
    description: model.description,
    params: model.parameters,
    recommended_lr: model.learningRate,
    engine: model.engine,
    available: model.available,
    reason: model.reason,
  };
}

/** 25557032 -> "25.6M" */
function shortNumber(count: number): string {
  if (count >= 1e6) return `${(count / 1e6).toFixed(1)}M`;
  return count >= 1e3 ? `${(count / 1e3).toFixed(1)}K` : String(count);
}
