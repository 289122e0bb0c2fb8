import { settingText } from "../setting-text.ts";

/** Colours of curves that can be told apart. */
const MOST = 4;

/** Ids in an address's `jobs`: `3-5-8`. Others are left out. */
export function jobsOf(text: string): readonly number[] {
  const ids = text.split("-").map(Number);
  return [...new Set(ids.filter((id) => Number.isSafeInteger(id) && id > 0))].slice(0, MOST);
}

interface Configured {
  readonly effective_config: Readonly<Record<string, { readonly effective?: unknown }>>;
}

/** Settings that did something else in one of the jobs than in another, by name. O(jobs * settings). */
export function differingSettings(
  jobs: readonly Configured[],
): readonly { readonly name: string; readonly values: readonly string[] }[] {
  const names = [...new Set(jobs.flatMap(({ effective_config: config }) => Object.keys(config)))];
  return names
    .map((name) => ({
      name,
      values: jobs.map(({ effective_config: config }) => settingText(config[name]?.effective)),
    }))
    .filter(({ values }) => new Set(values).size > 1);
}
