import { TextDecoder } from "node:util";
import { SaxesParser, type SaxesTagNS } from "saxes";
import { MAX_XML_DEPTH } from "../limits.ts";
import { shortField } from "../metadata-values.ts";
import { refusal } from "../refusals.ts";
import { qualifiedName } from "./namespaces.ts";

export type XmlAttributes = Readonly<Record<string, string>>;

/** Is told what a document of XML consists of, in order. Names have the prefixes of `namespaces.ts`. */
export interface XmlHandler {
  /** @param parents the elements around this one, the root first. */
  open?(name: string, attributes: XmlAttributes, parents: readonly string[]): void;
  close?(name: string, parents: readonly string[]): void;
  /** @param parents the elements around the text. */
  text?(text: string, parents: readonly string[]): void;
}

/**
 * Reads XML as it comes, O(bytes). No entities but XML's own five and characters by number: a document type is
 * refused, so that nothing can be multiplied or fetched.
 * @throws QuatrainError `document_unreadable`, `document_too_complex` for elements 400 deep; saxes' own errors.
 */
export async function readXml(bytes: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: string[] = [];
  parser.on("doctype", () => {
    throw refusal("document_unreadable", "A part of the document declares a document type");
  });
  parser.on("opentag", (tag) => {
    if (open.length >= MAX_XML_DEPTH) throw refusal("document_too_complex");
    const name = qualifiedName(tag.uri, tag.local);
    handler.open?.(name, attributesOf(tag), open);
    open.push(name);
  });
  parser.on("closetag", () => {
    const name = open.pop() ?? "";
    handler.close?.(name, open);
  });
  const text = (words: string) => handler.text?.(words, open);
  parser.on("text", text);
  parser.on("cdata", text);

  let decoder: TextDecoder | null = null;
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    parser.write(decoder.decode(chunk, { stream: true }));
  }
  parser.write(decoder?.decode() ?? "").close();
}

function attributesOf({ attributes }: SaxesTagNS): XmlAttributes {
  const named: Record<string, string> = {};
  for (const { uri, local, value } of Object.values(attributes)) named[attributeName(uri, local)] = value;
  return named;
}

/** Attributes without a namespace keep their bare names. */
function attributeName(uri: string, local: string): string {
  return uri === "" ? local : qualifiedName(uri, local);
}

/** XML is UTF-8, or UTF-16 with its mark: XML 1.0, section 4.3.3. */
function encodingOf(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  return "utf-8";
}

/** Collects the text of elements by their names, each one's first. */
export class ElementTexts implements XmlHandler {
  readonly #wanted: ReadonlySet<string>;
  readonly #texts = new Map<string, string>();

  constructor(wanted: readonly string[]) {
    this.#wanted = new Set(wanted);
  }

  text(text: string, parents: readonly string[]): void {
    const name = parents.at(-1) ?? "";
    if (this.#wanted.has(name)) this.#texts.set(name, this.#texts.get(name) ?? text);
  }

  /** Trimmed, at most 500 characters; undefined when there is nothing. */
  get(name: string): string | undefined {
    return shortField(this.#texts.get(name));
  }
}
