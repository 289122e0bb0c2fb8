import type { Split } from "../../manifest.ts";

/** What a file of annotations says, in whatever dialect, before anything is looked up. */
export interface AnnotationDocument {
  /** Path of the file. */
  readonly path: string;
  /** In the order of the file. */
  readonly classes: ClassEntry[];
  readonly images: ImageEntry[];
  /** Those that lie in a list of their own. */
  readonly annotations: AnnotationEntry[];
  /** Lists of image ids or file names. */
  readonly splits: Map<string, Split>;
  taskType: string | null;
  /** Pictures or boxes by class name, as the file counts them. */
  readonly counts: Map<string, number>;
  /** Classes, as the file counts them. */
  classCount: number | null;
  /** Entries that are no objects. */
  odd: number;
}

export interface ClassEntry {
  readonly id: string | null;
  readonly name: string;
}

export interface ImageEntry {
  readonly id: string | null;
  readonly fileName: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly split: Split | null;
  /** Those that lie in the image's own entry. */
  readonly annotations: readonly AnnotationEntry[];
}

export interface AnnotationEntry {
  readonly id: string | null;
  readonly imageId: string | null;
  readonly imagePath: string | null;
  readonly classId: string | null;
  readonly className: string | null;
  /** x, y, width, height as they stand there, NaN for what is no number; null without a box. */
  readonly box: readonly [number, number, number, number] | null;
  readonly split: Split | null;
  /** Stands for a crowd of things. */
  readonly crowd: boolean;
}
