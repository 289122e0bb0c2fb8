import type { Split } from "../../manifest.ts";
import { splitOfWord } from "../../paths/split-words.ts";
import type { AnnotationEntry, ClassEntry, ImageEntry } from "./annotation-document.ts";

type Fields = Readonly<Record<string, unknown>>;
const MAX_TEXT = 2000;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Ids are numbers here and texts there: all become texts. */
export function idOf(value: unknown): string | null {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" && value !== "" ? value.slice(0, MAX_TEXT) : null;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.slice(0, MAX_TEXT) : null;
}

function sizeOf(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : null;
}

function splitOf(value: unknown): Split | null {
  return typeof value === "string" ? splitOfWord(value.trim()) : null;
}

function boxOf(value: unknown): AnnotationEntry["box"] {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return null;
  const [x, y, width, height] = Array.isArray(value) && value.length === 4 ? value.map(numberOf) : [];
  return [x ?? Number.NaN, y ?? Number.NaN, width ?? Number.NaN, height ?? Number.NaN];
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}

/** `{id, name}`, or only a name. */
export function classEntry(value: unknown): ClassEntry | null {
  const name = isFields(value) ? (idOf(value.name) ?? idOf(value.label)) : idOf(value);
  if (name === null) return null;
  return { id: isFields(value) ? (idOf(value.id) ?? idOf(value.class_id)) : null, name };
}

/** An element of `images`; null where it names no file. */
export function imageEntry(value: unknown): ImageEntry | null {
  if (!isFields(value)) return null;
  const fileName = textOf(value.file_name) ?? textOf(value.image_path) ?? textOf(value.path);
  if (fileName === null) return null;
  const split = splitOf(value.split);
  const own = Array.isArray(value.annotations) ? value.annotations : [];
  return {
    id: idOf(value.id) ?? idOf(value.image_id),
    fileName,
    width: sizeOf(value.width),
    height: sizeOf(value.height),
    split,
    annotations: [value.annotation, ...own].map(annotationEntry).filter((entry) => entry !== null),
  };
}

/** An annotation, in a list of its own or within its image; null where it is no object. */
export function annotationEntry(value: unknown): AnnotationEntry | null {
  if (!isFields(value)) return null;
  return {
    id: idOf(value.id),
    imageId: idOf(value.image_id),
    imagePath: textOf(value.image_path) ?? textOf(value.file_name) ?? textOf(value.image),
    classId: idOf(value.class_id) ?? idOf(value.category_id),
    className: textOf(value.class_name) ?? textOf(value.category_name) ?? textOf(value.label),
    box: boxOf(value.bbox),
    split: splitOf(value.split),
    crowd: value.iscrowd === 1 || value.iscrowd === true,
  };
}
