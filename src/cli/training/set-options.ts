import { userError } from "../../platform/errors/quatrain-error.ts";

type Settings = Record<string, unknown>;

/**
 * `--set optimizer.type=sgd`: settings by dotted names as the object that `advanced_config` is. Values are JSON where
 * they are (0.1, true, null, [0.9,0.99], "text"), several with commas a list, anything else the text itself.
 * @throws QuatrainError `invalid_option` (400)
 */
export function settingsFrom(assignments: readonly string[]): Settings {
  const settings = empty();
  for (const assignment of assignments) {
    const at = assignment.indexOf("=");
    const name = assignment.slice(0, Math.max(at, 0)).trim();
    if (!/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(name) || name.includes("__")) {
      throw invalid(
        `--set needs NAME=VALUE with a dotted name, as optimizer.type=sgd: ${assignment} is not that`,
      );
    }
    put(settings, name, readValue(assignment.slice(at + 1)));
  }
  return settings;
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function put(settings: Settings, name: string, value: unknown): void {
  const groups = name.split(".");
  const last = groups.pop() ?? name;
  let group = settings;
  for (const part of groups) {
    group[part] ??= empty();
    const inner = group[part];
    if (!isObject(inner)) throw invalid(`--set ${name}: ${part} was given a value already`);
    group = inner;
  }
  if (isObject(group[last])) throw invalid(`--set ${name}: settings within it were given already`);
  group[last] = value;
}

/** Without what every object inherits: `constructor` is a name like any other. */
function empty(): Settings {
  return Object.create(null) as Settings;
}

function readValue(text: string): unknown {
  const trimmed = text.trim();
  const whole = parsed(trimmed);
  if (whole !== undefined) return whole;
  if (!trimmed.includes(",")) return trimmed;
  return trimmed.split(",").map((part) => parsed(part.trim()) ?? part.trim());
}

/** Undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(message: string) {
  return userError("invalid_option", 400, message);
}
