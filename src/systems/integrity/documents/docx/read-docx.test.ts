import { describe, expect, it } from "vitest";
import {
  type DrawnDocx,
  drawDocx,
  paragraph,
  run,
} from "../../../../../tests/support/drawn-documents/word-files.ts";
import { hiddenIn, readHere } from "../testing.ts";

const read = (drawn: DrawnDocx | string) =>
  readHere(drawDocx(typeof drawn === "string" ? { body: drawn } : drawn), "trabajo.docx");
const textOf = async (drawn: DrawnDocx | string) => (await read(drawn)).text;

const WHITE = '<w:color w:val="FFFFFF"/>';
const cell = (inside: string, properties = "") =>
  `<w:tc>${properties && `<w:tcPr>${properties}</w:tcPr>`}${inside}</w:tc>`;
const row = (...cells: string[]) => `<w:tr>${cells.join("")}</w:tr>`;
const numbered = (text: string, list: string, level = 0) =>
  paragraph(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`);

describe("the text of a Word document", () => {
  it("has its paragraphs apart, runs joined, tabs and breaks of lines", async () => {
    const body =
      paragraph(run("Un estu") + run("dio &amp; más", "<w:b/>")) +
      paragraph("<w:r></w:r>") +
      paragraph(
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>",
      );
    const { text, format, hidden, notes } = await read(body);
    expect(text).toBe("Un estudio & más\n\na\tb\nc-d");
    expect([format, hidden, notes]).toEqual(["docx", [], []]);
  });

  it("has tables row by row, footnotes at its end, formulas, and no code of fields", async () => {
    const table =
      row(cell(paragraph("A1")), cell(paragraph("B1"))) + row(cell(paragraph("A2")), cell(paragraph("B2")));
    const body =
      paragraph("Antes") +
      `<w:tbl>${table}</w:tbl>` +
      paragraph(
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>ADDIN secret</w:instrText></w:r>' +
          `${run("citado")}<w:r><w:footnoteReference w:id="2"/></w:r><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>`,
      );
    const footnotes = `<w:footnote w:id="2">${paragraph("La nota.")}</w:footnote>`;
    expect(await textOf({ body, footnotes })).toBe("Antes\n\nA1\tB1\nA2\tB2\n\ncitadox=1\n\nLa nota.");
  });

  it("has the numbers and bullets that Word writes before paragraphs", async () => {
    const level = (at: number, format: string, text: string) =>
      `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
    const numbering =
      `<w:abstractNum w:abstractNumId="0">${level(0, "decimal", "[%1]")}${level(1, "lowerLetter", "%1.%2)")}</w:abstractNum>` +
      `<w:abstractNum w:abstractNumId="1">${level(0, "bullet", "o")}</w:abstractNum>` +
      `<w:abstractNum w:abstractNumId="2">${level(0, "upperRoman", "%1.")}${level(1, "decimal", "%1.%2")}</w:abstractNum>` +
      '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>' +
      '<w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>' +
      '<w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>' +
      '<w:num w:numId="8"><w:abstractNumId w:val="2"/></w:num>';
    const styles = [1, 2]
      .map(
        (depth) =>
          `<w:style w:type="paragraph" w:styleId="H${depth}"><w:pPr><w:numPr><w:ilvl w:val="${depth - 1}"/><w:numId w:val="8"/></w:numPr></w:pPr></w:style>`,
      )
      .join("");
    const heading = (text: string, depth: number) => paragraph(text, `<w:pStyle w:val="H${depth}"/>`);
    const body =
      heading("Uno", 1) +
      heading("Uno uno", 2) +
      heading("Dos", 1) +
      heading("Dos uno", 2) +
      numbered("García", "5") +
      numbered("sub", "5", 1) +
      numbered("sub", "5", 1) +
      numbered("Pérez", "5") +
      numbered("punto", "6") +
      numbered("otra", "7") +
      numbered("ninguna", "0") +
      numbered("sin lista", "77");
    expect((await textOf({ body, numbering, styles })).split("\n\n")).toEqual([
      "I. Uno",
      "I.1 Uno uno",
      "II. Dos",
      "II.1 Dos uno",
      "[1] García",
      "1.a) sub",
      "1.b) sub",
      "[2] Pérez",
      "• punto",
      "[9] otra",
      "ninguna",
      "sin lista",
    ]);
  });

  it("leaves out what tracked changes delete, and counts them", async () => {
    const body = paragraph(
      `${run("queda ")}<w:del w:id="1"><w:r><w:delText>borrado</w:delText></w:r></w:del>` +
        `<w:ins w:id="2">${run("añadido")}</w:ins><w:moveFrom w:id="3">${run("movido")}</w:moveFrom>`,
      "<w:rPr><w:ins w:id='4'/></w:rPr>",
    );
    const { text, metadata } = await read(body);
    expect(text).toBe("queda añadido");
    expect(metadata.trackedChanges).toEqual({ insertions: 2, deletions: 2 });
  });

  it("has boxes once, after the paragraph that they hang on", async () => {
    const box = `<w:txbxContent>${paragraph("En la caja")}</w:txbxContent>`;
    const body =
      paragraph(
        `${run("Junto ")}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:wsp><wps:txbx>${box}</wps:txbx></wps:wsp></mc:Choice>` +
          `<mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>${run("a la caja")}`,
      ) + paragraph("Después");
    expect(await textOf(body)).toBe("Junto a la caja\n\nEn la caja\n\nDespués");
  });

  it("notes a part that stands for another document", async () => {
    const { notes } = await read(`${paragraph("texto")}<w:altChunk/>`);
    expect(notes).toEqual(["embedded_document_unread"]);
  });

  it("is found where the package says that it is, in strict documents, too", async () => {
    const strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    const entries = {
      "_rels/.rels":
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="word/document2.xml"/></Relationships>',
      "word/document2.xml": `<x:document xmlns:x="${strict}"><x:body><x:p><x:r><x:t>estricto</x:t></x:r></x:p></x:body></x:document>`,
    };
    expect(await textOf({ body: "", entries })).toBe("estricto");
  });
});

