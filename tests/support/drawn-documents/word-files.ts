import { strToU8, type Zippable, zipSync } from "fflate";

/** Parts of a drawn Word document, as XML within their root elements; absent ones are left out. */
export interface DrawnDocx {
  readonly body: string;
  readonly styles?: string;
  readonly numbering?: string;
  readonly footnotes?: string;
  readonly core?: string;
  readonly app?: string;
  /** Elements before the body. */
  readonly background?: string;
  /** Files by their names within `word/media`. */
  readonly media?: Readonly<Record<string, Uint8Array>>;
  /** Any other entries, or others in the place of ours. */
  readonly entries?: Readonly<Record<string, string | Uint8Array>>;
}

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const NAMESPACES =
  `xmlns:w="${W}" xmlns:m="${OFFICE}/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ` +
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" ' +
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"';

const part = (name: string, inside: string) => `${HEAD}<w:${name} ${NAMESPACES}>${inside}</w:${name}>`;
const relationships = (targets: readonly (readonly [type: string, target: string])[]) =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${targets
    .map(([type, target], index) => `<Relationship Id="rId${index}" Type="${type}" Target="${target}"/>`)
    .join("")}</Relationships>`;

/** A Word document as small as Word would open. */
export function drawDocx(drawn: DrawnDocx): Uint8Array {
  const { body, styles, numbering, footnotes, core, app, background = "", media = {}, entries = {} } = drawn;
  const parts: Record<string, string | Uint8Array | undefined> = {
    "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    "_rels/.rels": relationships([
      [`${OFFICE}/relationships/officeDocument`, "word/document.xml"],
      [`${PACKAGE}/relationships/metadata/core-properties`, "docProps/core.xml"],
      [`${OFFICE}/relationships/extended-properties`, "docProps/app.xml"],
    ]),
    "word/document.xml": part("document", `${background}<w:body>${body}</w:body>`),
    "word/_rels/document.xml.rels": relationships([
      [`${OFFICE}/relationships/styles`, "styles.xml"],
      [`${OFFICE}/relationships/numbering`, "/word/numbering.xml"],
      [`${OFFICE}/relationships/footnotes`, "footnotes.xml"],
    ]),
    "word/styles.xml": styles && part("styles", styles),
    "word/numbering.xml": numbering && part("numbering", numbering),
    "word/footnotes.xml": footnotes && part("footnotes", footnotes),
    "docProps/core.xml":
      core &&
      `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">${core}</cp:coreProperties>`,
    "docProps/app.xml": app && `${HEAD}<Properties xmlns="${OFFICE}/extended-properties">${app}</Properties>`,
  };
  for (const [name, bytes] of Object.entries(media)) parts[`word/media/${name}`] = bytes;
  return zipped({ ...parts, ...entries });
}

/** A run; properties go into `w:rPr`. */
export const run = (text: string, properties = "") =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;

/** A paragraph of runs, or of one with this text; properties go into `w:pPr`. */
export const paragraph = (inside: string, properties = "") =>
  `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${inside.startsWith("<") ? inside : run(inside)}</w:p>`;

/** Packs entries; those without content are left out. */
export function zipped(parts: Readonly<Record<string, string | Uint8Array | undefined>>): Uint8Array {
  const files: Zippable = {};
  for (const [name, content] of Object.entries(parts))
    if (content) files[name] = typeof content === "string" ? strToU8(content) : content;
  return zipSync(files);
}
