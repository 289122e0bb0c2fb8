import type { Box } from "./datasets/manifest.ts";

/** A dataset as a whole. Times are milliseconds UTC. */
export interface DatasetRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** As asked for: dice, imagefolder, coco, yolo, voc, auto. */
  readonly format: string;
  readonly visibility: "private" | "public";
  readonly projectId: number | null;
  readonly ownerId: number | null;
  readonly taskType: "image_classification" | "object_detection";
  /** In the order of their ids. */
  readonly classes: readonly string[];
  readonly facts: DatasetFacts;
  readonly fileCount: number;
  /** Pictures that can be trained on. */
  readonly imageCount: number;
  readonly totalBytes: number;
  readonly problemCount: number;
  /** Raised with each change of its files. */
  readonly revision: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What was found in a dataset's files. */
export interface DatasetFacts {
  /** By class name: pictures, or boxes for detection. */
  readonly distribution: Readonly<Record<string, number>>;
  /** Pictures by split and class name. */
  readonly splits: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The first faults, in words. */
  readonly problems: readonly DatasetProblem[];
  readonly warnings: readonly string[];
  /** Task type that was asked for; null where it was left to be found out. */
  readonly wishedTask: DatasetRecord["taskType"] | null;
}

export interface DatasetProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** One file of a dataset. */
export interface DatasetFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly isImage: boolean;
  readonly width: number | null;
  readonly height: number | null;
  /** Perceptual hash, hex. */
  readonly look: string | null;
  /** Why it cannot be trained on. */
  readonly problem: string | null;
  readonly split: string | null;
  readonly label: number | null;
  readonly boxes: readonly Box[];
}

/** Key of a file's bytes in the store, by their hash. */
export function blobKey(sha256: string): string {
  return `blobs/${sha256.slice(0, 2)}/${sha256}`;
}

/** Key of a frozen dataset's manifest. */
export function snapshotKey(hash: string): string {
  return `snapshots/${hash}.json`;
}
