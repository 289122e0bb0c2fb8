import { describe, expect, it } from "vitest";
import { advancedConfig, isInUse, type SettingField, settingAt } from "./settings.ts";

const field = (name: string, type: SettingField["type"], more: Partial<SettingField> = {}): SettingField => ({
  name,
  group: "",
  type,
  label: name,
  description: "",
  honoured: true,
  ...more,
});

describe("settings of a form", () => {
  const fields = [
    field("optimizer.type", "select"),
    field("optimizer.betas", "list"),
    field("mixed_precision", "boolean"),
    field("seed", "integer"),
    field("validation.metrics", "multiselect"),
    field("augmentation.crop_scale", "range"),
  ];

  it("become what the server takes; blank ones are left out", () => {
    const typed = {
      "optimizer.type": "sgd",
      "optimizer.betas": "0.9, 0.99",
      mixed_precision: "false",
      seed: " ",
      "validation.metrics": "accuracy,f1",
      "augmentation.crop_scale": "0.5,1",
    };
    expect(advancedConfig(fields, typed, "standard")).toEqual({
      preset: "standard",
      optimizer: { type: "sgd", betas: [0.9, 0.99] },
      mixed_precision: false,
      validation: { metrics: ["accuracy", "f1"] },
      augmentation: { crop_scale: [0.5, 1] },
    });
    expect(advancedConfig(fields, {}, "")).toEqual({});
  });

  it("are sent as they were typed where they are no numbers, for the server to refuse by name", () => {
    expect(advancedConfig(fields, { seed: "soon" }, "")).toEqual({ seed: "soon" });
  });

  it("are in use as what they depend on stands: typed first, then what holds without it", () => {
    const nesterov = field("optimizer.nesterov", "boolean", {
      depends_on: { name: "optimizer.type", equals: ["sgd"] },
    });
    const rotation = field("augmentation.rotation_degrees", "number", {
      depends_on: { name: "augmentation.random_rotation", equals: true },
    });
    const effective = { optimizer: { type: "sgd" }, augmentation: { random_rotation: true } };
    expect(isInUse(nesterov, {}, effective)).toBe(true);
    expect(isInUse(nesterov, { "optimizer.type": "adam" }, effective)).toBe(false);
    expect(isInUse(rotation, {}, effective)).toBe(true);
    expect(isInUse(rotation, {}, null)).toBe(false);
    expect(settingAt(effective, "optimizer.type.deeper")).toBeUndefined();
  });
});
