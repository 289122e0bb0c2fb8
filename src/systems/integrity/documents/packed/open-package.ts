import { readDocx } from "../docx/read-docx.ts";
import { readRelationships } from "../docx/relationships.ts";
import { readOdt } from "../odt/read-odt.ts";
import type { RecognisedDocument } from "../recognise.ts";
import { refusal } from "../refusals.ts";
import { Archive } from "./archive.ts";
import { readPackedImages } from "./packed-images.ts";
import { readXml } from "./read-xml.ts";

/** Reads an archive that is a Word document or an OpenDocument text. @throws QuatrainError `unsupported_document` */
export async function openPackage(path: string): Promise<RecognisedDocument> {
  const archive = await Archive.open(path);
  if (archive.has("mimetype") && (await mimetypeOf(archive)).startsWith(OPEN_TEXT)) {
    const text = await readOdt(archive);
    return { format: "odt", text, readImages: (images) => readPackedImages(archive, "pictures/", images) };
  }
  if (archive.has(CONTENT_TYPES) && (await hasWordDocument(archive))) {
    const text = await readDocx(archive, await readRelationships(archive, ""));
    return { format: "docx", text, readImages: (images) => readPackedImages(archive, "word/media/", images) };
  }
  throw refusal("unsupported_document");
}

/** Texts, their templates and master documents. */
const OPEN_TEXT = "application/vnd.oasis.opendocument.text";
const CONTENT_TYPES = "[Content_Types].xml";
/** Documents and templates, with macros (which nobody runs) or without. */
const WORD =
  /^application\/(vnd\.openxmlformats-officedocument\.wordprocessingml|vnd\.ms-word)\..*main\+xml$/;

async function mimetypeOf(archive: Archive): Promise<string> {
  for await (const chunk of archive.read("mimetype")) return Buffer.from(chunk).toString("latin1");
  return "";
}

async function hasWordDocument(archive: Archive): Promise<boolean> {
  let found = false;
  await readXml(archive.read(CONTENT_TYPES), {
    open: (_, { ContentType = "" }) => {
      found ||= WORD.test(ContentType);
    },
  });
  return found;
}
