import { type CheerioAPI, load } from "cheerio/slim";
import { DocumentText } from "../document-text.ts";
import { MAX_HTML_BYTES } from "../limits.ts";
import { isoInstant, shortField } from "../metadata-values.ts";
import { decodeText } from "../plain/decode-text.ts";
import type { DocumentMetadata } from "../port.ts";
import { refusal } from "../refusals.ts";
import type { TextOfDocument } from "../text-of-document.ts";
import { HtmlBody } from "./html-body.ts";

/**
 * Reads an HTML page: its text by blocks. Scripts are not run, nothing is fetched, style sheets are not followed; where
 * they set grounds, white letters are not judged.
 * @throws QuatrainError `document_too_complex`
 */
export function readHtml(bytes: Uint8Array): TextOfDocument {
  if (bytes.length > MAX_HTML_BYTES) throw refusal("document_too_complex");
  const { text, notes } = decodeText(bytes, declaredEncoding(bytes));
  // The lenient streaming parser: its work is linear, whatever is nested in whatever.
  const page = load(text, { xmlMode: false });
  const content = new DocumentText();
  new HtmlBody(content, mayHaveGrounds(page)).read(page.root()[0]?.children ?? []);
  return { content, metadata: metadataOf(page), notes };
}

/** `<meta charset>` within the first kilobyte, as browsers look for it. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  return /<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?([\w-]{1,40})/i.exec(start)?.[1];
}

function mayHaveGrounds(page: CheerioAPI): boolean {
  return page("link[rel=stylesheet]").length > 0 || page("style").text().includes("background");
}

function metadataOf(page: CheerioAPI): DocumentMetadata {
  const named = new Map<string, string>();
  for (const { attribs } of page("meta").slice(0, 200).get()) {
    const name = (attribs.name ?? attribs.property ?? "").toLowerCase();
    if (attribs.content !== undefined && !named.has(name)) named.set(name, attribs.content);
  }
  const first = (...names: string[]) => names.map((name) => named.get(name)).find((value) => value);
  return {
    title: shortField(page("title").first().text()) ?? shortField(first("dc.title", "og:title")),
    author: shortField(first("author", "dc.creator")),
    createdAt: isoInstant(first("dcterms.created", "created", "date", "article:published_time")),
    modifiedAt: isoInstant(first("dcterms.modified", "modified", "article:modified_time")),
    producer: shortField(first("generator")),
  };
}
