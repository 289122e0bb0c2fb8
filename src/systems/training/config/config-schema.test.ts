import { describe, expect, test } from "vitest";
import { configSchema, defaultSettings, type SchemaField } from "./config-schema.ts";
import { JOB_DEFAULTS } from "./defaults.ts";
import { PRESETS } from "./presets.ts";
import { resolveConfig } from "./resolve-config.ts";
import { settingValues } from "./setting-values.ts";
import { settingAt } from "./settings.ts";
import { FACTS, requestOf } from "./testing.ts";

const { schema } = configSchema("quatrain", null);
const fields = new Map(schema.fields.map((field) => [field.name, field]));

type Values = Readonly<Record<string, unknown>>;

/** What a field needs to have an effect, besides what `depends_on` says. */
const NEEDS: Readonly<Record<string, Values>> = {
  "augmentation.enabled": { "augmentation.random_flip": true },
  "scheduler.warmup_lr": { "scheduler.warmup_epochs": 3 },
  keep_n_checkpoints: { checkpoint_interval: 1 },
};

/** Values to try where the bounds do not lead to one. */
const OTHERS: Readonly<Record<string, readonly unknown[]>> = {
  "optimizer.betas": [
    [0.8, 0.999],
    [0.9, 0.99],
  ],
  "scheduler.milestones": [[3, 30]],
  "scheduler.eta_min": [1e-5],
  "scheduler.min_lr": [1e-5],
  "scheduler.base_momentum": [0.9],
  "scheduler.max_momentum": [0.9],
  "scheduler.warmup_epochs": [7],
  "preprocessing.mean": [[0.1, 0.2, 0.3]],
  "preprocessing.std": [[0.1, 0.2, 0.3]],
  "validation.metrics": [["loss"], ["accuracy", "top5_accuracy"]],
  class_weights: ["balanced", [1, 2, 3], { dog: 2 }],
};

function nested(values: Values): Record<string, Record<string, unknown> | unknown> {
  const settings: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const [group = "", key] = name.split(".");
    if (key === undefined) settings[name] = value;
    else settings[group] = { ...(settings[group] as object), [key]: value };
  }
  return settings;
}

/** Settings under which a field has an effect. */
function neededBy(name: string): Values {
  return { ...dependenciesOf(name), ...NEEDS[name] };
}

function dependenciesOf(name: string): Values {
  const dependency = fields.get(name)?.depends_on;
  if (dependency === undefined) return {};
  const { equals } = dependency;
  const value = Array.isArray(equals) ? equals[0] : equals;
  return { ...dependenciesOf(dependency.name), [dependency.name]: value };
}

function othersOf(field: SchemaField): readonly unknown[] {
  const listed = OTHERS[field.name];
  if (listed !== undefined) return listed;
  if (field.type === "boolean") return [!field.default];
  if (field.options !== undefined)
    return field.options.map(({ value }) => value).filter((value) => value !== field.default);
  if (field.type === "range") return [[0.5, 0.75]];
  const { min = 0, max = 1 } = field;
  const middle = field.type === "integer" ? Math.floor((min + max) / 2) : (min + max) / 2;
  return [min, max, middle].filter((value) => value !== field.default);
}

const resolved = (values: Values, epochs = 50) => resolveConfig(requestOf(nested(values), { epochs }), FACTS);

describe("every field", () => {
  test.each(
    schema.fields.filter(({ name }) => name !== "validation.save_best_metric_mode").map((field) => [field]),
  )("$name changes what is trained, and shows in what is said of it", (field) => {
    const others = othersOf(field);
    expect(others.length).toBeGreaterThan(0);
    const before = resolved(neededBy(field.name), 1_000);
    for (const value of others) {
      const after = resolved({ ...neededBy(field.name), [field.name]: value }, 1_000);
      const isOff = (value === 0 || value === "none") && field.default === null;
      if (isOff) expect(after.config).toEqual(before.config);
      else expect(after.config).not.toEqual(before.config);
      if (!isOff) expect(settingValues(after.config)).not.toEqual(settingValues(before.config));
      expect(after.warnings.join()).not.toContain(`${field.name} has no effect`);
    }
  });

  test("validation.save_best_metric_mode is checked against the metric", () => {
    const wrong = { "validation.save_best_metric": "loss", "validation.save_best_metric_mode": "max" };
    expect(() => resolved(wrong)).toThrow(/save_best_metric_mode: Input should be min for loss/);
  });

  test.each(schema.fields.filter(({ depends_on }) => depends_on).map((field) => [field]))(
    "$name without what it depends on is warned of",
    (field) => {
      const value = othersOf(field).find((other) => other !== 0) as unknown;
      const optimizer = field.name === "optimizer.eps" ? "sgd" : "adagrad";
      const others = { "augmentation.enabled": false, "optimizer.type": optimizer };
      const { warnings } = resolved({ ...others, [field.name]: value });
      expect(warnings.join()).toContain(`advanced_config.${field.name} has no effect`);
    },
  );

  test.each(schema.fields.map((field) => [field]))(
    "$name has as its default what holds without it",
    (field) => {
      const values = settingValues(resolved(neededBy(field.name)).config);
      if (field.name === "preset") return;
      const { values: byType, name: decider } = field.defaults_by ?? {};
      const expected = byType?.[String(values[decider ?? ""])] ?? field.default;
      const value = values[field.name] ?? (field.type === "boolean" ? false : null);
      if (expected === null) expect(field.description).toContain("By default");
      else expect(value).toEqual(expected);
    },
  );

  test.each(schema.fields.filter(({ min }) => min !== undefined).map((field) => [field]))(
    "$name is refused beyond its bounds",
    (field) => {
      const { min = 0, max = 1, name } = field;
      const beyond = [min - 1, max + 1];
      for (const value of beyond) {
        const list = {
          list: [value, value, value].slice(0, name.endsWith("betas") ? 2 : 3),
          range: [value, value],
        };
        const given = field.type === "list" || field.type === "range" ? list[field.type] : value;
        expect(() => resolved({ [name]: given })).toThrow(`advanced_config.${name}: `);
      }
    },
  );

  test("has words, a known type, and depends on fields that there are", () => {
    for (const { label, description, depends_on, options, type } of schema.fields) {
      expect(label).not.toBe("");
      expect(description.length).toBeGreaterThan(3);
      expect(["number", "integer", "boolean", "select", "multiselect", "range", "list"]).toContain(type);
      if (type === "select" || type === "multiselect") expect(options?.length).toBeGreaterThan(1);
      if (depends_on) expect(fields.has(depends_on.name)).toBe(true);
    }
  });
});

