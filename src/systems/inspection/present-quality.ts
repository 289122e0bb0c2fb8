import type { QualityReference } from "../../algorithms/image/quality/quality-reference.ts";
import type { CheckedQuality } from "./quality/quality-check.ts";

/** A picture's quality as `/infer` answers it; limits are null where the memory has none. */
export function presentQuality(quality: CheckedQuality | null) {
  if (quality === null) return null;
  const { verdict, faults, reasons, measured, judged, reference, size, onPoor } = quality;
  const has = (...some: string[]) => faults.some((fault) => some.includes(fault));
  const position = judged?.alignment ?? null;
  const mostOffset = reference?.alignment?.mostOffset ?? 0;
  return {
    verdict,
    reasons: [...reasons],
    on_poor: onPoor,
    blur: {
      poor: has("blurred"),
      laplacian_variance: measured.laplacianVariance,
      relative_sharpness: judged?.relativeSharpness ?? null,
      min_relative_sharpness: judged?.leastRelativeSharpness ?? null,
    },
    exposure: {
      poor: has("dark", "bright"),
      brightness: measured.brightness,
      min_brightness: reference?.brightness.least ?? null,
      max_brightness: reference?.brightness.most ?? null,
      dark_share: measured.darkShare,
      bright_share: measured.brightShare,
      max_dark_share: reference?.mostDark ?? null,
      max_bright_share: reference?.mostBright ?? null,
    },
    alignment:
      position === null
        ? null
        : {
            poor: has("shifted", "unlike"),
            dx_px: position.dx * size.width,
            dy_px: position.dy * size.height,
            max_dx_px: mostOffset * size.width,
            max_dy_px: mostOffset * size.height,
            response: position.response,
            min_response: reference?.alignment?.leastResponse ?? 0,
          },
  };
}

/** What the good pictures of a memory are like. */
export function presentQualityReference(reference: QualityReference | null) {
  if (reference === null) return null;
  const { count, sharpness, brightness, mostDark, mostBright, alignment } = reference;
  return {
    n_images: count,
    min_relative_sharpness: Math.exp(sharpness.least - sharpness.median),
    brightness: brightness.median,
    min_brightness: brightness.least,
    max_brightness: brightness.most,
    max_dark_share: mostDark,
    max_bright_share: mostBright,
    max_offset_share: alignment?.mostOffset ?? null,
  };
}
