import { DEFAULTS } from "./defaults.ts";
import { ALL_FIELDS } from "./fields/all-fields.ts";
import type { Dependency } from "./fields/field-facts.ts";
import type { Findings } from "./findings.ts";
import { type Settings, settingAt } from "./settings.ts";

/** Settings that do something only while another one is above 0. */
const NEEDS_ABOVE_ZERO: Readonly<Record<string, string>> = {
  "scheduler.warmup_lr": "scheduler.warmup_epochs",
  keep_n_checkpoints: "checkpoint_interval",
};

/**
 * Warns of every setting that was given and does nothing, because of another one. Forms send all that they show: what is
 * the default anyway is not worth a word.
 */
export function warnOfUnused(
  given: ReadonlyMap<string, unknown>,
  settings: Settings,
  findings: Findings,
): void {
  for (const [name, value] of given) {
    if (JSON.stringify(value) === JSON.stringify(settingAt(DEFAULTS, name))) continue;
    const obstacle = obstacleTo(name, settings);
    if (obstacle !== null) findings.warn(`advanced_config.${name} has no effect: ${obstacle}`);
  }
}

/** Why a setting does nothing; null where it does something. */
export function obstacleTo(name: string, settings: Settings): string | null {
  const needed = NEEDS_ABOVE_ZERO[name];
  if (needed !== undefined && Number(settingAt(settings, needed) ?? 0) <= 0)
    return `it needs ${needed} above 0`;
  const dependency = ALL_FIELDS.get(name)?.facts.dependsOn;
  if (dependency === undefined) return null;
  const value = settingAt(settings, dependency.name);
  if (dependency.equals.some((wanted) => wanted === value)) return obstacleTo(dependency.name, settings);
  return `it needs ${described(dependency)}, which is ${JSON.stringify(value)}`;
}

function described({ name, equals }: Dependency): string {
  return `${name} ${equals.map((value) => JSON.stringify(value)).join(" or ")}`;
}
