import { findPackageJSON } from "node:module";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Packages that readers load; what these need lies beside them. */
const PACKAGES = ["unpdf", "cheerio", "yauzl", "saxes", "sharp"];

let found: readonly string[] | undefined;

/** Folders and files that hold the code of a reading process. */
export function codeFolders(): readonly string[] {
  found ??= [...new Set([...own(), ...PACKAGES.flatMap(folderOf)])];
  return found;
}

/** Our sources, and the file that says how Node is to take them. */
function own(): string[] {
  return ["../../../", "../../../../package.json"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
}

/** The outermost folder of packages that one lies in: links between packages stay inside. */
function folderOf(name: string): string[] {
  const description = findPackageJSON(name, import.meta.url);
  const folder = `${sep}node_modules${sep}`;
  const at = description?.indexOf(folder) ?? -1;
  return description === undefined || at < 0 ? [] : [description.slice(0, at + folder.length)];
}
