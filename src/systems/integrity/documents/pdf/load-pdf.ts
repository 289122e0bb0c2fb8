import { getDocument, PasswordException, type PDFDocumentProxy, VerbosityLevel } from "unpdf/pdfjs";
import { refusal } from "../refusals.ts";

/** A document of pdf.js, to be destroyed by `loadingTask.destroy()`. */
export type Pdf = PDFDocumentProxy;

/**
 * Opens a PDF. pdf.js 6 compiles nothing at run time, runs a document's scripts only where it is given a sandbox, and
 * fetches tables for fonts only from an address that it is given: it is given none.
 *
 * @param maxImagePixels larger pictures are left out; with 1, all.
 * @throws QuatrainError `document_encrypted`; pdf.js' own errors.
 */
export async function loadPdf(bytes: Uint8Array, maxImagePixels: number): Promise<Pdf> {
  try {
    return await getDocument({
      // pdf.js takes the bytes away.
      data: new Uint8Array(bytes),
      maxImageSize: maxImagePixels,
      disableFontFace: true,
      useSystemFonts: false,
      useWasm: false,
      useWorkerFetch: false,
      isOffscreenCanvasSupported: false,
      isImageDecoderSupported: false,
      enableXfa: false,
      stopAtErrors: false,
      verbosity: VerbosityLevel.ERRORS,
    }).promise;
  } catch (error) {
    throw error instanceof PasswordException ? refusal("document_encrypted") : error;
  }
}
