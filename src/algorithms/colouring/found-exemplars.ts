import type { DrawingDomain } from "./analysis/drawing-domain.ts";
import { DESCRIPTOR_SIZE } from "./describing/region-descriptors.ts";
import { domainCode } from "./matching/candidates.ts";
import type { RegionChoice } from "./matching/region-choice.ts";
import type { Exemplar } from "./port.ts";

const MOST = 80;
const MOST_OF_A_COLOUR = 12;
const LEAST_CONFIDENCE = 0.35;

/**
 * The regions that later pages may rely on: the most certain and largest ones, no more than a few of each colour.
 *
 * @param descriptors `[regions, DESCRIPTOR_SIZE] row-major`
 * @param locked labels of locked colours: those are told to every page anyway
 */
export function foundExemplars(
  domain: DrawingDomain,
  descriptors: Float32Array,
  areas: Int32Array,
  { labels, colours, confidence }: RegionChoice,
  locked: ReadonlySet<number>,
): readonly Exemplar[] {
  const worth = (region: number) => (confidence[region] as number) * Math.sqrt(areas[region] as number);
  const order = Array.from(labels.keys())
    .filter((region) => (confidence[region] as number) >= LEAST_CONFIDENCE)
    .filter((region) => !locked.has(labels[region] as number))
    .sort((a, b) => worth(b) - worth(a) || a - b);
  const taken = new Map<number, number>();
  const found: Exemplar[] = [];
  for (const region of order) {
    const label = labels[region] as number;
    const before = taken.get(label) ?? 0;
    if (found.length >= MOST) break;
    if (before >= MOST_OF_A_COLOUR) continue;
    taken.set(label, before + 1);
    const row = descriptors.subarray(region * DESCRIPTOR_SIZE, (region + 1) * DESCRIPTOR_SIZE);
    found.push({
      descriptor: [domainCode(domain), ...Array.from(row, rounded)],
      colour: [0, 1, 2].map((part) => rounded(colours[3 * region + part] as number)) as [
        number,
        number,
        number,
      ],
      confidence: rounded(Math.min(1, confidence[region] as number)),
    });
  }
  return found;
}

/** Stored as text: more digits say nothing. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
