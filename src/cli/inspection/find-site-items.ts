import { readdir } from "node:fs/promises";
import { join, sep } from "node:path";
import { userError } from "../../platform/errors/quatrain-error.ts";

/** Names as the server's fields. */
export interface SitePlace {
  readonly recipe_id: string;
  readonly role_id: string;
  readonly roi_id: string;
}

export interface SiteMemoryItem {
  readonly place: SitePlace & { readonly model_key?: string };
  /** Relative to the site's folder. */
  readonly path: string;
  readonly calibration: string | null;
}

export interface SiteDatasetItem {
  readonly place: SitePlace;
  readonly label: "ok" | "ng";
  /** Relative to the site's folder, sorted. */
  readonly pictures: readonly string[];
}

export interface SiteItems {
  readonly memories: readonly SiteMemoryItem[];
  readonly datasets: readonly SiteDatasetItem[];
  /** Files that mean nothing to an import, with why. */
  readonly left: readonly { readonly path: string; readonly why: string }[];
  readonly sidecars: ReadonlySet<string>;
}

const MOST_FILES = 1_000_000;
const PICTURE = /\.(png|jpe?g|bmp|webp|tiff?)$/i;

/**
 * What lies in the folder of an existing site: `recipes/RECIPE/KEY/BASE.npz`, flat `BASE.npz`, `ROLE/ROI/memory.npz`;
 * `recipes/RECIPE/datasets/BASE/{ok,ng}`, `datasets/BASE/{ok,ng}`, `datasets/ROLE/ROI/{ok,ng}`. BASE is
 * `base64url(role)__base64url(roi)`. Links are not followed.
 * @throws QuatrainError `no_such_file` (400), `too_many_files` (413)
 */
export async function findSiteItems(dir: string): Promise<SiteItems> {
  const files = await listFiles(dir);
  const all = new Set(files);
  const memories: SiteMemoryItem[] = [];
  const pictures = new Map<string, { place: SitePlace; label: "ok" | "ng"; pictures: string[] }>();
  const sidecars = new Set<string>();
  const left: { path: string; why: string }[] = [];
  for (const path of files) {
    const parts = path.split("/");
    const dataset = datasetOf(parts);
    const place = path.endsWith(".npz") ? memoryOf(parts) : null;
    if (dataset !== null && PICTURE.test(path)) {
      const key = `${parts.slice(0, -1).join("/")}`;
      const found = pictures.get(key) ?? { ...dataset, pictures: [] };
      found.pictures.push(path);
      pictures.set(key, found);
    } else if (dataset !== null && path.endsWith(".json")) sidecars.add(path);
    else if (place !== null) memories.push({ place, path, calibration: calibrationOf(path, all) });
    else if (!/(_calib|calib|calibration)\.json$|_index\.faiss$|index\.faiss$/.test(path))
      left.push({ path, why: "not a part of a site that is known" });
  }
  return { memories, datasets: [...pictures.values()], left, sidecars };
}

async function listFiles(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => null);
  if (entries === null) throw userError("no_such_file", 400, `There is no folder ${dir}`);
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(dir, sep).length).split(sep).join("/"))
    .sort();
  if (files.length > MOST_FILES)
    throw userError("too_many_files", 413, `${dir} has ${files.length} files: import it in parts`);
  return files;
}

/** The recipe of a path and what comes after it. */
function recipeOf(parts: readonly string[]): { recipe_id: string; rest: readonly string[] } {
  return parts[0] === "recipes" && parts[1] !== undefined
    ? { recipe_id: parts[1], rest: parts.slice(2) }
    : { recipe_id: "default", rest: parts };
}

function datasetOf(parts: readonly string[]): { place: SitePlace; label: "ok" | "ng" } | null {
  const { recipe_id, rest } = recipeOf(parts);
  const [folder, ...names] = rest;
  const label = names.at(-2)?.toLowerCase();
  if (folder !== "datasets" || (label !== "ok" && label !== "ng")) return null;
  const [role_id, roi_id, ...more] = names.slice(0, -2);
  const base = role_id === undefined || roi_id !== undefined ? null : parseBase(role_id);
  if (base !== null) return { place: { recipe_id, ...base }, label };
  if (role_id === undefined || roi_id === undefined || more.length > 0) return null;
  return { place: { recipe_id, role_id, roi_id }, label };
}

function memoryOf(parts: readonly string[]): SiteMemoryItem["place"] | null {
  const { recipe_id, rest } = recipeOf(parts);
  const name = rest.at(-1) ?? "";
  const folders = rest.slice(0, -1);
  if (name === "memory.npz" && folders.length === 2)
    return { recipe_id, role_id: folders[0] as string, roi_id: folders[1] as string };
  const base = parseBase(name.slice(0, -".npz".length));
  if (base === null || folders.length > 1) return null;
  return { recipe_id, ...base, ...(folders[0] === undefined ? {} : { model_key: folders[0] }) };
}

/** As the server reads its own folders' names. */
function parseBase(name: string): { role_id: string; roi_id: string } | null {
  const between = name.lastIndexOf("__");
  if (between < 1) return null;
  const [role_id, roi_id] = [name.slice(0, between), name.slice(between + 2)].map((part) =>
    Buffer.from(part, "base64url").toString("utf8"),
  ) as [string, string];
  const again = [role_id, roi_id].map((text) => Buffer.from(text, "utf8").toString("base64url")).join("__");
  return roi_id !== "" && again === name ? { role_id, roi_id } : null;
}

function calibrationOf(path: string, files: ReadonlySet<string>): string | null {
  const stem = path.slice(0, -".npz".length);
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const names = path.endsWith("memory.npz")
    ? [`${folder}calib.json`, `${folder}calibration.json`, `${stem}_calib.json`]
    : [`${stem}_calib.json`];
  return names.find((name) => files.has(name)) ?? null;
}
