import type { Archive } from "../packed/archive.ts";
import { readXml } from "../packed/read-xml.ts";

/** Parts that a part refers to, by the last word of the relationship's type (`styles`, `footnotes`). */
export type Relationships = ReadonlyMap<string, string>;

/**
 * Relationships of a part, or of the whole package for an empty name. What lies outside of the archive is left alone:
 * nothing is fetched. ECMA-376-2, section 6.5.
 */
export async function readRelationships(archive: Archive, part: string): Promise<Relationships> {
  const folder = part.slice(0, part.lastIndexOf("/") + 1);
  const found = new Map<string, string>();
  const name = `${folder}_rels/${part.slice(folder.length)}.rels`;
  if (!archive.has(name)) return found;
  await readXml(archive.read(name), {
    open: (element, { Type = "", Target = "", TargetMode }) => {
      if (element !== "rel:Relationship" || TargetMode === "External") return;
      const type = Type.slice(Type.lastIndexOf("/") + 1);
      if (!found.has(type)) found.set(type, resolve(folder, Target));
    },
  });
  return found;
}

/** Name of an entry: targets are relative to the part's folder, or begin with a slash. */
function resolve(folder: string, target: string): string {
  if (!URL.canParse(target, `zip:///${folder}`)) return "";
  return decodeURI(new URL(target, `zip:///${folder}`).pathname).slice(1);
}
