import { elementCount, type Shape, type Tensor } from "../tensor.ts";

/** For tests: numbers of any type as doubles (bool is 0 and 1), row-major. */
export interface Numbers {
  readonly shape: Shape;
  readonly data: Float64Array;
}

export function numbersOf({ shape, data }: Tensor): Numbers {
  return { shape, data: Float64Array.from(data as ArrayLike<number | bigint>, Number) };
}

/** The tensor whose element at each index is `value(index)`. */
export function tabulate(shape: Shape, value: (index: readonly number[]) => number): Numbers {
  const data = new Float64Array(elementCount(shape));
  const index = shape.map(() => 0);
  for (let position = 0; position < data.length; position++) {
    data[position] = value(index);
    advance(index, shape);
  }
  return { shape, data };
}

/** Every index of a shape, in row-major order; the same array each time. */
export function* indicesOf(shape: Shape): Generator<readonly number[]> {
  const index = shape.map(() => 0);
  for (let position = elementCount(shape); position > 0; position--) {
    yield index;
    advance(index, shape);
  }
}

/** The element at an index; along axes of size 1, and leading axes that x lacks, every index is the first: broadcasting. */
export function element({ shape, data }: Numbers, index: readonly number[]): number {
  return data[place(shape, index)] ?? Number.NaN;
}

/** Where an index lies in the row-major numbers. */
export function place(shape: Shape, index: readonly number[]): number {
  const lead = index.length - shape.length;
  return shape.reduce(
    (offset, size, axis) => offset * size + (size === 1 ? 0 : (index[axis + lead] ?? 0)),
    0,
  );
}

function advance(index: number[], shape: Shape): void {
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const next = (index[axis] ?? 0) + 1;
    index[axis] = next < (shape[axis] ?? 1) ? next : 0;
    if (next < (shape[axis] ?? 1)) return;
  }
}
