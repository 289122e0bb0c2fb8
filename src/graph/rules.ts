import { demand } from "./graph-error.ts";
import { describe, type ElementType, type Shape, sameShape, type TensorType } from "./tensor.ts";
import { at } from "./value.ts";

/** Demands that several operators share. All throw RuleError. */

export const FLOATS: readonly ElementType[] = ["float32", "float64"];
/** What onnxruntime's CPU kernels of arithmetic and comparison accept. */
export const NUMBERS: readonly ElementType[] = ["float32", "float64", "int32", "int64"];
export const INDICES: readonly ElementType[] = ["int32", "int64"];

/** The `index`-th input, of one of the `accepted` types. */
export function inputOf(
  inputs: readonly TensorType[],
  index: number,
  accepted?: readonly ElementType[],
): TensorType {
  const input = at(inputs, index);
  demand(
    accepted === undefined || accepted.includes(input.type),
    () => `expected input ${index} to be ${accepted?.join(" or ")}, got ${describe(input)}`,
  );
  return input;
}

/** Demands that all inputs have the first one's element type, and yields it. */
export function commonType(inputs: readonly TensorType[], accepted?: readonly ElementType[]): ElementType {
  const { type } = inputOf(inputs, 0, accepted);
  demand(
    inputs.every((input) => input.type === type),
    () => `expected inputs of one type, got ${inputs.map(describe).join(" and ")}`,
  );
  return type;
}

/** Demands a shape; `what` names the input in the message. */
export function demandShape(what: string, { shape }: TensorType, expected: Shape): void {
  demand(sameShape(shape, expected), () => `expected ${what} of [${expected}], got [${shape}]`);
}

/** The shape that both broadcast to, by numpy's and ONNX's rule. */
export function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[a.length - rank + axis] ?? 1;
    const right = b[b.length - rank + axis] ?? 1;
    demand(
      left === right || left === 1 || right === 1,
      () => `expected shapes that broadcast, got [${a}] and [${b}]`,
    );
    return Math.max(left, right);
  });
}

/** An axis counted from the front; negative ones count from the end. */
export function axisOf(shape: Shape, axis: number): number {
  const counted = axis < 0 ? axis + shape.length : axis;
  demand(
    Number.isInteger(axis) && counted >= 0 && counted < shape.length,
    () => `expected an axis of [${shape}], got ${axis}`,
  );
  return counted;
}

/** Different axes counted from the front, in ascending order. */
export function axesOf(shape: Shape, axes: readonly number[]): readonly number[] {
  const counted = axes.map((axis) => axisOf(shape, axis)).sort((a, b) => a - b);
  demand(new Set(counted).size === counted.length, () => `expected different axes, got [${axes}]`);
  return counted;
}

/** The size of an axis; negative axes count from the end. */
export function sizeOf(shape: Shape, axis: number): number {
  return at(shape, axis);
}

/** The shape with one size replaced. */
export function withSize(shape: Shape, axis: number, size: number): Shape {
  return shape.map((old, index) => (index === axis ? size : old));
}
