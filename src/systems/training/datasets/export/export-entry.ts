import { userError } from "../../../../platform/errors/quatrain-error.ts";
import type { DatasetTask } from "../index/dataset-index.ts";
import type { Manifest, ManifestImage } from "../manifest.ts";

/** A dataset to be written. */
export interface ExportedDataset {
  readonly id: string;
  readonly name: string;
  readonly taskType: DatasetTask;
  readonly manifest: Manifest;
}

/** A file of an exported dataset: a picture's own, or a text that can be written more than once. */
export type ExportEntry =
  | { readonly path: string; readonly image: ManifestImage }
  | { readonly path: string; readonly text: () => Iterable<string> };

/** `export_not_possible` (422). `why` is a sentence. */
export function notPossible(why: string) {
  return userError("export_not_possible", 422, why);
}

/** @throws QuatrainError `export_not_possible` (422) for datasets without boxes */
export function demandBoxes({ taskType }: ExportedDataset, format: string): void {
  if (taskType === "object_detection") return;
  throw notPossible(`${format} holds boxes and this dataset has none. Export it as imagefolder or dice.`);
}
