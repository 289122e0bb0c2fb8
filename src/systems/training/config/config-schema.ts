import { DEFAULTS, DEFAULTS_BY_TYPE } from "./defaults.ts";
import { ALL_FIELDS, type Field } from "./fields/all-fields.ts";
import { type ChosenTask, chooseTask, type Engine } from "./frameworks.ts";
import { availableValues, limitOf } from "./honours.ts";
import { PRESETS } from "./presets.ts";
import { modeOf } from "./resolve-validation.ts";
import { settingAt } from "./settings.ts";

/** One setting as a form shows it: contracts/training.md, "GET /api/v1/training/config-schema". */
export interface SchemaField {
  /** Dotted, inside `advanced_config`. */
  readonly name: string;
  readonly group: string;
  /** `range`: two numbers, the smaller one first; `list`: numbers; `select` and `multiselect` have options. */
  readonly type: "number" | "integer" | "boolean" | "select" | "multiselect" | "range" | "list";
  readonly label: string;
  readonly description: string;
  /** Null: off, or what the description says. */
  readonly default: unknown;
  /** Defaults that follow from another setting's value. */
  readonly defaults_by?: { readonly name: string; readonly values: Readonly<Record<string, unknown>> };
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly options?: readonly SchemaOption[];
  /** Whether the engine does what the setting says; `engine_note` says why not. */
  readonly honoured: boolean;
  readonly engine_note?: string;
  /** The setting does something only while the named one has this value, or one of these. */
  readonly depends_on?: {
    readonly name: string;
    readonly equals: string | boolean | readonly (string | boolean)[];
  };
}

export interface SchemaOption {
  readonly value: string;
  readonly label: string;
  readonly description: string;
}

export interface ConfigSchema {
  readonly framework: string;
  readonly task_type: string;
  readonly schema: { readonly fields: readonly SchemaField[] };
  readonly presets: typeof PRESETS;
}

/**
 * The settings of a framework and a task type, for the engine that would train them.
 * @param taskType null: the framework's first
 * @param engine the framework's own where it is left out
 * @throws QuatrainError `framework_not_found` (404), `task_type_not_supported` (422)
 */
export function configSchema(framework: string, taskType: string | null, engine?: Engine): ConfigSchema {
  const task = chooseTask(framework, taskType);
  const fields = [...ALL_FIELDS.values()].map((field) => schemaField(field, task, engine ?? task.engine));
  return { framework, task_type: task.taskType, schema: { fields }, presets: PRESETS };
}

/**
 * The complete `advanced_config` of a framework and a task type where nothing is given; it may be sent as it is.
 * @throws QuatrainError `framework_not_found` (404), `task_type_not_supported` (422)
 */
export function defaultSettings(framework: string, taskType: string | null) {
  const { reported, best } = chooseTask(framework, taskType);
  const validation = {
    metrics: reported,
    save_best_metric: best,
    save_best_metric_mode: modeOf(best),
  };
  return { ...DEFAULTS, validation: { ...DEFAULTS.validation, ...validation } };
}

function schemaField(field: Field, task: ChosenTask, engine: Engine): SchemaField {
  const { name, group, facts } = field;
  const meta = field.schema.meta() ?? {};
  const options = optionsOf(field, task);
  const limit = limitOf(task.framework, engine, name);
  const byType = Object.entries(DEFAULTS_BY_TYPE).find(([known]) => known === name)?.[1];
  const byDefault = facts.byDefault === undefined ? "" : `. By default ${facts.byDefault}`;
  return {
    name,
    group,
    type: facts.listType ?? (options === null ? (meta.type as SchemaField["type"]) : "select"),
    label: facts.label,
    description: `${meta.description}${byDefault}`,
    default: settingAt(defaultSettings(task.framework, task.taskType), name) ?? null,
    ...(byType === undefined ? {} : { defaults_by: byType }),
    ...(typeof meta.minimum === "number" ? { min: meta.minimum } : {}),
    ...(typeof meta.maximum === "number" ? { max: meta.maximum } : {}),
    ...(facts.step === undefined ? {} : { step: facts.step }),
    ...(options === null ? {} : { options }),
    honoured: limit === null,
    ...(limit === null ? {} : { engine_note: limit.note }),
    ...(facts.dependsOn === undefined ? {} : { depends_on: dependencyOf(facts.dependsOn) }),
  };
}

function dependencyOf({ name, equals }: NonNullable<Field["facts"]["dependsOn"]>) {
  const [only] = equals;
  return { name, equals: equals.length === 1 && only !== undefined ? only : equals };
}

function optionsOf({ name, facts }: Field, task: ChosenTask): readonly SchemaOption[] | null {
  if (name === "validation.metrics" || name === "validation.save_best_metric")
    return task.metrics.map((metric) => ({ value: metric, label: metric, description: METRICS[metric] }));
  if (facts.options === undefined) return null;
  const available = availableValues(task.framework, name);
  return Object.entries(facts.options)
    .filter(([value]) => available === null || available.includes(value))
    .map(([value, [label, description]]) => ({ value, label, description }));
}

const METRICS: Readonly<Record<ChosenTask["best"], string>> = {
  accuracy: "Share of the images whose most likely class is right",
  precision: "Share of what is taken for a class that is of it, averaged over the classes",
  recall: "Share of a class that is found, averaged over the classes",
  f1: "Harmonic mean of precision and recall, averaged over the classes",
  loss: "Mean loss of the validation images",
  top5_accuracy: "Share of the images whose class is among the five most likely",
  map50: "Mean average precision of boxes that overlap by half",
  map50_95: "Mean average precision over overlaps of 0.5 to 0.95",
};
