import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { ChildDocumentReader } from "../../src/systems/integrity/documents/child-document-reader.ts";
import { toRefusal } from "../../src/systems/integrity/documents/refusals.ts";
import { readHere } from "../../src/systems/integrity/documents/testing.ts";
import { drawOdt } from "../support/drawn-documents/open-document-files.ts";
import { drawPdf, rawPdf } from "../support/drawn-documents/pdf-files.ts";
import { drawDocx, paragraph, zipped } from "../support/drawn-documents/word-files.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Documents that are made to harm whoever reads them. Each is refused, or read for what it says; we go on. */

const MB = 1024 ** 2;
const reader = new ChildDocumentReader({ textMs: 15_000 });
afterAll(() => reader.close());

async function read(bytes: Uint8Array | string, name: string) {
  const path = join(await temporaryFolder(), "upload");
  await writeFile(path, bytes);
  return reader.read(path, name);
}
const outcome = (bytes: Uint8Array | string, name: string) =>
  read(bytes, name).then(
    ({ text }) => text,
    ({ code }) => code,
  );

const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const wordPart = (declaration: string, words: string) =>
  `<?xml version="1.0"?>${declaration}<w:document xmlns:w="${WORD}"><w:body><w:p><w:r><w:t>${words}</w:t></w:r></w:p></w:body></w:document>`;
const docxOf = (part: string | Uint8Array) => drawDocx({ body: "", entries: { "word/document.xml": part } });
const nested = (element: string, inside: string) =>
  `<${element}>`.repeat(100_000) + inside + `</${element}>`.repeat(100_000);
const laughs = `<!DOCTYPE l [<!ENTITY a "ja">${Array.from("bcdefghij", (name, at) => `<!ENTITY ${name} "${`&${"abcdefghi"[at]};`.repeat(10)}">`).join("")}]>`;
const show = (words: string) => `BT /F1 12 Tf 72 700 Td (${words}) Tj ET`;

describe("archives", () => {
  it("that unpack to far more than they are", async () => {
    expect(await outcome(docxOf(new Uint8Array(80 * MB).fill(32)), "a.docx")).toBe("document_too_complex");
    const lying = Buffer.from(docxOf(new Uint8Array(20 * MB).fill(32)));
    const at = lying.lastIndexOf(Buffer.from("word/document.xml")) - 46;
    lying.writeUInt32LE(1_000, at + 24);
    expect(await outcome(lying, "a.docx")).toBe("document_unreadable");
  });

  it("with more entries than any document", async () => {
    const entries = Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`${at}`, "x"]));
    expect(await outcome(zipped(entries), "a.docx")).toBe("document_too_complex");
  });

  it("with names that lead out of them", async () => {
    expect(await outcome(zipped({ "../../etc/passwd": "x" }), "a.docx")).toBe("document_unreadable");
    const entries = {
      "_rels/.rels":
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Type="x/officeDocument" Target="file:///etc/passwd"/></Relationships>',
    };
    expect(await outcome(drawDocx({ body: paragraph("x"), entries }), "a.docx")).toBe("document_unreadable");
  });
});

describe("markup", () => {
  it("of elements within elements, a hundred thousand deep", async () => {
    expect(await outcome(drawDocx({ body: nested("w:sdt", paragraph("x")) }), "a.docx")).toBe(
      "document_too_complex",
    );
    expect(await outcome(drawOdt({ body: nested("text:section", "<text:p>x</text:p>") }), "a.odt")).toBe(
      "document_too_complex",
    );
    expect(await outcome(nested("div", "x"), "a.html")).toBe("document_too_complex");
    expect(await outcome(`${"<p>".repeat(100_000)}x`, "a.html")).toBe("x");
  });

  it("with entities that multiply, or that fetch", async () => {
    const external = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
    for (const part of [wordPart(laughs, "&j;"), wordPart(external, "&x;"), wordPart("", "&x;")])
      expect(await outcome(docxOf(part), "a.docx")).toBe("document_unreadable");
  });

  it("with text without end", async () => {
    expect(await outcome(docxOf(wordPart("", "x".repeat(4_000_001))), "a.docx")).toBe("document_too_long");
    expect(await outcome("palabra ".repeat((50 * MB) / 8), "a.txt")).toBe("document_too_long");
    expect(await outcome(`<p>${"hola ".repeat(100)}`.repeat(5_000), "a.html")).toBe("document_too_long");
    expect(await outcome(`x${"\n\n".repeat(999_999)}`, "a.md")).toHaveLength(1_999_999);
  });
});

