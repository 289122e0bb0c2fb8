import { realpathSync } from "node:fs";
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

/** The outermost folder of packages that one lies in, as it is named and where a link leads. */
function folderOf(name: string): string[] {
  const description = findPackageJSON(name, import.meta.url);
  if (description === undefined) return [];
  const folder = `${sep}node_modules${sep}`;
  return [description, realpathSync(description)].flatMap((path) => {
    const at = path.indexOf(folder);
    return at < 0 ? [] : [path.slice(0, at + folder.length)];
  });
}
