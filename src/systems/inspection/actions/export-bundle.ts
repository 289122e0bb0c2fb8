import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { zipStream } from "../../../platform/archives/zip-stream.ts";
import { MANIFEST_PATH, MEMORY_PATH, writeManifest } from "../bundle/manifest.ts";
import type { Roi } from "../roi.ts";
import type { QualityStore } from "../store/quality-store.ts";
import { requireModel } from "./find-memory.ts";
import { findVersion, type VersionDeps } from "./manage-versions.ts";

export interface ExportDeps extends VersionDeps {
  /** Of the program. */
  readonly version: string;
  readonly qualities: QualityStore;
}

export interface ExportedBundle {
  readonly filename: string;
  readonly content: Readable;
}

/**
 * A version as one file: its memory, its calibration with the scores, what its good pictures are like, their names and
 * hashes. The pictures themselves stay here; the gate's reference has a mean of them, 64 x 64 and gray.
 * @param version the one in use when null
 * @throws QuatrainError `memory_not_found` (400), `version_not_found` (404)
 */
export async function exportBundle(
  deps: ExportDeps,
  roi: Roi,
  version: number | null,
): Promise<ExportedBundle> {
  const { model, calibration } = await findVersion(
    deps,
    roi,
    version ?? (await requireModel(deps.reader, roi)).version,
  );
  const memory = await deps.files.read(model.fileKey);
  const file = { bytes: memory.length, sha256: createHash("sha256").update(memory).digest("hex") };
  // a threshold that decides nothing is none
  const useful = calibration !== null && calibration.threshold > 0 ? calibration : null;
  const quality = await deps.qualities.reference(model.id);
  const manifest = writeManifest(model, { calibration: useful, quality }, file, {
    by: deps.version,
    at: deps.clock.now(),
  });
  const words = Buffer.from(JSON.stringify(manifest, null, 2));
  return {
    filename: `model-v${model.version}.zip`,
    content: zipStream([
      { path: MANIFEST_PATH, content: async () => [words] },
      { path: MEMORY_PATH, content: async () => [memory] },
    ]),
  };
}
