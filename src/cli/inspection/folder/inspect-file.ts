import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ClientError, type QuatrainClient } from "../../../client/index.ts";
import { infer } from "../../../contracts/inspection/index.ts";
import { filePart } from "../../picture-files.ts";
import { type RoiOptions, roiFields } from "../roi-options.ts";

/** How the pictures of a folder are inspected. */
export interface FolderOptions extends RoiOptions {
  readonly mmPerPx: string;
  readonly shape?: string;
  readonly out?: string;
  readonly operator?: string;
  readonly failOnNg?: boolean;
}

/** One file's line among the results. */
export interface InspectedFile {
  readonly file: string;
  readonly decision: "ok" | "ng" | null;
  readonly score: number | null;
  readonly threshold: number | null;
  readonly n_regions: number | null;
  readonly largest_mm2: number | null;
  readonly quality: string | null;
  readonly model_version: number | null;
  readonly request_id: string | null;
  /** Where the overlay of an ng picture was written. */
  readonly overlay: string | null;
  readonly warnings: readonly string[];
  readonly error: string | null;
}

/** The picture's own fault; anything else (no memory, no calibration, a wrong key) is true of the next one too. */
const FILE_FAULTS = new Set([
  "undecodable_image",
  "empty_file",
  "image_too_large",
  "image_too_small",
  "file_too_large",
  "too_large",
]);

/**
 * One file through `/infer`; an ng picture gets an overlay below `outDir`. A file at fault yields its error.
 * @throws ClientError for what concerns every file; TypeError when the server cannot be reached
 */
export async function inspectFile(
  client: QuatrainClient,
  path: string,
  options: FolderOptions,
  outDir: string,
): Promise<InspectedFile> {
  const file = basename(path);
  try {
    const answer = await client.call(
      infer,
      {
        ...roiFields(options),
        mm_per_px: options.mmPerPx,
        shape: options.shape,
        operator_id: options.operator,
        include_heatmap: false,
        include_overlay: "auto",
      },
      { image: [await filePart(path)] },
    );
    return {
      file,
      decision: answer.decision,
      score: answer.score,
      threshold: answer.threshold,
      n_regions: answer.n_regions,
      largest_mm2: answer.regions[0]?.area_mm2 ?? null,
      quality: answer.quality?.verdict ?? null,
      model_version: answer.model_version,
      request_id: answer.request_id,
      overlay: await saveOverlay(answer.overlay_png_base64, file, outDir),
      warnings: answer.warnings,
      error: null,
    };
  } catch (error) {
    if (!(error instanceof ClientError) || !FILE_FAULTS.has(error.code ?? "")) throw error;
    const nothing = { decision: null, score: null, threshold: null, n_regions: null, largest_mm2: null };
    const facts = { quality: null, model_version: null, request_id: error.requestId, overlay: null };
    return { file, ...nothing, ...facts, warnings: [], error: error.message };
  }
}

async function saveOverlay(base64: string | null, file: string, outDir: string): Promise<string | null> {
  if (base64 === null) return null;
  const folder = join(outDir, "overlays");
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${file}.overlay.png`);
  await writeFile(path, Buffer.from(base64, "base64"));
  return path;
}
