import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AdvancedConfig } from "./advanced-config.ts";

const faultsOf = (given: unknown) =>
  AdvancedConfig.safeParse(given).error?.issues.map(({ path, message }) => [path.join("."), message]) ?? [];

test("the contract's own example is taken as it stands", () => {
  const example = {
    optimizer: { type: "adamw", learning_rate: 0.001, weight_decay: 0.01, betas: [0.9, 0.999] },
    scheduler: { type: "cosine", T_max: 50, eta_min: 1e-6, warmup_epochs: 5, warmup_lr: 1e-6 },
    augmentation: { enabled: true, random_flip: true, random_flip_prob: 0.5, color_jitter: true },
    mixed_precision: true,
    gradient_clip_value: 1,
  };
  expect(AdvancedConfig.parse(example)).toEqual(example);
});

describe("spellings", () => {
  test.each([
    [{ scheduler: { t_max: 5, t_0: 2, t_mult: 3 } }, { scheduler: { T_max: 5, T_0: 2, T_mult: 3 } }],
    [
      { augmentation: { random_rotation: 15, mixup: 0.2, random_flip: 1, cutmix: 0 } },
      {
        augmentation: {
          random_rotation: true,
          rotation_degrees: 15,
          mixup: true,
          mixup_alpha: 0.2,
          random_flip: true,
          random_flip_prob: 1,
          cutmix: false,
        },
      },
    ],
    [
      { augmentation: { random_crop: { scale: [0.5, 1] }, color_jitter: { enabled: false, hue: 0.1 } } },
      { augmentation: { random_crop: true, crop_scale: [0.5, 1], color_jitter: false, hue: 0.1 } },
    ],
    [
      { augmentation: { random_erasing: true, random_erasing_prob: 0.3 } },
      { augmentation: { random_erasing: true, erasing_prob: 0.3 } },
    ],
    [
      { validation: { early_stopping: { patience: 4, min_delta: 0.01 } } },
      {
        validation: { early_stopping: true, early_stopping_patience: 4, early_stopping_min_delta: 0.01 },
      },
    ],
    [{ ema: true }, { ema_decay: 0.999 }],
    [{ ema: true, ema_decay: 0.9 }, { ema_decay: 0.9 }],
    [{ ema: false }, { ema_decay: 0 }],
    [{ ema: null, seed: "7" }, { seed: 7 }],
  ])("%j", (given, expected) => {
    expect(AdvancedConfig.parse(given)).toEqual(expected);
  });

  test("what is given twice and differs is refused, where the client wrote it", () => {
    expect(faultsOf({ scheduler: { t_max: 5, T_max: 6 } })).toEqual([
      ["scheduler.T_max", "Input should be given once: scheduler.t_max says something else"],
    ]);
    expect(faultsOf({ ema: false, ema_decay: 0.9 })).toHaveLength(1);
    expect(faultsOf({ scheduler: { t_max: 5, T_max: 5 } })).toEqual([]);
  });
});

test("faults are reported at the setting, as the client spelled it", () => {
  const faults = faultsOf({
    optimizer: { betas: [0.9, 1] },
    scheduler: { t_0: -1, type: "linear" },
    augmentation: { random_rotation: 999, crop_scale: [1, 0.5], blur_sigma: [1] },
    class_weights: { cat: -1 },
    ema: "often",
    validation: [],
  });
  expect(Object.fromEntries(faults)).toEqual({
    "optimizer.betas": "Item 2: Input should be a valid number, at least 0 and at most 0.999999",
    "scheduler.t_0": "Input should be a valid integer, at least 1 and at most 1000",
    "scheduler.type": expect.stringContaining("one of none, step, multistep"),
    "augmentation.random_rotation": "Input should be a valid number, at least 0 and at most 180",
    "augmentation.crop_scale": "Input should be two numbers, the smaller one first",
    "augmentation.blur_sigma": "Input should be a list of exactly 2 items",
    class_weights: 'Weight of "cat": Input should be a valid number, at least 0 and at most 1000000',
    ema: "Input should be a valid number",
    validation: "Input should be an object",
  });
});

test("keys that nobody knows are kept, and nulls say that nothing is given", () => {
  const given = { optimizer: { lookahead: true, eps: null }, scheduler: null, extra: { deep: [1] } };
  expect(AdvancedConfig.parse(given)).toEqual(given);
});

test("a long list is refused by its length", () => {
  const long = Array.from({ length: 100_000 }, () => "x");
  expect(faultsOf({ scheduler: { milestones: long }, preprocessing: { mean: long } })).toHaveLength(2);
});

test("any JSON is either refused in words or parses to what parses to itself", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (given) => {
      const parsed = AdvancedConfig.safeParse(given);
      if (parsed.success) expect(AdvancedConfig.parse(parsed.data)).toEqual(parsed.data);
      else expect(parsed.error.issues.every(({ message }) => message !== "")).toBe(true);
    }),
  );
});

test("the settings are in the schema that documents a request", () => {
  const documented = z.toJSONSchema(AdvancedConfig, { target: "openapi-3.0", io: "input" });
  expect(documented.properties).toHaveProperty("optimizer");
  expect(JSON.stringify(documented)).toContain("Largest norm of all gradients together");
});
