import { demand } from "../graph-error.ts";
import type { Operator } from "../operator.ts";
import { inputOf } from "../rules.ts";
import { int64Vector, scalar } from "../tensor.ts";
import { apply, at, type Value } from "../value.ts";

/** Elements added before and after along one axis. */
export type PadPair = readonly [before: number, after: number];

export interface PadOptions {
  /** `constant` (unless given), `edge` (repeats the border) or `reflect` (mirrors, the border not repeated). */
  readonly mode?: "constant" | "edge" | "reflect";
  /** What `constant` fills in; 0. */
  readonly value?: number;
}

/** How a value was padded; gradients read it. */
export interface PadAttributes extends PadOptions {
  readonly pads: readonly PadPair[];
}

const padOperator: Operator<PadAttributes> = {
  type: "Pad",
  infer(inputs, { pads, mode = "constant" }) {
    const { type, shape } = inputOf(inputs, 0, [
      "float32",
      "float64",
      "int32",
      "int64",
      "uint8",
      "int8",
      "bool",
    ]);
    demand(pads.length === shape.length, () => `expected pads for ${shape.length} axes, got ${pads.length}`);
    pads.forEach(([before, after], axis) => {
      const most = mode === "reflect" ? at(shape, axis) - 1 : Number.MAX_SAFE_INTEGER;
      demand(
        [before, after].every((pad) => Number.isInteger(pad) && pad >= 0 && pad <= most),
        () => `expected pads from 0 to ${most} along axis ${axis}, got [${before},${after}]`,
      );
    });
    return [{ type, shape: pads.map(([before, after], axis) => before + at(shape, axis) + after) }];
  },
  emit({ pads, mode = "constant", value = 0 }, inputs) {
    const flat = int64Vector([...pads.map(([before]) => before), ...pads.map(([, after]) => after)]);
    return {
      attributes: { mode: { text: mode } },
      parameters: mode === "constant" ? [flat, scalar(at(inputs, 0).type, value)] : [flat],
    };
  },
};

/** Adds elements around a value: one pair per axis. */
export function pad(x: Value, pads: readonly PadPair[], options: PadOptions = {}): Value {
  return apply(padOperator, [x], { pads, ...options });
}
