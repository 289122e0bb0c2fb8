import { isoInstant, wholeNumber } from "../metadata-values.ts";
import type { Archive } from "../packed/archive.ts";
import { ElementTexts, readXml } from "../packed/read-xml.ts";
import type { DocumentMetadata } from "../port.ts";
import type { Relationships } from "./relationships.ts";

const CORE = [
  "dc:title",
  "dc:creator",
  "cp:lastModifiedBy",
  "cp:revision",
  "dcterms:created",
  "dcterms:modified",
];
const EXTENDED = ["ep:Template", "ep:TotalTime", "ep:Pages", "ep:Application", "ep:AppVersion", "ep:Company"];

/** Core and extended properties: ECMA-376-2, section 8; ECMA-376-1, section 22.2. Either part may be absent. */
export async function readProperties(archive: Archive, parts: Relationships): Promise<DocumentMetadata> {
  const core = new ElementTexts(CORE);
  const extended = new ElementTexts(EXTENDED);
  for (const [type, texts] of [
    ["core-properties", core],
    ["extended-properties", extended],
    // Strict documents' name for it.
    ["extendedProperties", extended],
  ] as const) {
    const part = parts.get(type);
    if (part !== undefined && archive.has(part)) await readXml(archive.read(part), texts);
  }
  const version = extended.get("ep:AppVersion");
  const application = extended.get("ep:Application");
  return {
    title: core.get("dc:title"),
    author: core.get("dc:creator"),
    lastModifiedBy: core.get("cp:lastModifiedBy"),
    createdAt: isoInstant(core.get("dcterms:created")),
    modifiedAt: isoInstant(core.get("dcterms:modified")),
    revisions: wholeNumber(core.get("cp:revision")),
    editingMinutes: wholeNumber(extended.get("ep:TotalTime")),
    producer: application === undefined || version === undefined ? application : `${application} ${version}`,
    company: extended.get("ep:Company"),
    template: extended.get("ep:Template"),
    pages: wholeNumber(extended.get("ep:Pages")),
  };
}
