/** The typed array that holds each element type. `bool` is one byte per element, 0 or 1. */
interface ArrayOf {
  float32: Float32Array;
  float64: Float64Array;
  int64: BigInt64Array;
  int32: Int32Array;
  int8: Int8Array;
  uint8: Uint8Array;
  bool: Uint8Array;
}

export type ElementType = keyof ArrayOf;

/** Sizes of the axes, all at least 1; `[]` is a scalar. Shapes are static: a graph is built for its sizes. */
export type Shape = readonly number[];

/** What a tensor is, without its numbers. */
export interface TensorType {
  readonly type: ElementType;
  readonly shape: Shape;
}

/** A tensor whose element type is known, for example `TensorOf<"float32">`. */
export type TensorOf<T extends ElementType> = T extends ElementType
  ? { readonly type: T; readonly shape: Shape; readonly data: ArrayOf[T] }
  : never;

/** Numbers with their type and shape: row-major, the last axis varies fastest. */
export type Tensor = TensorOf<ElementType>;

const ELEMENT_BYTES: Readonly<Record<ElementType, number>> = {
  float32: 4,
  float64: 8,
  int64: 8,
  int32: 4,
  int8: 1,
  uint8: 1,
  bool: 1,
};

/** Number of elements; 1 for a scalar. */
export function elementCount(shape: Shape): number {
  return shape.reduce((count, size) => count * size, 1);
}

/** Bytes that the numbers of such a tensor take. */
export function byteLengthOf({ type, shape }: TensorType): number {
  return elementCount(shape) * ELEMENT_BYTES[type];
}

/** `[3,448,448] float32`, for messages. */
export function describe({ type, shape }: TensorType): string {
  return `[${shape.join(",")}] ${type}`;
}

/** Whether every size is an integer of at least 1. */
export function isShape(shape: Shape): boolean {
  return shape.every((size) => Number.isSafeInteger(size) && size >= 1);
}

/** Whether two shapes are equal. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/**
 * A float32 tensor over `data`, which is not copied.
 * @throws RangeError when the shape and the number of elements disagree.
 */
export function float32(shape: Shape, data: Float32Array | readonly number[]): TensorOf<"float32"> {
  return checked({
    type: "float32",
    shape,
    data: data instanceof Float32Array ? data : Float32Array.from(data),
  });
}

/**
 * An int64 tensor (ONNX's type for indices, axes and shapes) of safe integers.
 * @throws RangeError when the shape and the number of elements disagree or a value is no integer.
 */
export function int64(shape: Shape, values: readonly number[]): TensorOf<"int64"> {
  return checked({ type: "int64", shape, data: BigInt64Array.from(values, BigInt) });
}

/** A vector of int64. As a parameter of an operator, and only there, it may be empty: the shape of a scalar. */
export function int64Vector(values: readonly number[]): TensorOf<"int64"> {
  return { type: "int64", shape: [values.length], data: BigInt64Array.from(values, BigInt) };
}

/** A scalar of any element type; for bool everything but 0 is true. */
export function scalar(type: ElementType, value: number): Tensor {
  const shape: Shape = [];
  switch (type) {
    case "float32":
      return { type, shape, data: Float32Array.of(value) };
    case "float64":
      return { type, shape, data: Float64Array.of(value) };
    case "int64":
      return { type, shape, data: BigInt64Array.of(BigInt(value)) };
    case "int32":
      return { type, shape, data: Int32Array.of(value) };
    case "int8":
      return { type, shape, data: Int8Array.of(value) };
    case "uint8":
      return { type, shape, data: Uint8Array.of(value) };
    case "bool":
      return { type, shape, data: Uint8Array.of(value === 0 ? 0 : 1) };
  }
}

/**
 * The tensor itself, once its parts are known to agree.
 * @throws RangeError when a size is no positive integer or the shape and the number of elements disagree.
 */
export function checked<T extends Tensor>(tensor: T): T {
  if (!isShape(tensor.shape))
    throw new RangeError(
      `every size of a tensor is an integer of at least 1, got [${tensor.shape.join(",")}]`,
    );
  if (tensor.data.length !== elementCount(tensor.shape))
    throw new RangeError(
      `a tensor of ${describe(tensor)} has ${elementCount(tensor.shape)} elements, got ${tensor.data.length}`,
    );
  return tensor;
}
