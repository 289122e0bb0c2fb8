import { beforeAll, describe, expect, test } from "vitest";
import * as contract from "../../src/contracts/training/index.ts";
import { ErrorBody } from "../../src/contracts/training/vocabulary.ts";
import { useTrainingServer } from "../support/training-server.ts";

const { ask, colours, job } = useTrainingServer();

let dataset: string;
beforeAll(async () => {
  dataset = (await colours({ each: 2 })).id;
});

describe("the advanced settings", () => {
  const schemaOf = (query: string) => ask("GET", `/training/config-schema?${query}`);

  test("are described field by field, with the document's three presets", async () => {
    const { status, body } = await schemaOf("framework=timm&task_type=image_classification");
    expect(status).toBe(200);
    contract.configSchema.responses[200].schema.parse(body);
    expect(body).toMatchObject({ framework: "timm", task_type: "image_classification" });
    expect(Object.keys(body.presets)).toEqual(expect.arrayContaining(["basic", "standard", "aggressive"]));
    const field = (name: string) => body.schema.fields.find((one: { name: string }) => one.name === name);
    expect(field("optimizer.type")).toMatchObject({
      type: "select",
      label: "Optimizer",
      description: "Optimization algorithm",
      default: "adamw",
    });
    expect(field("optimizer.type").options).toEqual(
      expect.arrayContaining([
        { value: "adam", label: "Adam", description: "Adaptive Moment Estimation" },
        { value: "adamw", label: "AdamW", description: "Adam with weight decay" },
        { value: "sgd", label: "SGD", description: "Stochastic Gradient Descent" },
      ]),
    );
    expect(field("optimizer.learning_rate")).toMatchObject({
      type: "number",
      label: "Learning Rate",
      description: expect.stringMatching(/^Initial learning rate/),
      default: 0.001,
      min: 1e-6,
      max: 1,
      step: 1e-5,
    });
    for (const { honoured } of body.schema.fields) expect(honoured).toEqual(expect.any(Boolean));
    expect(field("mixed_precision")).toMatchObject({ honoured: false, engine_note: expect.any(String) });
    const alias = await ask("GET", "/training/config/schema?framework=timm&task_type=image_classification");
    expect(alias.body).toEqual(body);
  });

  test("name the framework, which has to be known", async () => {
    const missing = await schemaOf("");
    expect([missing.status, missing.body.code, missing.body.field]).toEqual([
      422,
      "VALIDATION_ERROR",
      "framework",
    ]);
    const unknown = await schemaOf("framework=caffe");
    ErrorBody.parse(unknown.body);
    expect([unknown.status, unknown.body.code]).toEqual([404, "FRAMEWORK_NOT_FOUND"]);
    for (const framework of ["quatrain", "ultralytics"]) {
      expect((await schemaOf(`framework=${framework}`)).status).toBe(200);
    }
  });

  test("have the specified presets, which a job may name", async () => {
    const { presets } = (await ask("GET", "/training/config/presets")).body;
    expect(presets).toMatchObject({
      basic: { optimizer: { type: "adam", learning_rate: 1e-3 } },
      standard: {
        optimizer: { type: "adamw", learning_rate: 3e-4, weight_decay: 0.01 },
        scheduler: { type: "cosine", eta_min: 1e-6, warmup_epochs: 5, warmup_lr: 1e-6 },
        mixed_precision: true,
        gradient_clip_value: 1,
      },
      aggressive: {
        optimizer: { type: "adamw", learning_rate: 1e-3, weight_decay: 0.05 },
        scheduler: { type: "cosine_warm_restarts", T_0: 10, T_mult: 2, warmup_epochs: 3 },
      },
      fine_tuning: { optimizer: { type: "sgd", learning_rate: 1e-4, momentum: 0.9, nesterov: true } },
    });
    for (const advanced_config of [{ preset: "aggressive" }, ...Object.values(presets)]) {
      await job({ dataset_id: dataset, advanced_config });
    }
    const defaults = await ask("GET", "/training/config/defaults?framework=quatrain");
    expect(defaults.status).toBe(200);
    expect(defaults.body.optimizer.type).toBe("adamw");
  });

  test("are judged without making a job", async () => {
    const judge = (json: object) => ask("POST", "/training/config/validate", { json });
    const { status, body } = await judge({
      framework: "quatrain",
      model_name: "cnn4",
      dataset_id: dataset,
      advanced_config: { optimizer: { type: "sgd" }, nonsense: true },
    });
    expect(status).toBe(200);
    contract.validateTrainingConfig.responses[200].schema.parse(body);
    expect(body).toMatchObject({ valid: true, errors: [] });
    expect(body.warnings.join()).toContain("nonsense");
    const wrong = await judge({ framework: "quatrain", advanced_config: { optimizer: { betas: [2, 2] } } });
    expect(wrong.body).toMatchObject({
      valid: false,
      config: null,
    });
    for (const { field, message } of wrong.body.errors) {
      expect([field, typeof message]).toEqual(["advanced_config.optimizer.betas", "string"]);
    }
    expect((await judge({ framework: "quatrain", dataset_id: "nowhere" })).body.code).toBe(
      "DATASET_NOT_FOUND",
    );
  });
});

describe("GET /api/v1/models/list", () => {
  test("tells what can be trained, by framework and task", async () => {
    const list = async (query = "") => {
      const { status, body } = await ask("GET", `/models/list${query}`);
      expect(status).toBe(200);
      contract.listModels.responses[200].schema.parse(body);
      expect(body.total).toBe(body.models.length);
      return body.models;
    };
    const names = (models: { model_name: string }[]) => models.map(({ model_name }) => model_name);
    const timm = await list("?framework=timm&task_type=image_classification");
    const resnet = timm.find(({ model_name }: { model_name: string }) => model_name === "resnet50");
    expect(resnet).toMatchObject({
      framework: "timm",
      task_types: ["image_classification"],
      default_image_size: 224,
      parameters: "25.6M",
      params: 25_557_032,
      pretrained: false,
      available: true,
    });
    expect(names(timm)).toEqual(expect.arrayContaining(["resnet18", "resnet34", "resnet50"]));
    expect(names(await list("?framework=quatrain"))).toEqual(
      expect.arrayContaining(["cnn4", "tiny", "small", "medium", "features_linear", "features_mlp"]),
    );
    expect(await list("?framework=caffe")).toEqual([]);
    expect(await list("?task_type=object_detection")).toEqual([]);
    expect((await list()).length).toBeGreaterThanOrEqual(9);
  });
});
