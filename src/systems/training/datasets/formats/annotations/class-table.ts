import { className, demandClasses, sortedNames } from "../../index/class-names.ts";
import { type Problems, quoted } from "../../index/problems.ts";
import type { AnnotationDocument, AnnotationEntry } from "./annotation-document.ts";

/** Which class an annotation means. */
export interface ClassTable {
  readonly names: readonly string[];
  /** Undefined where it means none; that is noted. */
  labelOf(entry: AnnotationEntry, path: string): number | undefined;
}

/**
 * The classes of all files together: those that they list in the order of their ids, else the names that annotations
 * have, in the order of characters.
 * @throws QuatrainError `too_many_classes` (400)
 */
export function classTable(documents: readonly AnnotationDocument[], problems: Problems): ClassTable {
  const byId = new Map<string, string>();
  for (const { classes, path } of documents)
    for (const [at, entry] of classes.entries()) {
      const name = className(entry.name);
      const id = entry.id ?? String(at);
      const known = byId.get(id);
      if (name === "") problems.add("bad_class", path, `The class ${quoted(id)} has no name: it is left out`);
      else if (known === undefined) byId.set(id, name);
      else if (known !== name)
        problems.add(
          "duplicate_class_id",
          path,
          `The class id ${quoted(id)} is ${quoted(known)} and ${quoted(name)}: the first counts`,
        );
    }
  const ids = [...byId.keys()].sort(byNumber);
  const names =
    ids.length > 0 ? [...new Set(ids.map((id) => byId.get(id) ?? ""))] : sortedNames(namesUsed(documents));
  // Without a list an annotation that has only an id is of the class of that name.
  if (ids.length === 0) for (const name of names) byId.set(name, name);
  demandClasses(names.length);
  if (names.length < ids.length)
    problems.add(
      "duplicate_class",
      documents[0]?.path ?? "",
      "Several class ids have one name: they are one class",
    );
  return new NamedClasses(names, byId, problems);
}

class NamedClasses implements ClassTable {
  readonly names: readonly string[];
  readonly #byName: ReadonlyMap<string, number>;
  readonly #byId: ReadonlyMap<string, number>;
  readonly #problems: Problems;

  constructor(names: readonly string[], nameOfId: ReadonlyMap<string, string>, problems: Problems) {
    this.names = names;
    const byName = new Map(names.map((name, label) => [name, label]));
    this.#byName = byName;
    this.#byId = new Map([...nameOfId].map(([id, name]) => [id, byName.get(name) ?? 0]));
    this.#problems = problems;
  }

  labelOf(entry: AnnotationEntry, path: string): number | undefined {
    const byId = entry.classId === null ? undefined : this.#byId.get(entry.classId);
    const byName = entry.className === null ? undefined : this.#byName.get(className(entry.className));
    const said = quoted(entry.classId ?? entry.className ?? "");
    if (byId === undefined && byName === undefined)
      this.#problems.add("unknown_class", path, `The class ${said} is not among the dataset's classes`);
    else if (byId !== undefined && entry.className !== null && byName !== byId)
      this.#problems.add(
        "class_contradiction",
        path,
        `The class id ${said} is not called ${quoted(entry.className)}: the id counts`,
      );
    return byId ?? byName;
  }
}

function* namesUsed(documents: readonly AnnotationDocument[]): Generator<string> {
  for (const document of documents) {
    for (const image of document.images) for (const entry of image.annotations) yield* nameOf(entry);
    for (const entry of document.annotations) yield* nameOf(entry);
  }
}

/** The name, or the id where there is no name. */
function* nameOf({ className: name, classId }: AnnotationEntry): Generator<string> {
  const used = className(name ?? classId ?? "");
  if (used !== "") yield used;
}

/** Numbers before other texts, both ascending. */
function byNumber(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
