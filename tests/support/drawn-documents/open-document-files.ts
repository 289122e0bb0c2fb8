import { zipped } from "./word-files.ts";

/** Parts of a drawn OpenDocument text, as XML; absent ones are left out. */
export interface DrawnOdt {
  /** Within `office:text`. */
  readonly body: string;
  readonly automaticStyles?: string;
  /** Within `office:styles`. */
  readonly styles?: string;
  /** Within `office:meta`. */
  readonly meta?: string;
  /** Files by their names within `Pictures`. */
  readonly pictures?: Readonly<Record<string, Uint8Array>>;
  readonly entries?: Readonly<Record<string, string | Uint8Array>>;
}

const ODF = "urn:oasis:names:tc:opendocument:xmlns";
const NAMESPACES = [
  ["office", "office:1.0"],
  ["text", "text:1.0"],
  ["style", "style:1.0"],
  ["table", "table:1.0"],
  ["draw", "drawing:1.0"],
  ["meta", "meta:1.0"],
  ["manifest", "manifest:1.0"],
  ["fo", "xsl-fo-compatible:1.0"],
]
  .map(([prefix, name]) => `xmlns:${prefix}="${ODF}:${name}"`)
  .join(" ");

const part = (name: string, inside: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><office:${name} ${NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink">${inside}</office:${name}>`;

/** An OpenDocument text as small as LibreOffice would open. */
export function drawOdt(drawn: DrawnOdt): Uint8Array {
  const { body, automaticStyles = "", styles, meta, pictures = {}, entries = {} } = drawn;
  const parts: Record<string, string | Uint8Array | undefined> = {
    mimetype: "application/vnd.oasis.opendocument.text",
    "content.xml": part(
      "document-content",
      `<office:automatic-styles>${automaticStyles}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body>`,
    ),
    "styles.xml": styles && part("document-styles", `<office:styles>${styles}</office:styles>`),
    "meta.xml": meta && part("document-meta", `<office:meta>${meta}</office:meta>`),
  };
  for (const [name, bytes] of Object.entries(pictures)) parts[`Pictures/${name}`] = bytes;
  return zipped({ ...parts, ...entries });
}

/** A manifest that says that the content is encrypted. */
export const encryptedManifest = `<manifest:manifest xmlns:manifest="${ODF}:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry></manifest:manifest>`;
