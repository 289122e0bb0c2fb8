import type { z } from "zod";
import type { ADVANCED_FIELDS, AdvancedConfig } from "../../../contracts/training/advanced-config.ts";
import { DEFAULTS } from "./defaults.ts";
import { PRESETS } from "./presets.ts";

/** Defaults as they are before anything is known of the job: null where they follow from something else. */
const UNDECIDED = {
  ...DEFAULTS,
  optimizer: { ...DEFAULTS.optimizer, learning_rate: null, weight_decay: null },
  scheduler: { ...DEFAULTS.scheduler, gamma: null },
  validation: { ...DEFAULTS.validation, metrics: null, save_best_metric: null, save_best_metric_mode: null },
} as const;

export const GROUP_NAMES = [
  "optimizer",
  "scheduler",
  "augmentation",
  "preprocessing",
  "validation",
] as const satisfies readonly (keyof typeof ADVANCED_FIELDS)[];
type GroupName = (typeof GROUP_NAMES)[number];

type Fields = Readonly<Record<string, z.ZodType>>;

/** Values of a group's fields: null only where that is the default. */
type Filled<Group extends Fields, Defaults> = {
  readonly [Name in keyof Group & keyof Defaults]: null extends Defaults[Name]
    ? z.output<Group[Name]> | null
    : z.output<Group[Name]>;
};

/** A complete `advanced_config`: what was given, over a preset, over the defaults. */
export type Settings = Filled<(typeof ADVANCED_FIELDS)["settings"], typeof UNDECIDED> & {
  readonly [Name in GroupName]: Filled<(typeof ADVANCED_FIELDS)[Name], (typeof UNDECIDED)[Name]>;
};

/** Settings whose null says "off", and not "not given". */
const NULL_IS_OFF: ReadonlySet<string> = new Set([
  "gradient_clip_value",
  "checkpoint_interval",
  "class_weights",
  "ema_decay",
]);

type Given = z.output<typeof AdvancedConfig>;
type Values = Readonly<Record<string, unknown>>;

/** Lays what was given over its preset and that over the defaults. */
export function completeSettings(given: Given): Settings {
  const preset: Values = given.preset ? PRESETS[given.preset] : {};
  const complete: Record<string, unknown> = overlaid(UNDECIDED, preset, given);
  for (const name of GROUP_NAMES) complete[name] = overlaid(UNDECIDED[name], preset[name], given[name]);
  // every name of UNDECIDED is there, and schemas have checked what was laid over it
  return complete as unknown as Settings;
}

/** The names of the lowest layer, each with the uppermost value. */
function overlaid(lowest: Values, ...layers: readonly unknown[]): Record<string, unknown> {
  const values: Record<string, unknown> = { ...lowest };
  for (const layer of layers) {
    if (typeof layer !== "object" || layer === null) continue;
    for (const [name, value] of Object.entries(layer)) {
      if (!Object.hasOwn(lowest, name) || value === undefined) continue;
      if (value !== null || NULL_IS_OFF.has(name)) values[name] = value;
    }
  }
  return values;
}

/** What was given itself, not by a preset: dotted names (`optimizer.betas`) and values, nulls and unknown keys left out. */
export function givenSettings(given: Given): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  const add = (name: string, value: unknown) => {
    if (value !== undefined && value !== null) values.set(name, value);
  };
  for (const name of Object.keys(UNDECIDED)) {
    if (!isGroup(name)) add(name, given[name]);
    else for (const key of Object.keys(UNDECIDED[name])) add(`${name}.${key}`, given[name]?.[key]);
  }
  return values;
}

function isGroup(name: string): name is GroupName {
  return (GROUP_NAMES as readonly string[]).includes(name);
}

/** Value of a dotted name in a nested object; undefined where there is none. */
export function settingAt(nested: object, name: string): unknown {
  return name
    .split(".")
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
          ? (inner as Values)[key]
          : undefined,
      nested,
    );
}
