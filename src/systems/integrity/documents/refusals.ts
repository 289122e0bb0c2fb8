import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import { MAX_CODE_POINTS, MAX_FILE_BYTES } from "./limits.ts";

/** What can be wrong with a document: status, problem, what to do. */
const REFUSALS = {
  unsupported_document: [
    400,
    "The file is of no kind that is read",
    "send a PDF, DOCX, ODT, TXT, HTML or MD file",
  ],
  document_encrypted: [
    400,
    "The document is protected by a password",
    "remove the protection and send it again",
  ],
  document_unreadable: [
    400,
    "The document is damaged or incomplete",
    "open it, export it again and send that file",
  ],
  document_without_text: [
    400,
    "The document contains no text",
    "if its pages are scanned, send them through text recognition (OCR) first",
  ],
  document_too_complex: [
    400,
    "The document takes too much time or memory to read",
    "export it again in a plainer form, or send it in parts",
  ],
  document_too_large: [
    413,
    `The document has more than ${MAX_FILE_BYTES / 1024 ** 2} MB`,
    "make its pictures smaller, or send it in parts",
  ],
  document_too_long: [
    413,
    `The document's text has more than ${MAX_CODE_POINTS} characters`,
    "send it in parts",
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type RefusalCode = keyof typeof REFUSALS;

/** An error that says what is wrong with a document, in general or in particular, and what to do. */
export function refusal(code: RefusalCode, problem?: string): QuatrainError {
  const [status, generally, advice] = REFUSALS[code];
  return userError(code, status, `${problem ?? generally}: ${advice}`);
}

/** `documents_busy` (429) */
export function busy(): QuatrainError {
  return userError(
    "documents_busy",
    429,
    "Too many documents are being read at this moment: send it again in a minute",
    { retryAfterS: 10 },
  );
}

/** `documents_unavailable` (503): the reading process could not do its work, whatever the document. */
export function unavailable(cause?: unknown): QuatrainError {
  return new QuatrainError("Documents cannot be read at this moment: send it again in a minute", {
    code: "documents_unavailable",
    status: 503,
    cause,
  });
}

/** Codes of a reader whose own code cannot be loaded: an installation that is not in order, not a document. */
const NOT_LOADED = new Set([
  "ERR_ACCESS_DENIED",
  "ERR_MODULE_NOT_FOUND",
  "ERR_DLOPEN_FAILED",
  "MODULE_NOT_FOUND",
]);

/** V8's words where something wants more than a stack or a value may hold. */
const EXHAUSTED = /call stack|allocation failed|Invalid (string|array|typed array) length/;

/** What reading ended with, as a refusal: a fault that is not known comes from a document that is not in order. */
export function toRefusal(error: unknown): QuatrainError {
  if (error instanceof QuatrainError && error.code in REFUSALS) return error;
  if (NOT_LOADED.has((error as NodeJS.ErrnoException | null)?.code ?? "")) return unavailable(error);
  const exhausted = error instanceof RangeError && EXHAUSTED.test(error.message);
  return refusal(exhausted ? "document_too_complex" : "document_unreadable");
}
