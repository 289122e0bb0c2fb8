import { describe, expect, it } from "vitest";
import { drawPdf, type PdfPen, rawPdf } from "../../../../../tests/support/drawn-documents/pdf-files.ts";
import { discPng } from "../../../../../tests/support/drawn-pictures.ts";
import { hiddenIn, readHere } from "../testing.ts";

const read = async (draw: (pen: PdfPen) => void, options?: Parameters<typeof drawPdf>[1]) =>
  readHere(await drawPdf(draw, options), "trabajo.pdf");
const readRaw = (content: string) => readHere(rawPdf(content), "trabajo.pdf");
const disc = async (seed: number) => Buffer.from(await (await discPng(seed)).arrayBuffer());
/** An address that pdfkit knows again: it embeds the picture once. */
const addressOf = (png: Buffer) => `data:image/png;base64,${png.toString("base64")}`;

const SENTENCE =
  "La evaluación de los trabajos académicos exige tiempo, criterio y acuerdos claros entre quienes la hacen.";

describe("the text of a PDF", () => {
  it("has lines joined to paragraphs, and words whole that a line's end divides", async () => {
    const { text, format, hidden, notes } = await read((pen) => {
      pen.fontSize(20).text("Evaluación").fontSize(11).moveDown();
      pen.text(`${SENTENCE} ${SENTENCE}`, { width: 300, align: "justify" }).moveDown();
      pen.text("El carácter interdiscipli-", { width: 300 }).text("nario se valora.", { width: 300 });
    });
    expect(text.split("\n\n")).toEqual([
      "Evaluación",
      `${SENTENCE} ${SENTENCE}`,
      "El carácter interdisciplinario se valora.",
    ]);
    expect([format, hidden, notes]).toEqual(["pdf", [], []]);
  });

  it("goes on over columns and pages where a sentence does", async () => {
    const [first, second] = ["La primera parte de la frase sigue", "en la columna que está al lado."];
    const { text } = await read((pen) => {
      pen.text(first, 72, 700, { lineBreak: false }).text(second, 320, 72, { lineBreak: false });
      pen.addPage().text("Y aquí hay otra frase, que termina", 72, 72);
      pen.addPage().text("en la página siguiente.", 72, 72);
    });
    expect(text.split("\n\n")).toEqual([
      `${first} ${second}`,
      "Y aquí hay otra frase, que termina en la página siguiente.",
    ]);
  });

  it("keeps the items of lists and of tables of contents apart, and entries that hang", async () => {
    const { text } = await read((pen) => {
      pen
        .text("Introducción . . . . . . . . . . . . . . . . . . . . . . . 3")
        .text("Método . . . . . . . . 5");
      pen.text("• un punto").text("• otro punto");
      pen
        .text("[1] García, A. (2020). Un título que ocupa la línea entera de la página, o casi, de")
        .text("la lista.");
      pen.text("[2] Pérez, B. (2021). Otro.");
    });
    expect(text.split("\n\n")).toEqual([
      "Introducción . . . . . . . . . . . . . . . . . . . . . . . 3",
      "Método . . . . . . . . 5",
      "• un punto",
      "• otro punto",
      "[1] García, A. (2020). Un título que ocupa la línea entera de la página, o casi, de la lista.",
      "[2] Pérez, B. (2021). Otro.",
    ]);
  });

  it("puts spaces where words stand apart, and accents on the letters that they are printed over", async () => {
    const words =
      "BT /F1 12 Tf 72 700 Td [(informaci) (\\264) 500 (on) -300 (y) -250 (m) 60 (\\341s)] TJ 150 0 Td (fin) Tj ET";
    expect((await readRaw(words)).text).toBe("información y más fin");
  });

  it("takes what is printed twice, to look bold, once", async () => {
    const twice =
      "BT /F1 12 Tf 72 700 Td (Titulo) Tj 0.3 0 Td (Titulo) Tj ET BT /F1 12 Tf 72 600 Td (Texto.) Tj ET";
    expect((await readRaw(twice)).text).toBe("Titulo\n\nTexto.");
  });
});