test("the settings of the contract's example are there as it shows them", () => {
  expect(fields.get("optimizer.learning_rate")).toMatchObject({
    type: "number",
    label: "Learning Rate",
    description: expect.stringContaining("Initial learning rate"),
    default: 0.001,
    min: 1e-6,
    max: 1,
    step: 1e-5,
  });
  expect(fields.get("optimizer.type")).toMatchObject({
    type: "select",
    default: "adamw",
    options: expect.arrayContaining([
      { value: "sgd", label: "SGD", description: "Stochastic Gradient Descent" },
    ]),
  });
});

test("the defaults may be sent, and change nothing", () => {
  const plain = resolveConfig(requestOf({}), FACTS);
  expect(resolveConfig(requestOf(defaultSettings("quatrain", null)), FACTS)).toEqual(plain);
  expect(plain.warnings).toEqual([]);
  expect(plain.config).toMatchObject({ epochs: JOB_DEFAULTS.epochs, batchSize: JOB_DEFAULTS.batch_size });
});

describe("presets", () => {
  test.each(Object.keys(PRESETS) as (keyof typeof PRESETS)[])(
    "%s does what it says, without a warning",
    (name) => {
      const byName = resolveConfig(requestOf({ preset: name }), FACTS);
      expect(byName).toEqual(resolveConfig(requestOf(PRESETS[name]), FACTS));
      expect(byName.warnings).toEqual([]);
      const values = settingValues(byName.config);
      for (const [setting, value] of Object.entries(values)) {
        const wanted = settingAt(PRESETS[name], setting);
        if (wanted !== undefined) expect([setting, value]).toEqual([setting, wanted]);
      }
    },
  );
});

describe("frameworks", () => {
  test("the task type defaults by framework, and says so", () => {
    expect(configSchema("timm", null).task_type).toBe("image_classification");
    expect(configSchema("ultralytics", null).task_type).toBe("object_detection");
  });

  test("an unknown one is not found; a task that it cannot train names one that can", () => {
    expect(() => configSchema("toString", null)).toThrow(
      expect.objectContaining({ code: "framework_not_found", status: 404 }),
    );
    expect(() => configSchema("timm", "object_detection")).toThrow(
      expect.objectContaining({ status: 422, message: expect.stringContaining("ultralytics can") }),
    );
  });

  const field = (name: string, ...[framework, task, engine]: Parameters<typeof configSchema>) =>
    configSchema(framework, task, engine).schema.fields.find((one) => one.name === name);

  test("a field says whether the engine that trains honours it", () => {
    expect(field("mixed_precision", "timm", null)).toMatchObject({
      honoured: false,
      engine_note: expect.stringContaining("CPU"),
    });
    expect(field("mixed_precision", "timm", null, "python")).toMatchObject({ honoured: true });
    expect(field("gradient_clip_value", "ultralytics", null)).toMatchObject({ honoured: false });
    expect(field("gradient_clip_value", "quatrain", null)).toMatchObject({ honoured: true });
  });

  test("what a framework cannot do is neither offered nor taken", () => {
    const offered = field("scheduler.type", "ultralytics", null)?.options?.map(({ value }) => value);
    expect(offered).toEqual(["none", "cosine"]);
    const request = requestOf({ scheduler: { type: "step" } }, { framework: "ultralytics" });
    expect(() => resolveConfig(request, FACTS)).toThrow(
      "advanced_config.scheduler.type: ultralytics has no step",
    );
  });

  test("detectors are judged by detectors' metrics", () => {
    const request = (advanced: object) => requestOf(advanced, { framework: "ultralytics" });
    const { config } = resolveConfig(request({}), FACTS);
    expect(resolveConfig(request(defaultSettings("ultralytics", null)), FACTS).config).toEqual(config);
    expect(config.validation.saveBest).toEqual({ metric: "map50", mode: "max" });
    expect(field("validation.save_best_metric", "ultralytics", null)?.default).toBe("map50");
  });
});
