const OOXML = "http://schemas.openxmlformats.org/";
const STRICT = "http://purl.oclc.org/ooxml/";
const ODF = "urn:oasis:names:tc:opendocument:xmlns:";

/** Our prefixes, whatever a document's own are. */
const PREFIXES: Readonly<Record<string, string>> = {
  [`${OOXML}wordprocessingml/2006/main`]: "w",
  [`${STRICT}wordprocessingml/main`]: "w",
  [`${OOXML}officeDocument/2006/math`]: "m",
  [`${STRICT}officeDocument/math`]: "m",
  [`${OOXML}drawingml/2006/main`]: "a",
  [`${STRICT}drawingml/main`]: "a",
  [`${OOXML}markup-compatibility/2006`]: "mc",
  "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
  [`${OOXML}package/2006/relationships`]: "rel",
  [`${OOXML}package/2006/metadata/core-properties`]: "cp",
  [`${OOXML}officeDocument/2006/extended-properties`]: "ep",
  [`${STRICT}officeDocument/extendedProperties`]: "ep",
  "http://purl.org/dc/elements/1.1/": "dc",
  "http://purl.org/dc/terms/": "dcterms",
  [`${ODF}office:1.0`]: "office",
  [`${ODF}text:1.0`]: "text",
  [`${ODF}style:1.0`]: "style",
  [`${ODF}table:1.0`]: "table",
  [`${ODF}drawing:1.0`]: "draw",
  [`${ODF}meta:1.0`]: "meta",
  [`${ODF}manifest:1.0`]: "manifest",
  [`${ODF}xsl-fo-compatible:1.0`]: "fo",
};

/** `w:p` for an element of WordprocessingML; foreign ones have no prefix that ours could be confused with. */
export function qualifiedName(uri: string, local: string): string {
  return `${PREFIXES[uri] ?? "?"}:${local}`;
}
