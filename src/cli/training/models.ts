import type { Command } from "commander";
import { listModels } from "../../contracts/training/index.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { printResult, table } from "../output.ts";

interface ModelsOptions extends GlobalOptions {
  readonly framework?: string;
  readonly task?: string;
}

export function addModelsCommand(training: Command): void {
  withGlobalOptions(
    training
      .command("models")
      .description("what can be trained here")
      .option("--framework <name>", "quatrain, timm or ultralytics only")
      .option("--task <type>", "image_classification or object_detection only"),
  ).action(({ framework, task, ...options }: ModelsOptions) =>
    withServer(options, async (client) => {
      const { models } = await client.call(listModels, { framework, task_type: task });
      printResult(models, options.json, (all) =>
        table(
          ["model", "framework", "parameters", "pixels", "lr", "stored weights", "now", "description"],
          all.map((one) => [
            one.model_name,
            one.framework,
            one.parameters,
            one.default_image_size,
            one.recommended_lr,
            one.pretrained ? "yes" : "no",
            one.available ? "yes" : "no",
            one.available ? one.description : (one.reason ?? one.description),
          ]),
        ),
      );
    }),
  );
}
