import { readFileSync } from "node:fs";
import { messageOf, QuatrainError } from "../errors/quatrain-error.ts";
import { type Setting, SettingFault } from "./setting.ts";
import { SETTINGS, type SettingName, type SettingValues } from "./settings.ts";

export interface SettingSources {
  /** Strongest: options of the command line, by setting name. */
  readonly options?: Readonly<Partial<Record<SettingName, string>>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Weakest: a JSON object of the same names. */
  readonly file?: Readonly<Record<string, unknown>>;
}

export interface ReadSettings {
  readonly values: SettingValues;
  /** Names that look like ours but that this version does not know: a likely typing mistake. */
  readonly unknown: readonly string[];
}

/**
 * Reads every setting: command line over environment over file over default. Blank counts as absent.
 * @throws QuatrainError `invalid_settings` that lists all faults at once
 */
export function readSettings(sources: SettingSources): ReadSettings {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries<Setting<unknown>>(SETTINGS)) {
    const given = firstGiven(name as SettingName, sources);
    try {
      values[name] = given === undefined ? setting.fallback : setting.parse(given);
    } catch (error) {
      if (!(error instanceof SettingFault)) throw error;
      faults.push(`${name}${setting.secret ? "" : `=${given}`}: ${error.message}`);
    }
  }
  faults.push(...unknownInFile(sources.file));
  if (faults.length > 0) {
    throw new QuatrainError(
      `These settings cannot be used:\n${faults.map((fault) => `  ${fault}`).join("\n")}`,
      {
        code: "invalid_settings",
        status: 500,
        details: { faults },
      },
    );
  }
  return { values: values as unknown as SettingValues, unknown: unknownInEnvironment(sources.environment) };
}

function firstGiven(name: SettingName, { options, environment, file }: SettingSources): string | undefined {
  const inFile = file?.[name];
  const candidates = [
    options?.[name],
    environment[name],
    inFile === undefined || inFile === null
      ? undefined
      : Array.isArray(inFile)
        ? inFile.join(",")
        : String(inFile),
  ];
  return candidates
    .map((candidate) => candidate?.trim())
    .find((candidate) => candidate !== undefined && candidate !== "");
}

function unknownInFile(file: SettingSources["file"]): string[] {
  return Object.keys(file ?? {})
    .filter((name) => !(name in SETTINGS))
    .map((name) => `${name}: there is no such setting (in the config file)`);
}

function unknownInEnvironment(environment: SettingSources["environment"]): string[] {
  return Object.keys(environment).filter(
    (name) => /^(QUATRAIN|BDI)_/.test(name) && !(name in SETTINGS) && name !== "QUATRAIN_CONFIG",
  );
}

/** @throws QuatrainError `invalid_settings` when the file cannot be read or is not a JSON object */
export function readConfigFile(path: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
    throw new SettingFault("it must hold one JSON object of setting names and values");
  } catch (error) {
    throw new QuatrainError(`The config file ${path} cannot be used: ${messageOf(error)}`, {
      code: "invalid_settings",
      status: 500,
      cause: error,
    });
  }
}
