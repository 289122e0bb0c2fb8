import { userError } from "../../../platform/errors/quatrain-error.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How a preset looks at pictures. */
export interface Preset {
  readonly engineId: string;
  /** The longer side is brought to so many pixels. */
  readonly longSide: number;
  /** Sides are multiples of it, so that cells fit on every grid. */
  readonly step: number;
  /** One grid from the picture as it is, instead of the recipe's three. */
  readonly single: boolean;
}

const RECIPE: Preset = { engineId: "fb98", longSide: 448, step: 16, single: false };
const FAST: Preset = { engineId: "fb98-fast", longSide: 224, step: 8, single: true };

/** Smaller sides show nothing that a patch could describe. */
const MIN_SIDE = 8;

/** @throws QuatrainError `token_grid_mismatch` (400) for another engine's memory or settings. */
export function presetOf(engineId: string): Preset {
  const preset = [RECIPE, FAST].find((known) => known.engineId === engineId);
  if (preset === undefined)
    throw userError(
      "token_grid_mismatch",
      400,
      `Token grid mismatch: the memory belongs to "${engineId}", this engine has ${RECIPE.engineId} and ${FAST.engineId}; fit again.`,
    );
  return preset;
}

/** @throws QuatrainError `image_too_small` (400) below 8 pixels a side. */
export function requireSides({ width, height }: Size): void {
  if (width < MIN_SIDE || height < MIN_SIDE)
    throw userError(
      "image_too_small",
      400,
      `The picture has ${width}x${height} pixels; each side needs at least ${MIN_SIDE}.`,
    );
}

/**
 * The size at which a picture is looked at: its longer side at the preset's, its aspect kept up to rounding to
 * whole cells. A strip is widened to one step.
 * @throws QuatrainError `image_too_small` (400) below 8 pixels a side.
 */
export function workingSize({ width, height }: Size, { longSide, step }: Preset): Size {
  requireSides({ width, height });
  const scale = longSide / Math.max(width, height);
  const fitted = (side: number) => Math.max(step, Math.round((side * scale) / step) * step);
  return { width: fitted(width), height: fitted(height) };
}
