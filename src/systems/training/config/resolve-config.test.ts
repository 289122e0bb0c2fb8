import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidInput } from "../../../platform/errors/invalid-input.ts";
import { type ConfigRequest, resolveConfig } from "./resolve-config.ts";
import { FACTS, requestOf } from "./testing.ts";

const resolve = (advanced: unknown, others: Partial<ConfigRequest> = {}, facts = {}) =>
  resolveConfig(requestOf(advanced, others), { ...FACTS, ...facts });

describe("learning rate", () => {
  const rate = (advanced: unknown, learningRate: number | null) => {
    const { config, warnings } = resolve(advanced, { learningRate });
    return [config.optimiser.learningRate, config.overruledLearningRate, warnings.length];
  };

  test("advanced_config's wins, then its preset's, then the job's, then the default", () => {
    expect(rate({}, null)).toEqual([0.001, undefined, 0]);
    expect(rate({}, 0.02)).toEqual([0.02, undefined, 0]);
    expect(rate({ preset: "standard" }, 0.02)).toEqual([3e-4, 0.02, 1]);
    expect(rate({ preset: "standard", optimizer: { learning_rate: 0.1 } }, 0.02)).toEqual([0.1, 0.02, 1]);
    expect(rate({ optimizer: { learning_rate: 0.1 } }, 0.1)).toEqual([0.1, undefined, 0]);
  });
});

describe("schedules", () => {
  const schedule = (scheduler: object, epochs = 50) => resolve({ scheduler }, { epochs }).config.schedule;

  test("lengths that are not given follow the epochs after the warm-up", () => {
    expect(schedule({ type: "cosine", warmup_epochs: 5 })).toMatchObject({ tMax: 45 });
    expect(schedule({ type: "cosine", T_max: 50, warmup_epochs: 5 })).toMatchObject({ tMax: 50 });
    expect(schedule({ type: "multistep", warmup_epochs: 10 })).toMatchObject({ milestones: [20, 30] });
    expect(schedule({ type: "multistep" }, 1)).toMatchObject({ milestones: [1] });
  });

  test("gamma and one_cycle's peak follow the type and the learning rate", () => {
    expect(schedule({ type: "step" })).toMatchObject({ gamma: 0.1 });
    expect(schedule({ type: "exponential" })).toMatchObject({ gamma: 0.95 });
    expect(schedule({ type: "one_cycle" })).toMatchObject({ maxLr: 0.001, cycleMomentum: true });
  });

  test("a preset's warm-up is shortened in a short run, one that was given is kept, with a warning", () => {
    const { config, warnings } = resolve({ preset: "standard" }, { epochs: 3 });
    expect(config.warmup.epochs).toBe(1);
    expect(config.schedule).toMatchObject({ tMax: 2 });
    expect(warnings).toEqual([expect.stringContaining("shortened to 1")]);
    const given = resolve({ scheduler: { warmup_epochs: 5 } }, { epochs: 3 });
    expect(given.config.warmup.epochs).toBe(5);
    expect(given.warnings).toEqual([expect.stringContaining("nothing is trained at the full rate")]);
    expect(() => resolve({ scheduler: { type: "one_cycle", warmup_epochs: 3 } }, { epochs: 3 })).toThrow(
      "advanced_config.scheduler.warmup_epochs: Input should be below the 3 epochs",
    );
  });

  test("a warm-up never begins above a very small learning rate, unless it is asked for", () => {
    const small = { learningRate: 1e-8 };
    expect(resolve({ scheduler: { warmup_epochs: 2 } }, small).config.warmup.learningRate).toBe(1e-8);
    const asked = resolve({ scheduler: { warmup_epochs: 2, warmup_lr: 0.5 } });
    expect(asked.config.warmup.learningRate).toBe(0.5);
    expect(asked.warnings).toEqual([expect.stringContaining("the warm-up falls")]);
  });
});

