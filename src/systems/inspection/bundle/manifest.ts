import { z } from "zod";
import type { QualityReference } from "../../../algorithms/image/quality/quality-reference.ts";
import { ModelKey, RoiId, RoleId } from "../../../contracts/inspection/vocabulary.ts";
import type { MemoryModel } from "../engine/port.ts";
import type { ModelRecord, SourcePicture } from "../store/model-record.ts";
import type { CalibrationRun } from "../store/run-record.ts";
import { BundledQuality, writeQuality } from "./quality.ts";

/** A bundle is a ZIP of these two: what it is in words, and the memory's file. */
export const MANIFEST_PATH = "manifest.json";
export const MEMORY_PATH = "memory.safetensors";

const FORMAT = "quatrain-inspection-bundle";
/** Raised when an older version could misunderstand a bundle. 2: with what good pictures are like. */
const FORMAT_VERSION = 2;

const MAX_PICTURES = 1_000_000;
const MAX_SCORES = 100_000;
const text = (length: number) => z.string().max(length);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const size = count.min(1);
const finite = z.number();

const Calibration = z.object({
  threshold: finite.positive(),
  computed_threshold: finite,
  ok_mean: finite,
  ng_mean: finite,
  p_ok: finite,
  p5_ng: finite.nullable(),
  mm_per_px: finite.positive(),
  area_mm2_thr: finite.min(0),
  score_percentile: finite.min(0).max(100),
  n_ok: count,
  n_ng: count,
  operator_id: text(200).nullable(),
  created_at_utc: text(40),
  scores: z
    .array(
      z.object({
        label: z.enum(["ok", "ng"]),
        score: finite,
        filename: text(255).nullable(),
        sha256: sha256.nullable(),
        left_out: z.boolean(),
      }),
    )
    .max(MAX_SCORES)
    .nullable(),
});

export const Manifest = z.object({
  format: z.literal(FORMAT),
  format_version: z.literal([1, FORMAT_VERSION]),
  written_by: text(100),
  written_at_utc: text(40),
  model: z.object({
    recipe_id: text(64),
    role_id: RoleId,
    roi_id: RoiId,
    model_key: ModelKey,
    version: size,
    backbone: text(100),
    mm_per_px: finite.positive(),
    n_embeddings: size,
    coreset_size: size,
    token_shape: z.tuple([size, size]),
    operator_id: text(200).nullable(),
    created_at_utc: text(40),
    dataset: z.array(z.object({ filename: text(1_000), sha256 })).max(MAX_PICTURES),
  }),
  calibration: Calibration.nullable(),
  /** Null, or absent as in format 1, where that is not known. */
  quality: BundledQuality.nullable().default(null),
  files: z.tuple([z.object({ path: z.literal(MEMORY_PATH), bytes: size, sha256 })]),
});

export type Manifest = z.infer<typeof Manifest>;

/** Enough of a manifest to say what is wrong about the rest. */
export const ManifestHead = z.looseObject({
  format: z.literal(FORMAT),
  format_version: z.number(),
  written_by: z.unknown(),
});

/** Whether a bundle of this format is younger than this version of the program. */
export function isNewer(formatVersion: number): boolean {
  return formatVersion > FORMAT_VERSION;
}

/** Says in words what a bundle holds. */
export function writeManifest(
  model: ModelRecord,
  { calibration, quality }: { calibration: CalibrationRun | null; quality: QualityReference | null },
  memory: { readonly bytes: number; readonly sha256: string },
  written: { readonly by: string; readonly at: number },
): Manifest {
  return {
    format: FORMAT,
    format_version: FORMAT_VERSION,
    written_by: written.by,
    written_at_utc: utc(written.at),
    model: {
      recipe_id: model.roi.recipeId,
      role_id: model.roi.roleId,
      roi_id: model.roi.roiId,
      model_key: model.roi.modelKey,
      version: model.version,
      backbone: model.engineId,
      mm_per_px: model.mmPerPx,
      n_embeddings: model.embeddingCount,
      coreset_size: model.coresetSize,
      token_shape: [model.tokenShape[0], model.tokenShape[1]],
      operator_id: model.operatorId,
      created_at_utc: utc(model.createdAt),
      dataset: model.sources.map(({ name, hash }) => ({ filename: name, sha256: hash })),
    },
    calibration: calibration === null ? null : writeCalibration(calibration),
    quality: quality === null ? null : writeQuality(quality),
    files: [{ path: MEMORY_PATH, ...memory }],
  };
}

function writeCalibration(run: CalibrationRun): z.infer<typeof Calibration> {
  return {
    threshold: run.threshold,
    computed_threshold: run.computedThreshold,
    ok_mean: run.okMean,
    ng_mean: run.ngMean,
    p_ok: run.okPercentile,
    p5_ng: run.ngPercentile5,
    mm_per_px: run.mmPerPx,
    area_mm2_thr: run.areaMm2Threshold,
    score_percentile: run.scorePercentile,
    n_ok: run.okCount,
    n_ng: run.ngCount,
    operator_id: run.operatorId,
    created_at_utc: utc(run.createdAt),
    scores:
      run.scores?.map(({ label, score, filename, hash, seen }) => ({
        label,
        score,
        filename,
        sha256: hash,
        left_out: !seen,
      })) ?? null,
  };
}

/** The pictures of a bundle: known by name and content, not here. */
export function sourcesOf({ model }: Manifest): SourcePicture[] {
  return model.dataset.map(({ filename, sha256: hash }) => ({ name: filename, hash, key: "" }));
}

/** Whether the words of a manifest are those of the memory beside it. */
export function describes({ model }: Manifest, memory: MemoryModel): boolean {
  const hashes = new Set(model.dataset.map(({ sha256: hash }) => hash));
  return (
    model.backbone === memory.engineId &&
    model.coreset_size === memory.coresetSize &&
    model.n_embeddings === memory.embeddingCount &&
    model.token_shape.every((side, at) => side === memory.tokenShape[at]) &&
    memory.sources.every((hash) => hashes.has(hash))
  );
}

const utc = (at: number) => new Date(at).toISOString();