describe("PDF files", () => {
  it("whose content unpacks to far more than it is", async () => {
    const bomb = deflateSync(deflateSync(Buffer.alloc(600 * MB, "0 ")));
    expect(bomb.length).toBeLessThan(10_000);
    const file = rawPdf(bomb, { stream: "/Filter [/FlateDecode /FlateDecode]" });
    expect(await outcome(file, "a.pdf")).toBe("document_too_complex");
  });

  it("with scripts, which nobody runs", async () => {
    const catalog = "/OpenAction << /S /JavaScript /JS (while (true) {} app.alert(1)) >>";
    expect(await outcome(rawPdf(show("hola"), { catalog }), "a.pdf")).toBe("hola");
  });

  it("with forms that show themselves, and pictures as large as a country", async () => {
    const form =
      "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream";
    const picture =
      "<< /Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Length 4 >>\nstream\nabcd\nendstream";
    for (const object of [form, picture]) {
      const file = rawPdf(`q 500 0 0 500 50 50 cm /X Do Q ${show("hola")}`, {
        resources: "/XObject << /X 6 0 R >>",
        objects: [object],
      });
      expect(await outcome(file, "a.pdf")).toBe("hola");
    }
  });

  it("with more pages than anybody hands in, or a tree of them without end", async () => {
    const many = rawPdf(show("hola"), {
      catalog: "/Pages 6 0 R",
      objects: ["<< /Type /Pages /Kids [6 0 R 3 0 R] /Count 2147483647 >>"],
    });
    expect(await outcome(many, "a.pdf")).toMatch(/^document_(too_complex|unreadable)$/);
  });
});

describe("any file", () => {
  const samples = Promise.all([
    drawDocx({ body: paragraph("Un texto que se lee.").repeat(50), styles: "<w:style/>" }),
    drawOdt({ body: "<text:p>Un texto que se lee.</text:p>".repeat(50), meta: "<meta:x/>" }),
    drawPdf((pen) => pen.text("Un texto que se lee. ".repeat(50))),
    Buffer.from("<html><p>Un texto <b>que</b> se lee.</p></html>".repeat(50)),
  ]);
  const names = fc.constantFrom("a.docx", "a.pdf", "a.html", "a.txt", "a.md", "");
  /** A document, cut off, with some bytes changed. */
  const damaged = fc.record({
    sample: fc.nat({ max: 3 }),
    kept: fc.double({ min: 0, max: 1, noNaN: true }),
    changes: fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 20 }),
    name: names,
  });
  async function made({
    sample,
    kept,
    changes,
  }: {
    sample: number;
    kept: number;
    changes: [number, number][];
  }) {
    const whole = (await samples)[sample]!;
    const bytes = Uint8Array.from(whole.subarray(0, Math.ceil(kept * whole.length)));
    for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
    return bytes;
  }

  it("cut off and damaged is read or refused in words", async () => {
    await fc.assert(
      fc.asyncProperty(damaged, async (damage) => {
        const bytes = await made(damage);
        const result = await readHere(bytes, damage.name).catch(toRefusal);
        if ("text" in result) expect(result.text.isWellFormed()).toBe(true);
        else expect(result.message).toMatch(/: (send|remove|open|if|export|make) /);
      }),
      { numRuns: 150 },
    );
  });

  it("of random bytes is refused, in a process as here", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 200, maxLength: 3_000 }), names, async (bytes, name) => {
        const marked = Buffer.concat([Buffer.from(name.endsWith("pdf") ? "%PDF-1.7\n" : ""), bytes]);
        expect(await outcome(marked, name)).toEqual(expect.any(String));
      }),
      { numRuns: 12 },
    );
    expect(await outcome(drawDocx({ body: paragraph("Seguimos aquí.") }), "a.docx")).toBe("Seguimos aquí.");
  });
});
