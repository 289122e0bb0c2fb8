import { messageOf } from "../../../platform/errors/quatrain-error.ts";
import { listModels } from "../engine/models/catalogue.ts";
import type { PythonWorker } from "../engine/python/python-worker.ts";
import { hasWeights, type ModelWeightsDeps } from "./model-weights.ts";

export interface ListModelsDeps extends Pick<ModelWeightsDeps, "settings"> {
  readonly worker: PythonWorker | null;
}

/** A model with who trains it. */
export interface OfferedModel {
  readonly framework: string;
  readonly name: string;
  readonly taskTypes: readonly string[];
  readonly imageSize: number;
  readonly parameters: number | null;
  readonly pretrained: boolean;
  readonly description: string;
  readonly learningRate: number | null;
  readonly engine: "embedded" | "python";
  readonly available: boolean;
  /** Why not. */
  readonly reason: string | null;
}

const DETECTION_SIZE = 640;
const USUAL_SIZE = 224;

/** What can be trained: the embedded engine's models, and those of a Python worker where one is attached. */
export async function offeredModels({ worker, settings }: ListModelsDeps): Promise<OfferedModel[]> {
  const own = await Promise.all(
    listModels().map(async (model): Promise<OfferedModel> => {
      const { framework, name, parameterCount, taskTypes, defaultImageSize, recommendedLearningRate } = model;
      return {
        framework,
        name,
        taskTypes,
        imageSize: defaultImageSize,
        parameters: parameterCount,
        // weights are said to be there when they are there
        pretrained: model.takesStoredWeights && (await hasWeights({ settings }, framework, name)),
        description: model.description,
        learningRate: recommendedLearningRate,
        engine: "embedded",
        available: true,
        reason: null,
      };
    }),
  );
  const known = new Set(own.map(({ framework, name }) => `${framework}/${name}`));
  const others = await workersModels(worker);
  return [...own, ...others.filter(({ framework, name }) => !known.has(`${framework}/${name}`))];
}

async function workersModels(worker: PythonWorker | null): Promise<OfferedModel[]> {
  if (worker === null) return [];
  const health = await worker.health().catch((error: unknown) => messageOf(error));
  if (typeof health === "string") return [];
  return health.frameworks.flatMap(({ name: framework, models, taskTypes, reason }) =>
    models.map((name) => ({
      framework,
      name,
      taskTypes,
      imageSize: taskTypes.includes("object_detection") ? DETECTION_SIZE : USUAL_SIZE,
      parameters: null,
      pretrained: false,
      description: `${name} of ${framework}, trained by the Python worker`,
      learningRate: null,
      engine: "python" as const,
      available: reason === null,
      reason,
    })),
  );
}
