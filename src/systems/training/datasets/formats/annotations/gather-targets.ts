import type { DatasetFile } from "../../index/dataset-index.ts";
import type { FileLookup } from "../../index/file-lookup.ts";
import { type Problems, quoted } from "../../index/problems.ts";
import { inTurns } from "../../index/turns.ts";
import type { Split } from "../../manifest.ts";
import { splitOfFolders } from "../../paths/split-words.ts";
import type { AnnotationDocument, AnnotationEntry, ImageEntry } from "./annotation-document.ts";
import { imageRoots } from "./image-roots.ts";

/** A picture with everything that is said about it. */
export interface Target {
  readonly file: DatasetFile;
  readonly split: Split | null;
  readonly entries: AnnotationEntry[];
}

/** A file of annotations, with the split that its name means. */
export interface PlacedDocument {
  readonly document: AnnotationDocument;
  readonly split: Split | null;
}

/** Pictures by their paths, each with its annotations. O(entries). */
export async function gatherTargets(
  documents: readonly PlacedDocument[],
  lookup: FileLookup,
  problems: Problems,
): Promise<ReadonlyMap<string, Target>> {
  const targets = new Map<string, Target>();
  for (const placed of documents) await new Gathering(placed, lookup, problems, targets).run();
  return targets;
}

class Gathering {
  readonly #placed: PlacedDocument;
  readonly #lookup: FileLookup;
  readonly #problems: Problems;
  readonly #targets: Map<string, Target>;
  /** Null for images whose file is missing. */
  readonly #byId = new Map<string, Target | null>();
  readonly #byName = new Map<string, Target | null>();
  readonly #roots = new Map<Split | null, string[]>();

  constructor(placed: PlacedDocument, lookup: FileLookup, problems: Problems, targets: Map<string, Target>) {
    this.#placed = placed;
    this.#lookup = lookup;
    this.#problems = problems;
    this.#targets = targets;
  }

  async run(): Promise<void> {
    const { images, annotations, odd, path } = this.#placed.document;
    for await (const image of inTurns(images)) this.#takeImage(image);
    const seen = new Set<string>();
    for await (const entry of inTurns(annotations)) {
      if (entry.id !== null && seen.has(entry.id))
        this.#problems.add(
          "duplicate_annotation_id",
          path,
          `The annotation id ${quoted(entry.id)} is there twice: the first counts`,
        );
      else this.#targetOf(entry)?.entries.push(entry);
      if (entry.id !== null) seen.add(entry.id);
    }
    if (odd > 0)
      this.#problems.add(
        "bad_entry",
        path,
        `${odd} entries do not say what they are about: they are left out`,
      );
  }

  #takeImage(image: ImageEntry): void {
    const { id, fileName } = image;
    if (id !== null && this.#byId.has(id)) {
      const message = `The image id ${quoted(id)} is there twice: the first counts`;
      this.#problems.add("duplicate_image_id", fileName, message);
      return;
    }
    const target = this.#open(fileName, image.split ?? this.#listedSplit(image));
    if (id !== null) this.#byId.set(id, target);
    if (!this.#byName.has(fileName)) this.#byName.set(fileName, target);
    if (target === null) return;
    for (const entry of image.annotations) target.entries.push(entry);
    const { width, height } = target.file;
    if ((image.width ?? width) !== width || (image.height ?? height) !== height)
      this.#problems.add(
        "size_contradiction",
        target.file.path,
        `The picture is ${width} x ${height}, its annotation says ${image.width} x ${image.height}`,
      );
  }

  #listedSplit({ id, fileName }: ImageEntry): Split | null {
    const { splits } = this.#placed.document;
    return splits.get(id ?? "") ?? splits.get(fileName) ?? null;
  }

  #targetOf(entry: AnnotationEntry): Target | null {
    const { imageId, imagePath } = entry;
    const known = imageId === null ? undefined : this.#byId.get(imageId);
    if (known !== undefined) return known;
    if (imagePath === null) {
      this.#problems.add(
        "annotation_without_image",
        this.#placed.document.path,
        `An annotation is about the image ${quoted(imageId ?? "")}, which is not listed`,
      );
      return null;
    }
    let target = this.#byName.get(imagePath);
    if (target === undefined) {
      target = this.#open(imagePath, entry.split);
      this.#byName.set(imagePath, target);
    }
    return target;
  }

  /** The picture that is meant, as a target; null where there is none, or another file has claimed it. */
  #open(name: string, said: Split | null): Target | null {
    const wanted = said ?? this.#placed.split;
    const file = this.#lookup.find(name, this.#rootsOf(wanted), wanted);
    if (file?.isImage !== true) {
      const problem = file === undefined ? "is not in the dataset" : "is no picture that can be read";
      this.#problems.add("annotation_without_image", name, `The picture ${quoted(name)} ${problem}`);
      return null;
    }
    if (this.#targets.has(file.path)) {
      this.#problems.add("duplicate_image", file.path, "The picture is listed twice: the first entry counts");
      return null;
    }
    const target: Target = { file, split: wanted ?? splitOfFolders(file.path), entries: [] };
    this.#targets.set(file.path, target);
    return target;
  }

  #rootsOf(split: Split | null): string[] {
    const roots = this.#roots.get(split) ?? imageRoots(this.#placed.document.path, split);
    this.#roots.set(split, roots);
    return roots;
  }
}
