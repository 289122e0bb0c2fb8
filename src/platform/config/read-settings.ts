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
  /** What is wrong, a sentence each; the value of a faulty setting is its default. */
  readonly faults: readonly string[];
  readonly faulty: ReadonlySet<SettingName>;
  readonly values: SettingValues;
  /** Names that look like ours but that this version does not know: a likely typing mistake. */
  readonly unknown: readonly string[];
}

/** Where the settings are, and where the command line's server is: read before or beside the settings. */
const NOT_SETTINGS = new Set(["QUATRAIN_CONFIG", "QUATRAIN_URL"]);
const SHOWN_CHARACTERS = 100;

/** Reads every setting: command line over environment over file over default. Blank counts as absent. */
export function readSettings(sources: SettingSources): ReadSettings {
  const faults: string[] = [];
  const faulty = new Set<SettingName>();
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries<Setting<unknown>>(SETTINGS)) {
    const given = firstGiven(name as SettingName, sources);
    try {
      values[name] = given === undefined ? setting.fallback : setting.parse(textOf(given));
    } catch (error) {
      if (!(error instanceof SettingFault)) throw error;
      faults.push(`${name}${shown(setting, given)}: ${error.message}`);
      faulty.add(name as SettingName);
      values[name] = setting.fallback;
    }
  }
  faults.push(...unknownInFile(sources.file));
  return {
    values: values as unknown as SettingValues,
    faults,
    faulty,
    unknown: unknownInEnvironment(sources.environment),
  };
}

function firstGiven(name: SettingName, { options, environment, file }: SettingSources): unknown {
  return [options?.[name], environment[name], file?.[name]].find((given) => !isBlank(given));
}

function isBlank(given: unknown): boolean {
  return given === undefined || given === null || (typeof given === "string" && given.trim() === "");
}

/** @throws SettingFault for what no setting can be */
function textOf(given: unknown): string {
  if (Array.isArray(given)) return given.map(textOf).join(",");
  if (typeof given === "object") throw new SettingFault("must be a text, a number, a truth value or a list");
  return String(given).trim();
}

/** What was given, as far as it may be printed. */
function shown(setting: Setting<unknown>, given: unknown): string {
  return setting.secret || typeof given === "object" ? "" : `=${String(given).slice(0, SHOWN_CHARACTERS)}`;
}

function unknownInFile(file: SettingSources["file"]): string[] {
  return Object.keys(file ?? {})
    .filter((name) => !Object.hasOwn(SETTINGS, name))
    .map((name) => `${name}: there is no such setting (in the config file)`);
}

function unknownInEnvironment(environment: SettingSources["environment"]): string[] {
  return Object.keys(environment).filter(
    (name) => /^(QUATRAIN|BDI)_/.test(name) && !Object.hasOwn(SETTINGS, name) && !NOT_SETTINGS.has(name),
  );
}
