import { type FileHandle, open, readFile, stat } from "node:fs/promises";
import { extname } from "node:path";
import type { DocumentImages } from "./images.ts";
import { MAX_FILE_BYTES } from "./limits.ts";
import { looksLikeText } from "./plain/decode-text.ts";
import { readPlain } from "./plain/read-plain.ts";
import type { DocumentFormat } from "./port.ts";
import { refusal } from "./refusals.ts";
import type { TextOfDocument } from "./text-of-document.ts";

/** A document by its kind. */
export interface RecognisedDocument {
  readonly format: DocumentFormat;
  readonly text: TextOfDocument;
  readImages(images: DocumentImages): Promise<void>;
}

/** Bytes that tell the kind of a file. */
const HEAD = 65_536;
/** PDF's mark need not stand at the very beginning: ISO 32000-1, annex H.3. */
const PDF_WITHIN = 1024;

/** An archive with entries, and one without. */
const ZIP = ["PK\x03\x04", "PK\x05\x06"];
/** Microsoft's compound files. */
const COMPOUND = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

const withoutImages = () => Promise.resolve();

/**
 * Tells by its bytes what a file is, and reads its text. A reader's libraries are loaded when they are needed: each
 * document is read by a process of its own.
 */
export async function recognise(path: string, filename: string): Promise<RecognisedDocument> {
  const { size } = await stat(path);
  if (size > MAX_FILE_BYTES) throw refusal("document_too_large");
  const head = await headOf(path);
  const start = head.toString("latin1");
  if (isPdf(start)) {
    const { openPdf } = await import("./pdf/open-pdf.ts");
    return openPdf(await readFile(path));
  }
  if (ZIP.some((mark) => start.startsWith(mark))) {
    const { openPackage } = await import("./packed/open-package.ts");
    return openPackage(path);
  }
  if (start.startsWith(COMPOUND)) throw await compoundFileRefusal(path);
  if (/^\{\\rtf|^%!PS/.test(start) || !looksLikeText(head)) throw refusal("unsupported_document");
  const format = textFormat(filename, start);
  const bytes = await readFile(path);
  if (format !== "html") return { format, text: readPlain(bytes), readImages: withoutImages };
  const { readHtml } = await import("./markup/read-html.ts");
  return { format, text: readHtml(bytes), readImages: withoutImages };
}

/** A mark that does not stand at the beginning may be spoken of: then no objects follow it. */
function isPdf(start: string): boolean {
  const at = start.slice(0, PDF_WITHIN).indexOf("%PDF-");
  return at === 0 || (at > 0 && /\d obj\b/.test(start));
}

async function headOf(path: string): Promise<Buffer> {
  const file: FileHandle = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Texts are told apart by the ending of their names; without one that is known, by how they begin. */
function textFormat(filename: string, start: string): "txt" | "html" | "md" {
  const ending = extname(filename).toLowerCase();
  if ([".html", ".htm", ".xhtml"].includes(ending)) return "html";
  if ([".md", ".markdown"].includes(ending)) return "md";
  return ending !== ".txt" && /^[\s\xef\xbb\xbf]{0,100}<(!doctype html|html)[\s>]/i.test(start)
    ? "html"
    : "txt";
}

/** Word before 2007, or what Office encrypts: [MS-OFFCRYPTO] section 1.3. */
async function compoundFileRefusal(path: string) {
  const bytes = await readFile(path);
  return bytes.includes(Buffer.from("EncryptedPackage", "utf16le"))
    ? refusal("document_encrypted")
    : refusal("unsupported_document", "The file is of an older version of Office");
}
