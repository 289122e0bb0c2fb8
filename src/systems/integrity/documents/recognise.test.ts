import { describe, expect, it } from "vitest";
import { drawOdt } from "../../../../tests/support/drawn-documents/open-document-files.ts";
import { rawPdf } from "../../../../tests/support/drawn-documents/pdf-files.ts";
import { drawDocx, paragraph, zipped } from "../../../../tests/support/drawn-documents/word-files.ts";
import { readHere } from "./testing.ts";

const docx = drawDocx({ body: paragraph("hola") });
const odt = drawOdt({ body: "<text:p>hola</text:p>" });
const pdf = rawPdf("BT /F1 12 Tf 72 700 Td (hola) Tj ET");

describe("a file's kind", () => {
  it.each([
    ["docx", docx],
    ["odt", odt],
    ["pdf", pdf],
    ["pdf", Buffer.concat([Buffer.from([0, 1, 2, 3]), pdf])],
  ])("is %s by what it contains, whatever its name", async (format, bytes) => {
    for (const name of ["a.docx", "a.pdf", "a.txt", "a"])
      expect(await readHere(bytes, name)).toMatchObject({ format, text: "hola" });
  });

  it("is text where PDF is only spoken of", async () => {
    expect(await readHere("Un archivo empieza por %PDF-1.7.", "a.md")).toMatchObject({ format: "md" });
  });

  it.each([
    ["an archive of anything", zipped({ "a.txt": "hola" })],
    [
      "a workbook",
      zipped({
        "[Content_Types].xml":
          '<Types xmlns="x"><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
      }),
    ],
    [
      "an OpenDocument sheet",
      zipped({ mimetype: "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>" }),
    ],
    ["a picture", Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1")],
    ["a document of Word before 2007", Buffer.from("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1WordDocument", "latin1")],
  ])("is refused when it is %s, naming what is read", async (_, bytes) => {
    await expect(readHere(bytes, "a.docx")).rejects.toMatchObject({
      code: "unsupported_document",
      status: 400,
      message: expect.stringContaining("PDF, DOCX, ODT, TXT, HTML or MD"),
    });
  });

  it("is told from a document that Office has encrypted", async () => {
    const office = Buffer.concat([
      Buffer.from("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "latin1"),
      Buffer.from("EncryptedPackage", "utf16le"),
    ]);
    await expect(readHere(office, "a.docx")).rejects.toMatchObject({ code: "document_encrypted" });
  });
});
