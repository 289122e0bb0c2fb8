import { isoInstant, shortField } from "../metadata-values.ts";
import type { DocumentMetadata } from "../port.ts";
import { elementsOf, type Node, ownText } from "./nodes.ts";

/** What a page says of itself, and whether what it says of letters can be judged. */
export interface PageFacts {
  readonly metadata: DocumentMetadata;
  /** Style sheets may lay something dark behind letters. */
  readonly mayHaveGrounds: boolean;
}

/** O(nodes). */
export function pageFactsOf(nodes: readonly Node[]): PageFacts {
  const named = new Map<string, string>();
  let title: string | undefined;
  let mayHaveGrounds = false;
  for (const element of elementsOf(nodes)) {
    const { name, attribs = {} } = element;
    if (name === "title") title ??= ownText(element);
    else if (name === "style") mayHaveGrounds ||= ownText(element).includes("background");
    else if (name === "link") mayHaveGrounds ||= (attribs.rel ?? "").toLowerCase().includes("stylesheet");
    else if (name === "meta" && attribs.content !== undefined) {
      const key = (attribs.name ?? attribs.property ?? "").toLowerCase();
      if (!named.has(key)) named.set(key, attribs.content);
    }
  }
  return { metadata: metadataOf(title, named), mayHaveGrounds };
}

function metadataOf(title: string | undefined, named: ReadonlyMap<string, string>): DocumentMetadata {
  const first = (...names: string[]) => names.map((name) => named.get(name)).find((value) => value);
  return {
    title: shortField(title) ?? shortField(first("dc.title", "og:title")),
    author: shortField(first("author", "dc.creator")),
    createdAt: isoInstant(first("dcterms.created", "created", "date", "article:published_time")),
    modifiedAt: isoInstant(first("dcterms.modified", "modified", "article:modified_time")),
    producer: shortField(first("generator")),
  };
}
