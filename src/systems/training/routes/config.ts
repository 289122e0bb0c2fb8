import * as contract from "../../../contracts/training/index.ts";
import { type BoundRoute, type RouteRequest, route } from "../../../platform/http/bound-route.ts";
import { configSchema, defaultSettings } from "../config/config-schema.ts";
import { PRESETS } from "../config/presets.ts";
import { validateConfig } from "../config/validate-config.ts";
import { embeddedModel, likelyEngine } from "../engines.ts";
import { findDataset } from "../find.ts";
import type { DatasetReader } from "../store/dataset-reader.ts";
import { viewerOf } from "../viewer.ts";

export interface ConfigRouteDeps {
  readonly datasets: DatasetReader;
  /** Null where no Python worker is attached. */
  readonly worker: object | null;
}

/** contracts/training.md "GET /api/v1/training/config-schema"; spec/training.md section 5. */
export function configRoutes(deps: ConfigRouteDeps): BoundRoute[] {
  const schema = async ({ input }: Pick<RouteRequest<typeof contract.configSchema>, "input">) => {
    const framework = input.framework.trim().toLowerCase();
    const engine = likelyEngine({ framework, modelName: "resnet18", taskType: "" }, deps.worker !== null);
    const { schema: fields, presets, ...names } = configSchema(framework, input.task_type ?? null, engine);
    return plain({ ...names, schema: fields, presets });
  };

  return [
    route(contract.configSchema, schema),
    route(contract.configSchemaAlias, schema),

    route(contract.configDefaults, async ({ input }) =>
      plain(defaultSettings(input.framework, input.task_type ?? null)),
    ),

    route(contract.configPresets, async () => plain({ presets: PRESETS })),

    route(contract.validateTrainingConfig, async ({ input, principal }) => {
      const dataset =
        input.dataset_id === undefined
          ? null
          : await findDataset(deps, input.dataset_id, viewerOf(principal));
      const model = embeddedModel({ framework: input.framework, modelName: input.model_name ?? "" });
      const facts = {
        ...(model === null
          ? {}
          : {
              defaultImageSize: model.defaultImageSize,
              defaultMean: model.mean,
              defaultStd: model.std,
              imageSizes: model.imageSizes,
              frozenByNature: model.alwaysFrozen,
            }),
        ...(dataset === null
          ? {}
          : {
              numClasses: dataset.classes.length,
              classes: dataset.classes,
              trainImages: Object.values(dataset.facts.splits.train ?? {}).reduce((sum, n) => sum + n, 0),
            }),
      };
      const judged = validateConfig(
        {
          framework: input.framework,
          modelName: input.model_name ?? "",
          taskType: input.task_type,
          epochs: input.epochs,
          batchSize: input.batch_size,
          learningRate: input.learning_rate,
          advanced: input.advanced_config ?? input.config ?? {},
        },
        facts,
      );
      return plain(judged);
    }),
  ];
}

/** The same as an answer: readonly lists become lists. */
function plain<Value>(value: Value): Plain<Value> {
  return value as Plain<Value>;
}

type Plain<Value> = Value extends readonly (infer Item)[]
  ? Plain<Item>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Plain<Value[Key]> }
    : Value;
