import type { Picture, Plane } from "../../../algorithms/image/picture.ts";

/** One picture of a good part, decoded only when its turn comes: memory does not grow with their number. */
export interface OkPicture {
  /** SHA-256 of the uploaded bytes, hex: how a picture is known again in leave-one-out scoring. */
  readonly contentHash: string;
  /** As the user knows it: errors about the picture begin with it. */
  readonly name?: string;
  load(): Promise<Picture>;
}

/** Something that turns pictures into patch embeddings, and so decides what a memory is. */
export interface Backbone {
  /** What memories record: `fb98`, `vit_small_patch14_dinov2`. */
  readonly id: string;
  /** In a few words, for health and the console. */
  readonly description: string;
  /** Whether it can be used now: built in, or its weights are there. */
  readonly isInstalled: boolean;
  /** Percentile of the masked heat pixels that is the image score, unless told otherwise. */
  readonly pixelPercentile: number;
  /** Whether line detectors join it unless the server's settings say otherwise. */
  readonly ridge: boolean;
  /** The most that `FitSettings.detail` may be. */
  readonly finestDetail: Detail;
}

export interface FitSettings {
  /** The id of a backbone that is installed. */
  readonly engineId: string;
  /** Share of the patches that the bank keeps, 0 < rate <= 1, before the engine's own floor and cap. */
  readonly coresetRate: number;
  /** `memory_fit`: keep every patch, without caps. */
  readonly keepEverything: boolean;
  /** Adds the bank of line detectors (spec/inspection section 4, point 6). */
  readonly ridge: boolean;
  /** Percentile of the masked heat pixels that is the image score; 100 is the maximum. */
  readonly pixelPercentile: number;
  readonly seed: number;
  /**
   * How many times finer than usual pictures are looked at, for flaws that are small beside a large picture: 2 means
   * 896 pixels on the longer side for `fb98`, at four times the cost. 1 when absent.
   */
  readonly detail?: Detail;
}

export const DETAILS = [1, 2, 3] as const;
export type Detail = (typeof DETAILS)[number];

export interface FitHooks {
  readonly signal?: AbortSignal;
  /** `fraction` 0..1 of the whole fit; `stage` in plain words. */
  onProgress?(fraction: number, stage: string): void;
}

/** What a fit learnt, ready to score with and to write to a file. */
export interface MemoryModel {
  readonly engineId: string;
  readonly settings: FitSettings;
  /** `[height, width]` of the finest grid. */
  readonly tokenShape: readonly [number, number];
  /** Patches seen, summed over the grids. */
  readonly embeddingCount: number;
  /** Patches kept, summed over the grids. */
  readonly coresetSize: number;
  /** Content hashes of the pictures it was fitted on, in the order of the bank's source numbers. */
  readonly sources: readonly string[];
}

export interface Inspection {
  /** Heat at the picture's own size; higher is stranger. Comparable between pictures of one memory. */
  readonly heat: Plane;
}

/**
 * The engine of inspection. All numeric work happens in the ml runtime's threads.
 * @throws QuatrainError `token_grid_mismatch` (400) when a memory was made by another engine or grid, or with weights
 * that are not there.
 */
export interface InspectionEngine {
  /** What memories can be made with; the first installed one is preferred. Weights may come and go meanwhile. */
  backbones(): Promise<readonly Backbone[]>;
  fit(pictures: readonly OkPicture[], settings: FitSettings, hooks?: FitHooks): Promise<MemoryModel>;
  /** Scores one picture. `withoutSource` leaves out the patches of that OK picture (leave-one-out). */
  inspect(
    memory: MemoryModel,
    picture: Picture,
    options?: { withoutSource?: string; signal?: AbortSignal },
  ): Promise<Inspection>;
  /** A safetensors file with everything that `decode` needs; the same memory gives the same bytes. */
  encode(memory: MemoryModel): Uint8Array;
  /** @throws QuatrainError `memory_unreadable` (400) for anything that is not such a file. */
  decode(bytes: Uint8Array): MemoryModel;
}
