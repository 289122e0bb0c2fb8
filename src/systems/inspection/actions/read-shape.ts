import type { Mask, Picture } from "../../../algorithms/image/picture.ts";
import { maskOf } from "../../../algorithms/image/shape-mask.ts";
import { ShapeJson } from "../../../contracts/inspection/index.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";

/** A mask as a request or a sidecar states it; `warnings` say what was put right. */
export interface RequestedMask {
  /** Null: the whole picture. */
  readonly mask: Mask | null;
  readonly warnings: readonly string[];
}

/**
 * The mask that shape JSON (text or object) stands for, in pixels of the picture. Blank and null mean no mask.
 * @throws QuatrainError `invalid_shape` (400) for malformed JSON, an unknown kind or missing numbers
 */
export function readShape(shape: unknown, picture: Pick<Picture, "width" | "height">): RequestedMask {
  const given = typeof shape === "string" ? parse(shape) : shape;
  if (given === null || given === undefined) return { mask: null, warnings: [] };
  const checked = ShapeJson.safeParse(lowerKind(given));
  if (!checked.success) {
    const faults = checked.error.issues.map(
      (issue) => `${issue.path.join(".") || "shape"}: ${issue.message}`,
    );
    throw userError(
      "invalid_shape",
      400,
      `shape must be JSON of kind rect, circle, annulus or polygon with its numbers (${faults.slice(0, 3).join("; ")})`,
    );
  }
  const { mask, clipped } = maskOf(checked.data, picture.width, picture.height);
  const size = `${picture.width}x${picture.height}`;
  const warnings = clipped ? [`shape reaches beyond the ${size} crop and was clipped`] : [];
  if (!mask.data.includes(1))
    warnings.push(`shape covers nothing of the ${size} crop: nothing was inspected, and the score is 0`);
  return { mask, warnings };
}

function parse(text: string): unknown {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    throw userError("invalid_shape", 400, "shape is not valid JSON");
  }
}

function lowerKind(shape: unknown): unknown {
  if (typeof shape !== "object" || shape === null || !("kind" in shape)) return shape;
  return { ...shape, kind: typeof shape.kind === "string" ? shape.kind.trim().toLowerCase() : shape.kind };
}