describe("contradictions are refused with the field and with what to do", () => {
  test.each([
    [{ optimizer: { type: "sgd", nesterov: true, momentum: 0 } }, "optimizer.nesterov", "momentum above 0"],
    [{ scheduler: { type: "multistep", milestones: [5, 3] } }, "scheduler.milestones", "increasing"],
    [{ scheduler: { type: "cosine", eta_min: 0.5 } }, "scheduler.eta_min", "at most the learning rate"],
    [{ scheduler: { type: "reduce_on_plateau", min_lr: 0.5 } }, "scheduler.min_lr", "at most"],
    [{ scheduler: { type: "one_cycle", base_momentum: 0.99 } }, "scheduler.base_momentum", "max_momentum"],
    [
      { validation: { save_best_metric_mode: "min" } },
      "validation.save_best_metric_mode",
      "max for accuracy",
    ],
    [{ validation: { save_best_metric: "acuracy" } }, "validation.save_best_metric", "did you mean accuracy"],
    [{ validation: { metrics: ["map50"] } }, "validation.metrics", "no metric of image_classification"],
    [{ class_weights: { dgo: 2 } }, "class_weights", 'did you mean "dog"'],
    [{ class_weights: [1, 2] }, "class_weights", "3 weights"],
    [{ class_weights: [0, 0, 0] }, "class_weights", "above 0"],
    [{ class_weights: {} }, "class_weights", "at least one class"],
    [{ preset: "heroic" }, "preset", "one of basic, standard"],
    ["adam", "", "an object"],
  ])("%j", (advanced, field, advice) => {
    const name = field === "" ? "advanced_config" : `advanced_config.${field}`;
    expect(() => resolve(advanced)).toThrow(InvalidInput);
    expect(() => resolve(advanced)).toThrow(`${name}: `);
    expect(() => resolve(advanced)).toThrow(advice);
  });

  test("all at once", () => {
    const advanced = { optimizer: { type: "sgd", nesterov: true, momentum: 0 }, class_weights: { x: 1 } };
    expect(() => resolve(advanced)).toThrow(/nesterov.*class_weights/s);
  });

  test("a size that the model does not take", () => {
    const facts = { imageSizes: { min: 32, max: 512, multipleOf: 16 } };
    const ofSize = (image_size: number) => () => resolve({ preprocessing: { image_size } }, {}, facts);
    expect(ofSize(96)).not.toThrow();
    expect(ofSize(100)).toThrow(
      "preprocessing.image_size: The model takes 32 to 512 pixels, in multiples of 16",
    );
  });
});

describe("what does nothing is never silent", () => {
  test.each([
    [
      { optimizer: { lr: 1 } },
      'unknown setting "optimizer.lr", ignored: did you mean optimizer.learning_rate?',
    ],
    [{ warmup_epoch: 3 }, "did you mean scheduler.warmup_epochs?"],
    [{ grad_clip: 1 }, "did you mean gradient_clip_value?"],
    [{ scheduler: { mode_: "min" } }, "did you mean scheduler.mode?"],
    [{ hyperspace: 1 }, 'unknown setting "hyperspace", ignored'],
    [
      { augmentation: { color_jitter: { sharpness: 1 } } },
      'unknown setting "augmentation.color_jitter.sharpness"',
    ],
    [{ optimizer: { type: "sgd", betas: [0.8, 0.9] } }, "optimizer.betas has no effect"],
    [{ augmentation: { brightness: 0.9 } }, "augmentation.brightness has no effect"],
    [{ augmentation: { enabled: false, mixup: 0.4 } }, "augmentation.mixup_alpha has no effect"],
    [{ scheduler: { warmup_lr: 1e-5 } }, "scheduler.warmup_lr has no effect"],
    [{ scheduler: { base_momentum: 0.5 } }, "scheduler.base_momentum has no effect"],
    [{ keep_n_checkpoints: 9 }, "keep_n_checkpoints has no effect"],
    [{ scheduler: { type: "multistep", milestones: [90] } }, "all lie behind"],
    [{ scheduler: { type: "reduce_on_plateau", mode: "max" } }, "while the training succeeds"],
    [{ optimizer: { type: "adagrad" }, scheduler: { type: "one_cycle" } }, "adagrad has no momentum"],
    [
      { optimizer: { learning_rate: 0.1 }, scheduler: { type: "one_cycle", max_lr: 0.2 } },
      "learning_rate has no effect",
    ],
    [{ validation: { save_best_metric: "top5_accuracy" } }, "always 1 with 3 classes"],
    [
      { augmentation: { color_jitter: { brightness: 0, contrast: 0, saturation: 0, hue: 0 } } },
      "color_jitter has no effect",
    ],
  ])("%j", (advanced, warning) => {
    expect(resolve(advanced).warnings).toContainEqual(expect.stringContaining(warning));
  });

  test("heads on fixed features are frozen, whatever is asked for", () => {
    const { config, warnings } = resolve({ freeze_backbone: false }, {}, { frozenByNature: true });
    expect(config.freezeBackbone).toBe(true);
    expect(warnings).toEqual([expect.stringContaining("freeze_backbone has no effect")]);
    expect(resolve({}, {}, { frozenByNature: true }).warnings).toEqual([]);
  });

  test("a thousand unknown settings are fifty warnings and their number", () => {
    const many = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, at) => [`zz${at}\n${"y".repeat(99)}`, 1]),
    );
    const { warnings } = resolve(many);
    expect(warnings).toHaveLength(51);
    expect(warnings.at(-1)).toBe("950 more warnings");
    expect(warnings.join("")).not.toContain("\n");
  });
});

