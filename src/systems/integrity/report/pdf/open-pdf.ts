import { createRequire } from "node:module";
import PDFDocument from "pdfkit";

/** A document that is being written, with the report's two faces. */
export interface OpenPdf {
  readonly doc: PDFKit.PDFDocument;
  /** Whether both faces can draw a character. */
  readonly hasGlyph: (codePoint: number) => boolean;
  /** Ends the document. */
  readonly finish: () => Promise<Uint8Array>;
}

export interface PdfDetails {
  readonly title: string;
  readonly subject: string;
  readonly language: string;
  /** Milliseconds UTC. */
  readonly createdAt: number;
  readonly creator: string;
}

export const BODY_FONT = "body";
export const BOLD_FONT = "bold";

export const MARGINS = { top: 72, bottom: 62, left: 54, right: 54 };

const require = createRequire(import.meta.url);
const fontFile = (name: string) => require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);

/** An A4 document with structure for screen readers. The same details and content give the same bytes. */
export function openPdf({ title, subject, language, createdAt, creator }: PdfDetails): OpenPdf {
  const date = new Date(createdAt);
  const doc = new PDFDocument({
    size: "A4",
    margins: MARGINS,
    pdfVersion: "1.7",
    tagged: true,
    lang: language,
    displayTitle: true,
    bufferPages: true,
    info: { Title: title, Subject: subject, Creator: creator, CreationDate: date, ModDate: date },
  });
  doc.registerFont(BODY_FONT, fontFile("DejaVuSans"));
  doc.registerFont(BOLD_FONT, fontFile("DejaVuSans-Bold"));
  const faces = [BOLD_FONT, BODY_FONT].map((name) => faceOf(doc.font(name)));
  const chunks: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    doc.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    doc.on("end", resolve);
    doc.on("error", reject);
  });
  return {
    doc,
    hasGlyph: (codePoint) => faces.every((face) => face.hasGlyphForCodePoint(codePoint)),
    finish: async () => {
      doc.end();
      await ended;
      return new Uint8Array(Buffer.concat(chunks));
    },
  };
}

interface Face {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

/** The face in use. pdfkit has no public way to ask which characters a font has. */
function faceOf(doc: PDFKit.PDFDocument): Face {
  return (doc as unknown as { readonly _font: { readonly font: Face } })._font.font;
}
