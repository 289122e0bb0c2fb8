import { QuatrainError } from "../../platform/errors/quatrain-error.ts";
import type { Engine } from "./config/frameworks.ts";
import { nearestName } from "./config/nearest-name.ts";
import { listModels } from "./engine/models/catalogue.ts";
import type { ModelFacts } from "./engine/models/model.ts";
import type { PythonWorker } from "./engine/python/python-worker.ts";
import type { WorkerHealth } from "./engine/python/worker-answers.ts";
import { fieldFault } from "./errors.ts";

/** What a job wants trained. */
export interface WantedModel {
  readonly framework: string;
  readonly modelName: string;
  readonly taskType: string;
}

/** A model of the embedded engine; null where it has none of that name. */
export function embeddedModel({ framework, modelName }: Omit<WantedModel, "taskType">): ModelFacts | null {
  return listModels().find((model) => model.framework === framework && model.name === modelName) ?? null;
}

/** How other models take their pictures: ImageNet's way, which timm, torchvision and ultralytics share. */
export const USUAL_IMAGES = {
  defaultImageSize: 224,
  defaultMean: [0.485, 0.456, 0.406],
  defaultStd: [0.229, 0.224, 0.225],
} as const;

/**
 * Refuses names that no engine can know.
 * @throws InvalidInput (422) for a model of our own framework that does not exist
 */
export function demandKnownModel({ framework, modelName }: WantedModel): void {
  if (framework !== "quatrain" || embeddedModel({ framework, modelName }) !== null) return;
  const names = listModels()
    .filter((model) => model.framework === framework)
    .map(({ name }) => name);
  const meant = nearestName(modelName, names);
  const hint = meant === null ? "" : `; did you mean ${meant}?`;
  throw fieldFault(
    "config.model_name",
    `There is no model of that name: choose one of ${names.join(", ")}${hint}`,
  );
}

/** Who would train it, as far as that can be told without asking a worker. */
export function likelyEngine(model: WantedModel, hasWorker: boolean): Engine {
  if (model.framework === "quatrain") return "embedded";
  return hasWorker || embeddedModel(model) === null ? "python" : "embedded";
}

/**
 * Who trains it now: a Python worker where one is attached and can, else the embedded engine.
 * @throws QuatrainError `training_service_unavailable` (503) where nobody can, with how to attach a worker
 */
export async function chooseEngine(model: WantedModel, worker: PythonWorker | null): Promise<Engine> {
  if (model.framework === "quatrain") return "embedded";
  const embedded = embeddedModel(model) !== null && model.taskType === "image_classification";
  if (worker === null) {
    if (embedded) return "embedded";
    throw serviceUnavailable(
      `${model.modelName} of ${model.framework} needs a Python worker, and none is attached`,
    );
  }
  try {
    const reason = refusalOf(await worker.health(), model);
    if (reason === null) return "python";
    if (embedded) return "embedded";
    throw serviceUnavailable(reason);
  } catch (error) {
    if (embedded && error instanceof QuatrainError && error.status === 503) return "embedded";
    throw error;
  }
}

/** Why a worker cannot train it; null where it can. */
export function refusalOf(
  health: WorkerHealth,
  { framework, modelName, taskType }: WantedModel,
): string | null {
  if (health.reason !== null) return `The Python worker trains nothing: ${health.reason}`;
  const facts = health.frameworks.find(({ name }) => name === framework);
  if (facts === undefined) return `The Python worker does not know ${framework}`;
  if (facts.reason !== null) return `The Python worker cannot train ${framework}: ${facts.reason}`;
  if (!facts.taskTypes.includes(taskType))
    return `The Python worker's ${framework} does not train ${taskType}`;
  if (facts.models.includes(modelName)) return null;
  return `The Python worker's ${framework} has no model ${modelName}`;
}

const HOW_TO_ATTACH =
  "set QUATRAIN_PYTHON to a Python with torch (and timm or ultralytics), or QUATRAIN_TRAINING_WORKER_URL and QUATRAIN_TRAINING_WORKER_TOKEN to a worker that runs elsewhere (workers/python/serve.py), and start the server again";

export function serviceUnavailable(reason: string): QuatrainError {
  return new QuatrainError(`${reason}: ${HOW_TO_ATTACH}`, {
    code: "training_service_unavailable",
    status: 503,
  });
}
