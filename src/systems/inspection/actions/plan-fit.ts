import { createHash } from "node:crypto";
import type { Config } from "../../../platform/config/config.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import type { Doer } from "../audit.ts";
import { chooseBackbone } from "../engine/choose-backbone.ts";
import type { Detail, InspectionEngine } from "../engine/port.ts";
import { pictureKey, sourceKey } from "../file-keys.ts";
import { requireLockedScale, requireValidScale } from "../mm-per-px.ts";
import { namingPicture, spokenName } from "../name-picture.ts";
import type { PictureCodec } from "../picture-codec.ts";
import type { Roi } from "../roi.ts";
import type { SourcePicture } from "../store/model-record.ts";
import type { InspectionReader } from "../store/reader.ts";

export interface PlanDeps {
  readonly reader: InspectionReader;
  readonly files: FileStore;
  readonly pictures: PictureCodec;
  readonly settings: Config["inspection"];
  readonly engine: InspectionEngine;
}

/** A picture that came with the request. */
export interface IncomingPicture {
  readonly filename: string;
  read(): Promise<Buffer>;
}

export interface FitRequest {
  readonly roi: Roi;
  readonly mmPerPx: number;
  readonly keepEverything: boolean;
  readonly detail: Detail;
  readonly useDataset: boolean;
  readonly append: boolean;
  readonly uploads: readonly IncomingPicture[];
  readonly doer: Doer;
  /** Id of a backbone, or `auto`; absent: as the server is set. */
  readonly backbone: string | undefined;
}

/** A fit that is fully described: its pictures are stored, so that it can be run now, later, or again. */
export interface FitPlan {
  readonly roi: Roi;
  readonly mmPerPx: number;
  readonly keepEverything: boolean;
  /** Absent in plans of older versions: 1. */
  readonly detail?: Detail;
  readonly operatorId: string | null;
  /** Whose credential asked for it; absent in plans of older versions. */
  readonly actor?: string;
  readonly requestId?: string | null;
  /** Absent: as the server is set when the fit begins. */
  readonly backbone?: string;
  readonly sources: readonly SourcePicture[];
}

/** Everything that can be refused without looking at a picture. @throws QuatrainError 400 or 409 */
export async function checkFit({ reader, settings, engine }: PlanDeps, request: FitRequest): Promise<void> {
  requireValidScale(request.mmPerPx);
  requireLockedScale(request.roi.recipeId, await reader.lockedMmPerPx(request.roi.recipeId), request.mmPerPx);
  if (settings.datasetOnly && (!request.useDataset || request.uploads.length > 0)) {
    throw userError(
      "dataset_only",
      400,
      "This server trains from datasets only (BDI_TRAIN_DATASET_ONLY=1): upload to /datasets/ok/upload and send use_dataset=true without images",
    );
  }
  if (!request.useDataset && request.uploads.length === 0) {
    throw userError("no_images", 400, "No images: send OK pictures in the field images, or use_dataset=true");
  }
  chooseBackbone(await engine.backbones(), request.backbone ?? settings.engineId, request.detail);
}

/**
 * Stores the pictures that a fit needs and lists them. @throws QuatrainError 400 as in `contracts/inspection.md`
 * "POST /fit_ok": too few OK pictures, undecodable or empty files
 */
export async function planFit(deps: PlanDeps, request: FitRequest): Promise<FitPlan> {
  const { roi, mmPerPx, keepEverything, detail, doer, backbone } = request;
  const earlier = request.append ? await earlierSources(deps, roi) : [];
  const added = request.useDataset
    ? await datasetSources(deps, roi)
    : await storeUploads(deps, roi, request.uploads);
  const sources = withoutRepeats([...earlier, ...added]);
  return { roi, mmPerPx, keepEverything, detail, backbone, ...doer, sources };
}

/** What the version in use was fitted on. @throws QuatrainError `pictures_elsewhere` (400) */
async function earlierSources({ reader }: PlanDeps, roi: Roi): Promise<readonly SourcePicture[]> {
  const model = await reader.ownModel(roi);
  if (model === null || model.origin === "fit") return model?.sources ?? [];
  throw userError(
    "pictures_elsewhere",
    400,
    `Version ${model.version} was imported without its pictures, so nothing can be added to it: fit on a dataset, or send all of them`,
  );
}

async function datasetSources({ reader, settings }: PlanDeps, roi: Roi): Promise<SourcePicture[]> {
  const pictures = (await reader.findPictures(roi)).filter((picture) => picture.label === "ok");
  if (pictures.length < settings.minOkSamples) {
    throw userError(
      "too_few_ok_images",
      400,
      `The dataset has ${pictures.length} OK images and ${settings.minOkSamples} are needed: upload more to /datasets/ok/upload`,
      { found: pictures.length, needed: settings.minOkSamples },
    );
  }
  return pictures.map((picture) => ({
    hash: picture.contentHash,
    key: pictureKey(picture.place, picture.label, picture.filename),
    name: picture.filename,
  }));
}

async function storeUploads(
  { files, pictures }: PlanDeps,
  roi: Roi,
  uploads: readonly IncomingPicture[],
): Promise<SourcePicture[]> {
  const sources: SourcePicture[] = [];
  for (const [index, upload] of uploads.entries()) {
    const name = spokenName(upload.filename, index);
    const bytes = await upload.read();
    await namingPicture(name, () => pictures.formatOf(bytes));
    const hash = createHash("sha256").update(bytes).digest("hex");
    const key = sourceKey(roi, hash);
    if ((await files.stat(key)) === null) await files.put(key, bytes);
    sources.push({ hash, key, name });
  }
  return sources;
}

function withoutRepeats(sources: readonly SourcePicture[]): SourcePicture[] {
  return [...new Map(sources.map((source) => [source.hash, source])).values()];
}
