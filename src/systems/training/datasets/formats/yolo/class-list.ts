import { className, demandClasses } from "../../index/class-names.ts";
import type { FormatInput } from "../../index/dataset-index.ts";
import { type Problems, quoted } from "../../index/problems.ts";
import { readSmall } from "../../index/small-files.ts";
import { parseYamlSubset, type YamlValue } from "./yaml-subset.ts";

/** What describes a YOLO dataset. */
export interface YoloDescription {
  /** The file; null where there is none. */
  readonly path: string | null;
  /** By their numbers, ascending; null where nothing names them. */
  readonly names: ReadonlyMap<number, string> | null;
  /** Keys of data.yaml; empty where there is only a list of names. */
  readonly values: ReadonlyMap<string, YamlValue>;
}

const YAML = /\.ya?ml$/i;
const NAMES = /(^|\/)(classes\.txt|[^/]*\.names|names\.txt)$/i;

/** Files that may name the classes, the likeliest first. */
export function describingFiles({ files }: Pick<FormatInput, "files">): { yaml: string[]; names: string[] } {
  const paths = files
    .map(({ path }) => path)
    .sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
  const yaml = paths.filter((path) => YAML.test(path));
  const named = yaml.filter((path) => /(^|\/)data(set)?\.ya?ml$/i.test(path));
  return { yaml: named.length > 0 ? named : yaml, names: paths.filter((path) => NAMES.test(path)) };
}

/**
 * The names of classes: `names` of data.yaml (a list or a map), else one a line in classes.txt or obj.names.
 * @throws QuatrainError `too_many_classes` (400)
 */
export async function readDescription(input: FormatInput, problems: Problems): Promise<YoloDescription> {
  const { yaml, names } = describingFiles(input);
  for (const path of yaml.slice(0, 10)) {
    const values = parseYamlSubset((await readSmall(input, path, problems)) ?? "");
    const listed = namesOf(values.get("names"));
    if (listed === null) continue;
    const count = values.get("nc");
    if (typeof count === "string" && Number(count) !== listed.size)
      problems.add("class_count", path, `The file says ${quoted(count)} classes and names ${listed.size}`);
    return { path, names: checked(listed, path, problems), values };
  }
  const [path] = names;
  const text = path === undefined ? null : await readSmall(input, path, problems);
  if (path === undefined || text === null) return { path: null, names: null, values: new Map() };
  const lines = text.trimEnd().split(/\r?\n/);
  return { path, names: checked(new Map(lines.entries()), path, problems), values: new Map() };
}

function namesOf(value: YamlValue | undefined): Map<number, string> | null {
  if (value === undefined || typeof value === "string") return null;
  if (!(value instanceof Map)) return new Map((value as readonly string[]).entries());
  const numbered = [...value].map(([id, name]) => [Number(id), name] as const);
  return new Map(numbered.filter(([id]) => Number.isInteger(id) && id >= 0).sort(([a], [b]) => a - b));
}

function checked(names: ReadonlyMap<number, string>, path: string, problems: Problems): Map<number, string> {
  demandClasses(names.size);
  const clean = new Map<number, string>();
  for (const [id, text] of names) {
    const name = className(text);
    if (name === "") problems.add("bad_class", path, `The class ${id} has no name: it is called ${id}`);
    clean.set(id, name === "" ? String(id) : name);
  }
  return clean;
}
