import { SaxesParser } from "saxes";

/** What a VOC file says of its picture. */
export interface VocAnnotation {
  /** `filename`, as it stands there; empty where it is missing. */
  fileName: string;
  width: number | null;
  height: number | null;
  readonly objects: VocObject[];
}

/** Pixels; NaN for what is missing or no number. */
export interface VocObject {
  name: string;
  xmin: number;
  ymin: number;
  xmax: number;
  ymax: number;
}

const MAX_DEPTH = 32;
const MAX_OBJECTS = 10_000;
const MAX_TEXT = 2000;
const BOX = "annotation/object/bndbox/";

/**
 * Reads an annotation of Pascal VOC. O(length). No document type, so no entities but XML's own.
 * Source: host.robots.ox.ac.uk/pascal/VOC, development kit, "Annotation".
 * @throws Error for what is no XML, no annotation, or beyond the limits
 */
export function parseVocAnnotation(xml: string): VocAnnotation {
  const annotation: VocAnnotation = { fileName: "", width: null, height: null, objects: [] };
  const parser = new SaxesParser({ xmlns: false, position: false });
  const open: string[] = [];
  let text = "";
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", () => {
    throw new Error("it declares a document type");
  });
  parser.on("opentag", ({ name }) => {
    if (open.length === 0 && name !== "annotation") throw new Error(`its root is <${name.slice(0, 50)}>`);
    if (open.length >= MAX_DEPTH) throw new Error(`it is nested more than ${MAX_DEPTH} levels deep`);
    open.push(name);
    if (open.join("/") === "annotation/object") annotation.objects.push(emptyObject());
    if (annotation.objects.length > MAX_OBJECTS) throw new Error(`it has more than ${MAX_OBJECTS} objects`);
    text = "";
  });
  const collect = (words: string) => {
    text = (text + words).slice(0, MAX_TEXT);
  };
  parser.on("text", collect);
  parser.on("cdata", collect);
  parser.on("closetag", () => {
    takeText(annotation, open.join("/"), text.trim());
    open.pop();
    text = "";
  });
  parser.write(xml).close();
  return annotation;
}

function emptyObject(): VocObject {
  return { name: "", xmin: Number.NaN, ymin: Number.NaN, xmax: Number.NaN, ymax: Number.NaN };
}

function takeText(annotation: VocAnnotation, place: string, text: string): void {
  const object = annotation.objects.at(-1);
  if (place === "annotation/filename") annotation.fileName = text;
  else if (place === "annotation/size/width") annotation.width = sizeOf(text);
  else if (place === "annotation/size/height") annotation.height = sizeOf(text);
  else if (place === "annotation/object/name" && object !== undefined) object.name = text;
  else if (place.startsWith(BOX) && object !== undefined) {
    const side = place.slice(BOX.length);
    if (side === "xmin" || side === "ymin" || side === "xmax" || side === "ymax")
      object[side] = text === "" ? Number.NaN : Number(text);
  }
}

/** Null for 0, as tools write it that do not know the size. */
function sizeOf(text: string): number | null {
  const size = Number(text);
  return Number.isInteger(size) && size > 0 ? size : null;
}
