/** A frozen dataset: what a job trains on, whatever happens to the dataset afterwards. */
export interface Manifest {
  /** In the order of their ids, from 0. */
  readonly classes: readonly string[];
  /** In the order of their paths. */
  readonly images: readonly ManifestImage[];
}

export type Split = "train" | "val" | "test";

export interface ManifestImage {
  /** Path inside the dataset, forward slashes. */
  readonly path: string;
  /** SHA-256 of the file, hex: its key in the blob store. */
  readonly sha256: string;
  readonly bytes: number;
  /** Pixels as decoded, upright. */
  readonly width: number;
  readonly height: number;
  readonly split: Split;
  /** Index into the classes; for detection the first box's, -1 for a picture without boxes. */
  readonly label: number;
  /** Boxes of detection datasets, in pixels; empty for classification. */
  readonly boxes: readonly Box[];
}

export interface Box {
  /** Index into the classes. */
  readonly label: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
