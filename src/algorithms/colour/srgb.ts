/** Linear light of each sRGB byte: 256 values, 0..1 (IEC 61966-2-1). */
export const LINEAR_OF_BYTE: Float64Array = Float64Array.from({ length: 256 }, (_, byte) =>
  linearOf(byte / 255),
);

// 2^14 steps: near black, where bytes lie closest in linear light, still five steps a byte.
const STEPS = 1 << 14;
const BYTE_OF_LINEAR = Uint8Array.from({ length: STEPS + 1 }, (_, step) =>
  Math.round(255 * codedOf(step / STEPS)),
);

/**
 * The sRGB byte of linear light; values outside 0..1 are cut off. A table: right to a byte, and exact for the linear
 * light of a byte.
 */
export function byteOfLinear(linear: number): number {
  if (!(linear > 0)) return 0;
  if (linear >= 1) return 255;
  return BYTE_OF_LINEAR[(linear * STEPS + 0.5) | 0] as number;
}

function linearOf(coded: number): number {
  return coded <= 0.04045 ? coded / 12.92 : ((coded + 0.055) / 1.055) ** 2.4;
}

function codedOf(linear: number): number {
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
}
