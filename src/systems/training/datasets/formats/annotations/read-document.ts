import { userError } from "../../../../../platform/errors/quatrain-error.ts";
import { demandClasses } from "../../index/class-names.ts";
import { splitOfWord } from "../../paths/split-words.ts";
import type { AnnotationDocument, AnnotationEntry } from "./annotation-document.ts";
import { annotationEntry, classEntry, idOf, imageEntry, isFields } from "./entry-values.ts";
import { readJsonRecords } from "./json-records.ts";

/** Entries of all lists of all files of a dataset. */
const MAX_ENTRIES = 1_500_000;

/**
 * Reads a file of annotations: DICE's canonical form, COCO's, and what lies between them, told apart by the fields
 * that are there. O(length). Source: spec/training.md section 3, shapes A to C.
 * @param counter of entries so far, over all files of the dataset
 * @throws QuatrainError `bad_annotations`, `too_many_annotations`, `too_many_classes` (400)
 */
export async function readDocument(
  text: string,
  path: string,
  counter: { entries: number },
): Promise<AnnotationDocument> {
  const document: AnnotationDocument = {
    path,
    classes: [],
    images: [],
    annotations: [],
    splits: new Map(),
    taskType: null,
    counts: new Map(),
    classCount: null,
    odd: 0,
  };
  await readJsonRecords(text, path, (key, value) => {
    counter.entries += 1 + takeValue(document, key, value);
    if (counter.entries > MAX_ENTRIES) throw tooMany(path);
  });
  return document;
}

/** @returns how many entries lay within this one */
function takeValue(document: AnnotationDocument, key: string, value: unknown): number {
  if (key === "images") {
    const image = imageEntry(value);
    push(document, document.images, image);
    return image?.annotations.length ?? 0;
  }
  if (key === "annotations") push(document, document.annotations, listedAnnotation(value));
  else if (key === "classes" || key === "categories") takeClasses(document, value);
  else if (key === "task_type" && typeof value === "string") document.taskType = value.slice(0, 100);
  else if (key === "num_classes") takeClassCount(document, value);
  else if (key === "splits" && isFields(value)) takeSplits(document, value);
  else if (key === "statistics" && isFields(value)) takeStatistics(document, value);
  return 0;
}

/** An element of a list, or all of them as `{"0": "cat", "1": "dog"}`. */
function takeClasses(document: AnnotationDocument, value: unknown): void {
  const names = isFields(value) ? Object.entries(value) : [];
  if (names.length > 0 && names.every(([id, name]) => /^\d+$/.test(id) && typeof name === "string"))
    for (const [id, name] of names) push(document, document.classes, classEntry({ id, name }));
  else push(document, document.classes, classEntry(value));
  demandClasses(document.classes.length);
}

/** One in a list of its own names its image, or says nothing. */
function listedAnnotation(value: unknown): AnnotationEntry | null {
  const entry = annotationEntry(value);
  return entry === null || (entry.imageId === null && entry.imagePath === null) ? null : entry;
}

function push<T>(document: AnnotationDocument, list: T[], entry: T | null): void {
  if (entry === null) document.odd++;
  else list.push(entry);
}

function takeClassCount(document: AnnotationDocument, value: unknown): void {
  if (typeof value === "number" && Number.isInteger(value)) document.classCount = value;
}

/** `{"train": [ids or file names], "val": ...}`; counts and shares say nothing about single pictures. */
function takeSplits(document: AnnotationDocument, splits: Readonly<Record<string, unknown>>): void {
  for (const [word, members] of Object.entries(splits)) {
    const split = splitOfWord(word);
    if (split === null || !Array.isArray(members)) continue;
    for (const member of members) {
      const id = idOf(member);
      if (id !== null) document.splits.set(id, split);
    }
  }
}

function takeStatistics(document: AnnotationDocument, statistics: Readonly<Record<string, unknown>>): void {
  takeClassCount(document, statistics.num_classes);
  const counts = statistics.class_distribution;
  if (!isFields(counts)) return;
  for (const [name, count] of Object.entries(counts).slice(0, 10_000))
    if (typeof count === "number" && Number.isFinite(count)) document.counts.set(name, count);
}

function tooMany(path: string) {
  return userError(
    "too_many_annotations",
    400,
    `The annotations ${JSON.stringify(path.slice(0, 200))}, with those of the files before, have more than ${MAX_ENTRIES} entries, which is the limit. Split the dataset.`,
  );
}
