import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PRESETS } from "./presets.ts";
import { resolveConfig } from "./resolve-config.ts";
import { settingValues } from "./setting-values.ts";
import { FACTS, requestOf } from "./testing.ts";
import { type ValidationFacts, validateConfig } from "./validate-config.ts";

const validate = (advanced: unknown, facts: ValidationFacts = {}, epochs = 50) =>
  validateConfig(requestOf(advanced, { epochs }), { ...FACTS, ...facts });

test("a valid configuration comes back complete, and means the same when it is sent", () => {
  for (const preset of Object.keys(PRESETS)) {
    const { valid, config } = validate({ preset, class_weights: "balanced", ema: true });
    expect(valid).toBe(true);
    const again = resolveConfig(requestOf(config?.advanced_config, { epochs: config?.epochs }), FACTS);
    const first = resolveConfig(requestOf({ preset, class_weights: "balanced", ema: true }), FACTS);
    expect(settingValues(again.config)).toEqual(settingValues(first.config));
    expect(again.warnings).toEqual([]);
  }
});

test("what is wrong is told by field, and not thrown", () => {
  const { valid, errors, config } = validate({
    optimizer: { betas: [2, 3] },
    scheduler: { warmup_epochs: 80 },
  });
  expect({ valid, config }).toEqual({ valid: false, config: null });
  expect(errors.map(({ field }) => field)).toContain("advanced_config.optimizer.betas");
  expect(validateConfig(requestOf({}, { framework: "caffe" }), {}).errors).toEqual([
    { field: "framework", message: expect.stringContaining("choose one of quatrain, timm, ultralytics") },
  ]);
  expect(validateConfig(requestOf({}, { taskType: "poetry" }), {}).errors[0]?.field).toBe("task_type");
});

test("what only a model would decide is null without one", () => {
  const { config } = validateConfig(requestOf({ class_weights: { any: 2 } }), {});
  expect(config?.advanced_config.preprocessing).toMatchObject({ image_size: null, mean: null, std: null });
});

describe("suggestions", () => {
  const plain = { augmentation: { random_flip: true } };
  const said = (advanced: object, facts: ValidationFacts = {}, epochs = 50) =>
    validate({ ...plain, ...advanced }, facts, epochs).suggestions;

  test("none where nothing could be better", () => {
    expect(said({})).toEqual([]);
  });

  test.each<[string, object, ValidationFacts]>([
    ["is high for sgd", { optimizer: { type: "sgd", learning_rate: 0.8 } }, {}],
    ["is high for adam", { optimizer: { type: "adam", learning_rate: 0.05 } }, {}],
    ["is low for adamw", { optimizer: { learning_rate: 2e-6 } }, {}],
    ["adamw decays as the number says", { optimizer: { type: "adam", weight_decay: 0.1 } }, {}],
    ["rises again", { scheduler: { type: "cosine", T_max: 20 } }, {}],
    ["does not fall to eta_min", { scheduler: { type: "cosine", T_max: 50, warmup_epochs: 5 } }, {}],
    ["30 or 70 epochs end with one", { scheduler: { type: "cosine_warm_restarts", T_mult: 2 } }, {}],
    ["is not reached", { scheduler: { type: "step", step_size: 50 } }, {}],
    ["is too long for 50 epochs", { scheduler: { type: "reduce_on_plateau", patience: 49 } }, {}],
    ["never comes into play", { validation: { early_stopping: { patience: 50 } } }, {}],
    ["more than the 20 there are", {}, { trainImages: 20 }],
    ["95 % of the averaged weights", { ema: true }, { trainImages: 32 }],
    ["soften the labels already", { augmentation: { mixup: true }, label_smoothing: 0.1 }, {}],
    ["together twice", { balanced_sampler: true, class_weights: "balanced" }, {}],
    ["keeps the random weights", { freeze_backbone: true }, {}],
    ["computed anew in every epoch", {}, { frozenByNature: true }],
    ["No augmentation", { augmentation: { enabled: false } }, {}],
    ["mixed_precision: The embedded engine", { mixed_precision: true }, {}],
  ])("%s", (advice, advanced, facts) => {
    expect(said(advanced, facts)).toEqual([expect.stringContaining(advice)]);
  });

  test("none about a cosine that fits, a period that ends with the run, or an engine that honours it", () => {
    expect(said({ scheduler: { type: "cosine", warmup_epochs: 5 } })).toEqual([]);
    expect(
      said({ scheduler: { type: "cosine_warm_restarts", T_mult: 2, warmup_epochs: 3 } }, {}, 33),
    ).toEqual([]);
    expect(said({ mixed_precision: true }, { engine: "python" })).toEqual([]);
  });
});

test("any JSON gets an answer", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.string(), (advanced, framework) => {
      expect(validate(advanced)).toHaveProperty("valid");
      expect(validateConfig(requestOf(advanced, { framework }), {})).toHaveProperty("valid");
    }),
  );
});
