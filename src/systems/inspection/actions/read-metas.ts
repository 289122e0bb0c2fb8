import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import { parseJson } from "../../../platform/http/lenient-json.ts";
import { requireValidScale, sameScale, statedScale } from "../mm-per-px.ts";

/** What a client knows about one picture, as it sent it. */
export type SampleMetaJson = Readonly<Record<string, unknown>>;

const MAX_META_BYTES = 256 * 1024;

/**
 * The `metas` of an upload: one JSON object per picture, or one JSON list of them all; none at all is fine.
 * @throws QuatrainError `invalid_metas` (400)
 */
export function readMetas(metas: readonly string[] | undefined, count: number): readonly SampleMetaJson[] {
  if (metas === undefined || metas.every((meta) => meta.trim() === "")) return [];
  const parsed = metas.map(parseMeta);
  const list = parsed.length === 1 && Array.isArray(parsed[0]) ? (parsed[0] as unknown[]) : parsed;
  if (list.length !== count) {
    throw userError(
      "invalid_metas",
      400,
      `metas length (${list.length}) must match images length (${count})`,
    );
  }
  return list.map((meta, index) => {
    if (typeof meta === "object" && meta !== null && !Array.isArray(meta)) return meta as SampleMetaJson;
    if (meta === null) return {};
    throw userError("invalid_metas", 400, `metas[${index}] must be a JSON object`);
  });
}

function parseMeta(text: string, index: number): unknown {
  if (text.length > MAX_META_BYTES)
    throw userError("invalid_metas", 400, `metas[${index}] is longer than 256 kB`);
  if (text.trim() === "") return {};
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof QuatrainError)) throw error;
    throw userError("invalid_metas", 400, `metas[${index}] is not valid JSON`);
  }
}

/**
 * The scale that the metas name, or null.
 * @throws QuatrainError `invalid_mm_per_px` (400), `mm_per_px_mismatch` (409) when they disagree among themselves
 */
export function scaleOf(metas: readonly SampleMetaJson[]): number | null {
  let scale: number | null = null;
  for (const { mm_per_px: given } of metas) {
    if (given === undefined || given === null) continue;
    const mmPerPx = statedScale(given);
    requireValidScale(mmPerPx);
    if (scale !== null && !sameScale(scale, mmPerPx)) {
      throw userError(
        "mm_per_px_mismatch",
        409,
        `metas name two values of mm_per_px: ${scale} and ${mmPerPx}`,
      );
    }
    scale = mmPerPx;
  }
  return scale;
}
