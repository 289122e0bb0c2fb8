import PDFDocument from "pdfkit";

export type PdfPen = InstanceType<typeof PDFDocument>;

/** A PDF that is drawn by hand. @param options pdfkit's: `userPassword`, `compress`, ... */
export async function drawPdf(
  draw: (pen: PdfPen) => void,
  options: ConstructorParameters<typeof PDFDocument>[0] = {},
): Promise<Uint8Array> {
  const pen = new PDFDocument(options);
  const chunks: Buffer[] = [];
  const ended = new Promise((resolve, reject) => {
    pen.on("data", (chunk: Buffer) => chunks.push(chunk));
    pen.once("end", resolve);
    pen.once("error", reject);
  });
  draw(pen);
  pen.end();
  await ended;
  return Buffer.concat(chunks);
}

/** Parts of a PDF that are written by hand, as PDF's own syntax. */
export interface RawPdf {
  /** Of the content's stream: `/Filter /FlateDecode`. */
  readonly stream?: string;
  readonly catalog?: string;
  readonly resources?: string;
  /** Objects from number 6 on. */
  readonly objects?: readonly string[];
}

/** A PDF of one page with this content, as it is: `BT /F1 12 Tf (Hola) Tj ET`. */
export function rawPdf(content: string | Uint8Array, parts: RawPdf = {}): Uint8Array {
  const { stream = "", catalog = "", resources = "", objects: more = [] } = parts;
  const bytes = typeof content === "string" ? Buffer.from(content, "latin1") : Buffer.from(content);
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> ${resources} >> >>`,
    `<< /Length ${bytes.length} ${stream} >>\nstream\n${bytes.toString("latin1")}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ...more,
  ];
  let file = "%PDF-1.5\n";
  const places = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  file += `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}
