import type { StoredTensor } from "./safetensors.ts";

/**
 * A stored tensor's numbers as float32, copied; null where they are not of F32, F16 or BF16.
 * Both half types are exact in float32. O(elements).
 */
export function storedNumbers({ type, bytes }: Pick<StoredTensor, "type" | "bytes">): Float32Array | null {
  // A copy of its own begins at a multiple of 8, whatever the file's buffer.
  const own = bytes.slice().buffer;
  if (type === "F32") return new Float32Array(own);
  if (type === "BF16") return fromBrainFloats(new Uint16Array(own));
  if (type === "F16") return Float32Array.from(new Uint16Array(own), fromHalf);
  return null;
}

/** bfloat16 is the upper half of a float32. */
function fromBrainFloats(halves: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(halves, (half) => half << 16).buffer);
}

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent (biased by 15), 10 of fraction. */
function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
