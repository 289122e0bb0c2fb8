import { AnnotationMode } from "unpdf/pdfjs";
import { QuatrainError } from "../../../../platform/errors/quatrain-error.ts";
import { DocumentText } from "../document-text.ts";
import { MAX_PAGES } from "../limits.ts";
import type { DocumentNote } from "../port.ts";
import type { RecognisedDocument } from "../recognise.ts";
import { refusal } from "../refusals.ts";
import { linesOf } from "./lines.ts";
import { loadPdf, type Pdf } from "./load-pdf.ts";
import type { Box } from "./matrix.ts";
import type { PageContext, PageRuns } from "./page-interpreter.ts";
import { readPageRuns } from "./page-operations.ts";
import { PdfParagraphs } from "./paragraphs.ts";
import { readPdfImages } from "./pdf-images.ts";
import { readPdfMetadata } from "./pdf-metadata.ts";
import type { PageFont } from "./run.ts";

/**
 * Reads a PDF's pages in their order, text in the order in which it is painted. Comments and form fields are not read.
 * @throws QuatrainError `document_encrypted`, `document_too_complex`, `document_unreadable`
 */
export async function openPdf(bytes: Uint8Array): Promise<RecognisedDocument> {
  // Without pictures, which take most of the time: where there are any, they are looked at later.
  const pdf = await loadPdf(bytes, 1);
  if (pdf.numPages > MAX_PAGES)
    throw refusal("document_too_complex", `The document has more than ${MAX_PAGES} pages`);
  const content = new DocumentText();
  const paragraphs = new PdfParagraphs(content);
  const notes = new Set<DocumentNote>();
  const withImages: number[] = [];
  let read = 0;
  for (let page = 1; page <= pdf.numPages; page++) {
    const shown = await readPage(pdf, page);
    if (shown === null) {
      notes.add("page_unreadable");
      continue;
    }
    read++;
    paragraphs.addPage(linesOf(shown.runs));
    if (shown.hasOcrLayer) notes.add("ocr_layer");
    if (shown.hasImages) withImages.push(page);
  }
  paragraphs.finish();
  if (read === 0) throw refusal("document_unreadable");
  const metadata = await readPdfMetadata(pdf);
  await pdf.loadingTask.destroy();
  return {
    format: "pdf",
    text: { content, metadata, notes: [...notes] },
    readImages: (images) => readPdfImages(bytes, withImages, images),
  };
}

/** What a page shows; null when it is damaged. */
async function readPage(pdf: Pdf, number: number): Promise<PageRuns | null> {
  try {
    const page = await pdf.getPage(number);
    const operators = await page.getOperatorList({ annotationMode: AnnotationMode.DISABLE });
    const layers = await pdf.getOptionalContentConfig();
    const context: PageContext = {
      view: page.view as unknown as Box,
      font: (name) => (page.commonObjs.has(name) ? (page.commonObjs.get(name) as PageFont) : undefined),
      isVisible: (properties) => layers.isVisible(properties),
    };
    const shown = readPageRuns(operators, context);
    page.cleanup();
    return shown;
  } catch (error) {
    if (error instanceof QuatrainError || error instanceof RangeError) throw error;
    return null;
  }
}
