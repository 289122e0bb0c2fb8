import { demand } from "../graph-error.ts";
import type { OnnxAttribute, Operator } from "../operator.ts";
import { inputOf } from "../rules.ts";
import { int64Vector, type Shape } from "../tensor.ts";
import { apply, type Value } from "../value.ts";

export interface ResizeOptions {
  readonly mode: "nearest" | "linear" | "cubic";
  /** Widens the filter when shrinking, as Pillow does and torch with `antialias=True`; false. Not for `nearest`. */
  readonly antialias?: boolean;
  /** The cubic's `a`: -0.5 (Pillow, and torch with antialias) or -0.75 (OpenCV, and torch without); -0.5. */
  readonly cubicCoefficient?: number;
}

interface ResizeAttributes extends ResizeOptions {
  readonly sizes: Shape;
}

const resizeOperator: Operator<ResizeAttributes> = {
  type: "Resize",
  infer(inputs, { sizes, mode, antialias = false }) {
    const x = inputOf(inputs, 0, ["float32"]);
    demand(
      x.shape.length === 4 && sizes.length === 2,
      () => `expected [n, channels, height, width] and [height, width], got [${x.shape}] and [${sizes}]`,
    );
    demand(!(antialias && mode === "nearest"), () => "expected linear or cubic with antialias, got nearest");
    return [{ type: x.type, shape: [...x.shape.slice(0, 2), ...sizes] }];
  },
  emit({ sizes, mode, antialias = false, cubicCoefficient = -0.5 }, inputs) {
    const shape = [...inputOf(inputs, 0).shape.slice(0, 2), ...sizes];
    const cubic: Record<string, OnnxAttribute> =
      mode === "cubic" ? { cubic_coeff_a: { float: cubicCoefficient } } : {};
    return {
      attributes: {
        mode: { text: mode },
        coordinate_transformation_mode: { text: "half_pixel" },
        antialias: { int: Number(antialias) },
        // Pillow and torch leave taps beyond the border out and renormalise, but only when antialiasing.
        exclude_outside: { int: Number(antialias) },
        ...cubic,
      },
      // Neither region nor scales: the sizes say it all.
      parameters: [null, null, int64Vector(shape)],
    };
  },
};

/** Resizes the spatial axes of `[n, channels, height, width]`; pixel centres lie at half integers. float32. */
export function resize(
  x: Value,
  sizes: readonly [height: number, width: number],
  options: ResizeOptions,
): Value {
  return apply(resizeOperator, [x], { sizes, ...options });
}
