/** Smaller ones are as quickly copied as shared. */
const LEAST_BYTES = 2 ** 16;

type Plane = Uint8Array | Int32Array | Float32Array;

/**
 * The same plain value with its large typed arrays in memory that threads share: handing it from thread to thread copies
 * none of them. What is there already stays. Nobody may write to them afterwards.
 */
export function inSharedMemory<Value>(value: Value): Value {
  if (isPlane(value)) return shared(value) as Value;
  if (Array.isArray(value)) return value.map(inSharedMemory) as Value;
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, inSharedMemory(part)]),
  ) as Value;
}

function isPlane(value: unknown): value is Plane {
  return value instanceof Uint8Array || value instanceof Int32Array || value instanceof Float32Array;
}

function shared(plane: Plane): Plane {
  if (plane.byteLength < LEAST_BYTES || plane.buffer instanceof SharedArrayBuffer) return plane;
  const buffer = new SharedArrayBuffer(plane.byteLength);
  const view =
    plane instanceof Uint8Array
      ? new Uint8Array(buffer)
      : plane instanceof Int32Array
        ? new Int32Array(buffer)
        : new Float32Array(buffer);
  view.set(plane);
  return view;
}
