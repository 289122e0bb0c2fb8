import { type Cielab, ciede2000, cielabOf } from "../colour/ciede2000.ts";
import { writeShownSrgb } from "../colour/gamut.ts";

/** Colours with their labels and weights. */
export interface LabelledColours {
  readonly labels: Int32Array;
  /** `[n, 3] row-major`, OKLab. */
  readonly colours: Float32Array;
  readonly weights: ArrayLike<number>;
}

/**
 * Mean CIEDE2000 between the colours of the same label on a page and among exemplars, weighted by the page's use of
 * them. A colour that no exemplar has, drifts from nothing. Null when they have no colour in common.
 */
export function paletteDrift(page: LabelledColours, exemplars: LabelledColours): number | null {
  const known = meansByLabel(exemplars);
  let sum = 0;
  let total = 0;
  for (const [label, { colour, weight }] of meansByLabel(page)) {
    const other = known.get(label);
    if (other === undefined) continue;
    sum += weight * ciede2000(colour, other.colour);
    total += weight;
  }
  return total > 0 ? sum / total : null;
}

function meansByLabel({
  labels,
  colours,
  weights,
}: LabelledColours): ReadonlyMap<number, { colour: Cielab; weight: number }> {
  const sums = new Map<number, [number, number, number, number]>();
  labels.forEach((label, at) => {
    const sum = sums.get(label) ?? [0, 0, 0, 0];
    const weight = weights[at] as number;
    for (let part = 0; part < 3; part++)
      sum[part] = (sum[part] as number) + weight * (colours[3 * at + part] as number);
    sum[3] += weight;
    sums.set(label, sum);
  });
  const bytes = new Uint8Array(3);
  return new Map(
    [...sums]
      .filter(([, sum]) => sum[3] > 0)
      .map(([label, [l, a, b, weight]]) => {
        writeShownSrgb(l / weight, a / weight, b / weight, bytes, 0);
        return [
          label,
          { colour: cielabOf(bytes[0] as number, bytes[1] as number, bytes[2] as number), weight },
        ];
      }),
  );
}