test("0 and null turn off what a preset turns on; other nulls leave it", () => {
  const off = (value: 0 | null) => resolve({ preset: "standard", gradient_clip_value: value }).config;
  expect(off(0).gradientClipNorm).toBeNull();
  expect(off(null).gradientClipNorm).toBeNull();
  const left = resolve({
    preset: "standard",
    mixed_precision: null,
    optimizer: { weight_decay: null },
  }).config;
  expect(left).toMatchObject({ mixedPrecision: true, optimiser: { weightDecay: 0.01 } });
});

test("explicit settings lie over a preset's, group by group", () => {
  const { config } = resolve({ preset: "standard", optimizer: { type: "sgd" }, scheduler: { type: "none" } });
  expect(config.optimiser).toMatchObject({ type: "sgd", learningRate: 3e-4, weightDecay: 0.01 });
  expect(config.schedule).toEqual({ type: "none" });
  expect(config.warmup.epochs).toBe(5);
});

test("class weights go by name, in any form", () => {
  const weights = (class_weights: unknown, facts = {}) =>
    resolve({ class_weights }, {}, facts).config.classWeights;
  expect(weights([1, 2, 3])).toEqual({ cat: 1, dog: 2, bird: 3 });
  expect(weights({ dog: "2" })).toEqual({ dog: 2 });
  expect(weights("none")).toBeNull();
  expect(weights({ what: 2 }, { classes: [], numClasses: 0 })).toEqual({ what: 2 });
});

test("metrics are known by other names too", () => {
  const { validation } = resolve({
    validation: { metrics: ["f1_score"], save_best_metric: "val_loss" },
  }).config;
  expect(validation).toMatchObject({ metrics: ["f1", "loss"], saveBest: { metric: "loss", mode: "min" } });
});

const names = [
  "optimizer",
  "scheduler",
  "augmentation",
  "validation",
  "preprocessing",
  "class_weights",
  "preset",
  "ema",
  "seed",
  "type",
  "betas",
  "milestones",
  "random_crop",
  "random_rotation",
  "metrics",
  "save_best_metric",
  "__proto__",
  "constructor",
];

test("any JSON is resolved, or refused in the user's terms", () => {
  const key = fc.oneof(fc.constantFrom(...names), fc.string());
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, false, 0, 1, 0.5, -1, "adam", "cosine", "balanced", "", "accuracy"),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.array(tie("json"), { maxLength: 4 }),
      fc.dictionary(key, tie("json"), { maxKeys: 6 }),
    ),
  }));
  fc.assert(
    fc.property(
      fc.dictionary(key, json, { maxKeys: 8 }),
      fc.integer({ min: 1, max: 1_000 }),
      (advanced, epochs) => {
        try {
          const { config } = resolve(advanced, { epochs });
          expect(JSON.parse(JSON.stringify(config))).toEqual(config);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInput);
        }
      },
    ),
    { numRuns: 1_000 },
  );
});
