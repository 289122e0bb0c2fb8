import { DocumentText } from "../document-text.ts";
import { MAX_PLAIN_BYTES } from "../limits.ts";
import { refusal } from "../refusals.ts";
import type { TextOfDocument } from "../text-of-document.ts";
import { decodeText } from "./decode-text.ts";

/** Plain text, and Markdown with its marks as they are. @throws QuatrainError `document_too_long` */
export function readPlain(bytes: Uint8Array): TextOfDocument {
  if (bytes.length > MAX_PLAIN_BYTES) throw refusal("document_too_long");
  const { text, notes } = decodeText(bytes);
  const content = new DocumentText();
  content.append(text);
  return { content, metadata: {}, notes };
}
