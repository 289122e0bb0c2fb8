import { userError } from "../../../../platform/errors/quatrain-error.ts";

/** More classes are a mistake of the dataset. */
const MAX_CLASSES = 10_000;
const MAX_NAME = 200;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]+/g;

/** A class's name as it is kept: Unicode's form C, printable, trimmed, at most 200 characters; may come out empty. */
export function className(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFC")
    .replace(UNPRINTABLE, " ")
    .trim()
    .slice(0, MAX_NAME)
    .toWellFormed();
}

/**
 * Names in the order of their characters' codes, as torchvision sorts folders.
 * @throws QuatrainError `too_many_classes` (400)
 */
export function sortedNames(names: Iterable<string>): string[] {
  const distinct = new Set<string>();
  for (const name of names) demandClasses(distinct.add(name).size);
  return [...distinct].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** @throws QuatrainError `too_many_classes` (400) */
export function demandClasses(count: number): void {
  if (count <= MAX_CLASSES) return;
  throw userError(
    "too_many_classes",
    400,
    `The dataset has more than ${MAX_CLASSES} classes, which is the limit. Is each picture in a folder of its own?`,
  );
}
