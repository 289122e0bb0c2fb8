import { writeSrgb } from "../../algorithms/colour/oklab.ts";

/** OKLab as `#rrggbb`. */
export function toHex([l, a, b]: readonly [number, number, number]): string {
  const bytes = new Uint8Array(3);
  writeSrgb(l, a, b, bytes, 0);
  return `#${Buffer.from(bytes).toString("hex")}`;
}
