import { isoInstant, shortField, wholeNumber } from "../metadata-values.ts";
import type { Archive } from "../packed/archive.ts";
import { ElementTexts, readXml, type XmlAttributes, type XmlHandler } from "../packed/read-xml.ts";
import type { DocumentMetadata } from "../port.ts";
import { refusal } from "../refusals.ts";
import type { TextOfDocument } from "../text-of-document.ts";
import { OdtBody } from "./body.ts";
import { OdtListStyles } from "./lists.ts";
import { OdtStyles } from "./styles.ts";

/**
 * Reads an OpenDocument text: paragraphs with their numbers, tables row by row, boxes after the paragraph that they
 * hang on, notes at the end. What tracked changes delete is counted, not read.
 * @throws QuatrainError `document_encrypted`
 */
export async function readOdt(archive: Archive): Promise<TextOfDocument> {
  await refuseEncrypted(archive);
  const styles = new OdtStyles();
  const lists = new OdtListStyles();
  if (archive.has("styles.xml")) await readXml(archive.read("styles.xml"), both(styles, lists));
  // Automatic styles stand before the body in the same part.
  const body = new OdtBody(styles, lists);
  await readXml(archive.read("content.xml"), both(both(styles, lists), body));
  const metadata = archive.has("meta.xml") ? await readMeta(archive) : {};
  const trackedChanges = { insertions: body.insertions, deletions: body.deletions };
  return { content: body.finish(), metadata: { ...metadata, trackedChanges }, notes: [] };
}

/** Encrypted documents say so in a list of their parts: OpenDocument 1.3 part 2, section 4.8. */
async function refuseEncrypted(archive: Archive): Promise<void> {
  const manifest = "META-INF/manifest.xml";
  if (!archive.has(manifest)) return;
  await readXml(archive.read(manifest), {
    open: (name) => {
      if (name === "manifest:encryption-data") throw refusal("document_encrypted");
    },
  });
}

const META = [
  "dc:title",
  "meta:initial-creator",
  "dc:creator",
  "meta:creation-date",
  "dc:date",
  "meta:editing-cycles",
  "meta:editing-duration",
  "meta:generator",
];

async function readMeta(archive: Archive): Promise<DocumentMetadata> {
  const texts = new ElementTexts(META);
  let template: string | undefined;
  let pages: string | undefined;
  await readXml(
    archive.read("meta.xml"),
    both(texts, {
      open: (name: string, attributes: XmlAttributes) => {
        if (name === "meta:template") template = attributes["?:title"];
        else if (name === "meta:document-statistic") pages = attributes["meta:page-count"];
      },
    }),
  );
  return {
    title: texts.get("dc:title"),
    author: texts.get("meta:initial-creator"),
    lastModifiedBy: texts.get("dc:creator"),
    createdAt: isoInstant(texts.get("meta:creation-date")),
    modifiedAt: isoInstant(texts.get("dc:date")),
    revisions: wholeNumber(texts.get("meta:editing-cycles")),
    editingMinutes: minutesOf(texts.get("meta:editing-duration")),
    producer: texts.get("meta:generator"),
    template: shortField(template),
    pages: wholeNumber(pages),
  };
}

/** Whole minutes of a duration such as `PT1H30M25S` or `P1DT2H`. */
function minutesOf(duration: string | undefined): number | undefined {
  const parts = /^P(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:[\d.]{1,20}S)?)?$/.exec(
    duration ?? "",
  );
  if (parts === null) return undefined;
  const [days, hours, minutes] = parts.slice(1).map((part) => Number(part ?? 0));
  return ((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0);
}

function both(first: XmlHandler, second: XmlHandler): XmlHandler {
  return {
    open(name, attributes, parents) {
      first.open?.(name, attributes, parents);
      second.open?.(name, attributes, parents);
    },
    close(name, parents) {
      first.close?.(name, parents);
      second.close?.(name, parents);
    },
    text(text, parents) {
      first.text?.(text, parents);
      second.text?.(text, parents);
    },
  };
}