describe("hidden text in a Word document", () => {
  it("is what is marked as hidden, white or too small, by itself or by its styles", async () => {
    const styles =
      `<w:style w:type="character" w:styleId="Base"><w:rPr>${WHITE}</w:rPr></w:style>` +
      '<w:style w:type="character" w:styleId="Derived"><w:basedOn w:val="Base"/></w:style>' +
      '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/><w:rPr><w:vanish/></w:rPr></w:style>';
    const body =
      paragraph(
        `${run("visto ")}${run("uno", "<w:vanish/>")}${run(" visto ", '<w:vanish w:val="0"/>')}` +
          `${run("dos", WHITE)}${run(" visto ")}${run("tres", '<w:sz w:val="2"/>')}${run(" visto ", '<w:color w:val="auto"/>')}` +
          `${run("cuatro", '<w:rStyle w:val="Derived"/>')}${run(" visto", '<w:rStyle w:val="Derived"/><w:color w:val="000000"/>')}`,
      ) + paragraph("cinco", '<w:pStyle w:val="Loop"/>');
    expect(hiddenIn(await read({ body, styles }))).toEqual([
      ["uno", "not_shown"],
      ["dos", "white"],
      ["tres", "tiny"],
      ["cuatro", "white"],
      ["cinco", "not_shown"],
    ]);
  });

  it("is none where the borders of a web page's form were pasted with it", async () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="z-Principiodelformulario"><w:name w:val="HTML Top of Form"/><w:rPr><w:vanish/></w:rPr></w:style>';
    const border = paragraph("Principio del formulario", '<w:pStyle w:val="z-Principiodelformulario"/>');
    expect(await read({ body: border + paragraph("texto"), styles })).toMatchObject({
      text: "texto",
      hidden: [],
    });
  });

  it("is none where something dark lies behind, or may", async () => {
    const white = (text: string, properties = "") => paragraph(run(text, WHITE + properties));
    const dark = '<w:shd w:val="clear" w:fill="1F3864"/>';
    const styles = `<w:style w:type="table" w:styleId="T"><w:tblStylePr w:type="firstRow"><w:tcPr>${dark}</w:tcPr></w:tblStylePr></w:style>`;
    const shape = (fill: string) =>
      `<w:r><wps:wsp><wps:spPr>${fill}</wps:spPr><wps:txbx><w:txbxContent>${white("caja")}</w:txbxContent></wps:txbx></wps:wsp></w:r>`;
    const body =
      white("resaltado", '<w:highlight w:val="black"/>') +
      paragraph(run("sombreado", WHITE), dark) +
      `<w:tbl>${row(cell(white("celda"), dark), cell(white("celda blanca")))}</w:tbl>` +
      `<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr>${row(cell(white("tabla")))}</w:tbl>` +
      paragraph(
        `${run("formas")}${shape("")}${shape('<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>')}`,
      ) +
      paragraph(`${run("clara")}${shape("<a:noFill/>")}`);
    expect(hiddenIn(await read({ body, styles }))).toEqual([
      ["celda blanca", "white"],
      ["caja", "white"],
    ]);
    const background = '<w:background w:color="000000"/>';
    expect(hiddenIn(await read({ body: white("noche"), background }))).toEqual([]);
  });
});

describe("what a Word document says of itself", () => {
  it("is read from its properties", async () => {
    const core =
      "<dc:title>Ensayo</dc:title><dc:creator>Ana</dc:creator><cp:lastModifiedBy>Luis</cp:lastModifiedBy><cp:revision>4</cp:revision>" +
      "<dcterms:created>2026-01-30T10:00:00Z</dcterms:created><dcterms:modified>2026-01-30T12:00:00Z</dcterms:modified>";
    const app =
      "<Template>Normal.dotm</Template><TotalTime>95</TotalTime><Pages>3</Pages><Application>Microsoft Office Word</Application><Company>UNAM</Company><AppVersion>16.0000</AppVersion>";
    const { metadata } = await read({ body: paragraph("texto"), core, app });
    expect(metadata).toEqual({
      title: "Ensayo",
      author: "Ana",
      lastModifiedBy: "Luis",
      createdAt: Date.UTC(2026, 0, 30, 10),
      modifiedAt: Date.UTC(2026, 0, 30, 12),
      revisions: 4,
      editingMinutes: 95,
      producer: "Microsoft Office Word 16.0000",
      company: "UNAM",
      template: "Normal.dotm",
      pages: 3,
      trackedChanges: { insertions: 0, deletions: 0 },
    });
  });

  it("is absent where it says nothing that makes sense", async () => {
    const core =
      "<dcterms:created>1601-01-01T00:00:00Z</dcterms:created><cp:revision>muchas</cp:revision><dc:creator>  </dc:creator>";
    const { metadata } = await read({ body: paragraph("texto"), core });
    expect(metadata).toEqual({ trackedChanges: { insertions: 0, deletions: 0 } });
  });
});
