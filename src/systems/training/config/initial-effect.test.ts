import { expect, test } from "vitest";
import { ALL_FIELDS } from "./fields/all-fields.ts";
import { initialEffect } from "./initial-effect.ts";
import { PRESETS } from "./presets.ts";
import { resolveConfig } from "./resolve-config.ts";
import { FACTS, requestOf } from "./testing.ts";

const effect = (advanced: object, others = {}, engine: "embedded" | "python" = "embedded") =>
  initialEffect(resolveConfig(requestOf(advanced, others), FACTS).config, engine);

test("every effect is one of a setting, and differs only with a reason", () => {
  for (const preset of Object.keys(PRESETS)) {
    for (const [name, { requested, effective, reason }] of Object.entries(effect({ preset }))) {
      expect(ALL_FIELDS.has(name)).toBe(true);
      if (reason === undefined) expect(effective).toEqual(requested);
      else expect(effective).not.toEqual(requested);
    }
  }
});

test("16-bit floats are not computed with on the CPU, and their wish is not hidden", () => {
  expect(effect({ mixed_precision: true }).mixed_precision).toEqual({
    requested: true,
    effective: false,
    reason: expect.stringContaining("32-bit"),
  });
  expect(effect({}).mixed_precision).toEqual({ requested: false, effective: false });
  expect(effect({ mixed_precision: true }, {}, "python").mixed_precision).toMatchObject({ effective: null });
});

test("stored weights: none for our own models, known at the beginning for timm's", () => {
  expect(effect({ pretrained: true }).pretrained).toMatchObject({ requested: true, effective: false });
  const timm = { framework: "timm", modelName: "resnet18" };
  expect(effect({ pretrained: true }, timm).pretrained).toMatchObject({ requested: true, effective: null });
});

test("the learning rate that was overruled is listed", () => {
  expect(effect({ optimizer: { learning_rate: 0.01 } }, { learningRate: 0.1 })).toMatchObject({
    learning_rate: { requested: 0.1, effective: 0.01, reason: expect.stringContaining("wins") },
    "optimizer.learning_rate": { requested: 0.01, effective: 0.01 },
  });
  expect(effect({}, { learningRate: 0.1 })).not.toHaveProperty("learning_rate");
});

test("what ultralytics does its own way is said", () => {
  const effects = effect(
    { gradient_clip_value: 1 },
    { framework: "ultralytics", modelName: "yolo11n" },
    "python",
  );
  expect(effects.gradient_clip_value).toMatchObject({ requested: 1, effective: null });
  expect(effects["preprocessing.resize_mode"]).toMatchObject({ requested: "resize", effective: "pad" });
  expect(effects.class_weights).toEqual({ requested: null, effective: null });
});
