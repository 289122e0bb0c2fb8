import type { Archive } from "../packed/archive.ts";
import { readXml, type XmlHandler } from "../packed/read-xml.ts";
import type { DocumentNote } from "../port.ts";
import type { TextOfDocument } from "../text-of-document.ts";
import { DocxBody } from "./body.ts";
import { DocxNumbering } from "./numbering.ts";
import { readProperties } from "./properties.ts";
import { type Relationships, readRelationships } from "./relationships.ts";
import { DocxStyles } from "./styles.ts";

/** Parts that are read after the body, in this order; comments, headers and footers are not. */
const NOTES = ["footnotes", "endnotes"];

/**
 * Reads a Word document: paragraphs with their numbers, tables row by row, boxes after the paragraph that they hang
 * on, footnotes at the end. What tracked changes delete is counted, not read.
 *
 * @param packageParts relationships of the whole package.
 */
export async function readDocx(archive: Archive, packageParts: Relationships): Promise<TextOfDocument> {
  const main = packageParts.get("officeDocument") ?? "word/document.xml";
  const parts = await readRelationships(archive, main);
  const read = async (part: string | undefined, handler: XmlHandler) => {
    if (part !== undefined && archive.has(part)) await readXml(archive.read(part), handler);
  };
  const styles = new DocxStyles();
  const numbering = new DocxNumbering();
  await read(parts.get("styles"), styles);
  await read(parts.get("numbering"), numbering);
  const body = new DocxBody(styles, numbering);
  await readXml(archive.read(main), body);
  const notes = new DocxBody(styles, numbering);
  for (const type of NOTES) await read(parts.get(type), notes);
  body.content.appendText(notes.content);
  const trackedChanges = {
    insertions: body.insertions + notes.insertions,
    deletions: body.deletions + notes.deletions,
  };
  const said: DocumentNote[] = body.embedded > 0 ? ["embedded_document_unread"] : [];
  const metadata = await readProperties(archive, packageParts);
  return { content: body.content, metadata: { ...metadata, trackedChanges }, notes: said };
}
