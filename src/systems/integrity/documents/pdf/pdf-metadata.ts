import { PDFDateString } from "unpdf/pdfjs";
import { isoInstant, plausible, shortField } from "../metadata-values.ts";
import type { DocumentMetadata } from "../port.ts";
import type { Pdf } from "./load-pdf.ts";

/** Names of the same fields in the information dictionary and in XMP. ISO 32000-1, section 14.3. */
export async function readPdfMetadata(pdf: Pdf): Promise<DocumentMetadata> {
  const { info, metadata: xmp } = await pdf.getMetadata().catch(() => ({ info: {}, metadata: null }));
  const fields = info as Readonly<Record<string, unknown>>;
  const text = (name: string, xmpName: string) => {
    const value = fields[name] ?? xmp?.get(xmpName);
    return typeof value === "string" ? shortField(value) : undefined;
  };
  const time = (name: string, xmpName: string) =>
    pdfInstant(fields[name]) ?? isoInstant(text(xmpName, xmpName));
  return {
    title: text("Title", "dc:title"),
    author: text("Author", "pdf:author"),
    createdAt: time("CreationDate", "xmp:createdate"),
    modifiedAt: time("ModDate", "xmp:modifydate"),
    producer: text("Producer", "pdf:producer"),
    creator: text("Creator", "xmp:creatortool"),
    pages: pdf.numPages,
  };
}

/** `D:20260130103000-05'00'` in milliseconds since 1970. */
function pdfInstant(value: unknown): number | undefined {
  const date = typeof value === "string" ? PDFDateString.toDateObject(value) : null;
  return date === null ? undefined : plausible(date.getTime());
}
