import type { ElementType, Shape } from "../tensor.ts";
import type { Numbers } from "./float64-tensor.ts";

/** What an operator is run on, in ONNX's terms. */
export interface KernelCall {
  /** The data inputs and then the parameters; null where an optional one is left out. */
  readonly inputs: readonly (Numbers | null)[];
  /** Shapes of the outputs, which the builder worked out. */
  readonly shapes: readonly Shape[];
  /** Type of the first output. */
  readonly type: ElementType;
  number(name: string, otherwise: number): number;
  list(name: string): readonly number[];
  text(name: string): string;
}

/** An operator's definition, written out. */
export type Kernel = (call: KernelCall) => readonly Numbers[];

export function inputAt({ inputs }: KernelCall, index: number): Numbers {
  const input = inputs[index];
  if (!input) throw new RangeError(`an operator lacks its input ${index}`);
  return input;
}

export function shapeAt({ shapes }: KernelCall, index = 0): Shape {
  const shape = shapes[index];
  if (shape === undefined) throw new RangeError(`an operator lacks its output ${index}`);
  return shape;
}
