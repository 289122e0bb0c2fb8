import { load } from "cheerio/slim";
import { DocumentText } from "../document-text.ts";
import { MAX_HTML_BYTES, MAX_HTML_DEPTH } from "../limits.ts";
import { decodeText } from "../plain/decode-text.ts";
import { refusal } from "../refusals.ts";
import type { TextOfDocument } from "../text-of-document.ts";
import { HtmlBody } from "./html-body.ts";
import { nestingOf } from "./nodes.ts";
import { pageFactsOf } from "./page-facts.ts";

/**
 * Reads an HTML page: its text by blocks. Scripts are not run, nothing is fetched, style sheets are not followed; where
 * they set grounds, white letters are not judged.
 * @throws QuatrainError `document_too_complex`
 */
export function readHtml(bytes: Uint8Array): TextOfDocument {
  if (bytes.length > MAX_HTML_BYTES) throw refusal("document_too_complex");
  const { text, notes } = decodeText(bytes, declaredEncoding(bytes));
  if (nestingOf(text) > MAX_HTML_DEPTH) throw refusal("document_too_complex");
  const nodes = load(text, { xmlMode: false }).root()[0]?.children ?? [];
  const { metadata, mayHaveGrounds } = pageFactsOf(nodes);
  const content = new DocumentText();
  new HtmlBody(content, mayHaveGrounds).read(nodes);
  return { content, metadata, notes };
}

/** `<meta charset>` within the first kilobyte, as browsers look for it. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  return /<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?([\w-]{1,40})/i.exec(start)?.[1];
}
