import { oklabOf, writeSrgb } from "../../algorithms/colour/oklab.ts";

/** OKLab as `#rrggbb`. */
export function toHex([l, a, b]: readonly [number, number, number]): string {
  const bytes = new Uint8Array(3);
  writeSrgb(l, a, b, bytes, 0);
  return `#${Buffer.from(bytes).toString("hex")}`;
}

/** `#rrggbb` as bytes. */
export function bytesOfHex(hex: string): [number, number, number] {
  const number = Number.parseInt(hex.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

/** `#rrggbb` as OKLab. */
export function fromHex(hex: string): readonly [number, number, number] {
  return oklabOf(...bytesOfHex(hex));
}