describe("hidden text in a PDF", () => {
  const line = (words: string, operators: string, y: number) =>
    `BT /F1 12 Tf ${operators} 1 0 0 1 72 ${y} Tm (${words}) Tj ET 0 g 0 Tr\n`;

  it("is what is white on paper, drawn invisibly, too small or beyond the page", async () => {
    const document = await readRaw(
      line("Texto visible normal.", "", 700) +
        line("Tinta blanca", "1 g", 680) +
        line("Casi blanca", "0.97 0.96 0.98 rg", 660) +
        line("Gris clara", "0.8 g", 640) +
        line("Sin tinta", "3 Tr", 620) +
        line("Contorno blanco", "1 G 1 Tr", 600) +
        "BT /F1 12 Tf 0.1 0 0 0.1 72 580 Tm (Diminuta) Tj ET\n" +
        line("Fuera", "", 900),
    );
    expect(hiddenIn(document)).toEqual([
      ["Tinta blanca\n\nCasi blanca", "white"],
      ["Sin tinta", "not_shown"],
      ["Contorno blanco", "white"],
      ["Diminuta", "tiny"],
      ["Fuera", "outside_page"],
    ]);
  });

  it("is none on dark grounds and pictures", async () => {
    const picture = await disc(1);
    const document = await read((pen) => {
      const white = (words: string, y: number) =>
        pen.fillColor("white").text(words, 80, y, { lineBreak: false });
      pen.rect(72, 72, 300, 30).fill("#1f3864");
      white("Sobre azul", 80);
      pen.image(picture, 72, 150, { width: 200 });
      white("Sobre la imagen", 200);
      pen.rect(72, 400, 300, 30).fill("#202020").rect(72, 400, 300, 30).fill("white");
      white("Sobre blanco otra vez", 410);
      pen.moveTo(72, 515).lineTo(400, 515).lineWidth(20).stroke("black");
      white("Sobre una línea gruesa", 510);
      pen.rect(72, 600, 300, 60).fill(pen.linearGradient(72, 600, 372, 600).stop(0, "red").stop(1, "blue"));
      white("Sobre un degradado", 620);
    });
    expect(hiddenIn(document)).toEqual([["Sobre blanco otra vez", "white"]]);
  });

  it("is what is transparent, or lies on a layer that is switched off", async () => {
    const transparent = await read((pen) => {
      pen
        .text("Texto visible.")
        .fillOpacity(0)
        .text("Transparente.")
        .fillOpacity(1)
        .text("Visible otra vez.");
    });
    expect(hiddenIn(transparent)).toEqual([["Transparente.", "transparent"]]);
    const layers = rawPdf(
      `${line("Visible.", "", 700)}/OC /Off BDC ${line("En la capa.", "", 680)} EMC /OC /On BDC ${line("En otra.", "", 660)} EMC`,
      {
        catalog: "/OCProperties << /OCGs [6 0 R 7 0 R] /D << /OFF [6 0 R] >> >>",
        resources: "/Properties << /Off 6 0 R /On 7 0 R >>",
        objects: ["<< /Type /OCG /Name (a) >>", "<< /Type /OCG /Name (b) >>"],
      },
    );
    expect(hiddenIn(await readHere(layers, "capas.pdf"))).toEqual([["En la capa.", "not_shown"]]);
  });

  it("is none where a scanner's recognition put it behind the picture of a page, which is noted", async () => {
    const picture = await disc(2);
    const document = await read((pen) => {
      pen.image(picture, 0, 0, { width: 612, height: 792 });
      pen.text("", 72, 72);
      pen.addContent("3 Tr");
      pen.text("Texto reconocido del papel.", 72, 100);
      pen.addContent("0 Tr");
      pen.text("Folio 12", 72, 700);
    });
    expect(document.text).toContain("Texto reconocido del papel.");
    expect([document.hidden, document.notes]).toEqual([[], ["ocr_layer"]]);
  });
});

describe("what a PDF says of itself and contains", () => {
  it("is read from its information", async () => {
    const CreationDate = new Date(Date.UTC(2026, 0, 30, 10));
    const ModDate = new Date(Date.UTC(2026, 0, 30, 11));
    const info = {
      Title: "Ensayo",
      Author: "Ana",
      Creator: "Writer",
      Producer: "LibreOffice",
      CreationDate,
      ModDate,
    };
    const { metadata } = await read((pen) => pen.text("texto").addPage(), { info });
    expect(metadata).toEqual({
      title: "Ensayo",
      author: "Ana",
      creator: "Writer",
      producer: "LibreOffice",
      createdAt: CreationDate.getTime(),
      modifiedAt: ModDate.getTime(),
      pages: 2,
    });
  });

  it("has each picture once, with its page; small ones not at all", async () => {
    const [first, second] = [addressOf(await disc(1)), addressOf(await disc(2))];
    const { images } = await read((pen) => {
      pen.text("texto").image(first, 72, 100, { width: 200 }).image(first, 300, 100, { width: 20 });
      pen.addPage().text("más").image(second, 72, 100, { width: 200 }).image(first, 300, 100, { width: 20 });
    });
    expect(images).toEqual(
      [1, 2].map((page) => ({
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        phash: expect.stringMatching(/^[0-9a-f]{16}$/),
        width: 160,
        height: 160,
        page,
      })),
    );
    expect(images[0]?.sha256).not.toBe(images[1]?.sha256);
  });

  it("is refused when it is protected, damaged, or has no text", async () => {
    await expect(read((pen) => pen.text("secreto"), { userPassword: "clave" })).rejects.toMatchObject({
      code: "document_encrypted",
    });
    await expect(read((pen) => pen.rect(0, 0, 99, 99).fill())).rejects.toMatchObject({
      code: "document_without_text",
      message: expect.stringMatching(/OCR/),
    });
    const damaged = Buffer.from("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << >>");
    await expect(readHere(damaged, "x.pdf")).rejects.toThrow();
  });

  it("opens without its owner's password where everybody may read it", async () => {
    const { text } = await read((pen) => pen.text("legible"), { ownerPassword: "clave" });
    expect(text).toBe("legible");
  });
});
