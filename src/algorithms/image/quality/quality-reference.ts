import { percentile } from "../../anomaly/percentile.ts";
import type { Plane } from "../picture.ts";
import { type QualityMeasures, THUMBNAIL_SIDE } from "./measure-quality.ts";
import { PhaseCorrelation } from "./phase-correlation.ts";

/** What good pictures of a part are like, and how far the next one may differ. */
export interface QualityReference {
  /** Good pictures that it was learnt from. */
  readonly count: number;
  readonly sharpness: { readonly median: number; readonly least: number };
  readonly brightness: { readonly median: number; readonly least: number; readonly most: number };
  readonly mostDark: number;
  readonly mostBright: number;
  /** Null where good pictures have no position in common, or there are too few to tell. */
  readonly alignment: PositionReference | null;
}

export interface PositionReference {
  /** Farthest offset as a share of the picture's sides. */
  readonly mostOffset: number;
  /** Less clear matches tell nothing about a position. */
  readonly leastResponse: number;
  /** Mean of the good pictures' thumbnails. */
  readonly thumbnail: Plane;
}

/** So many spreads from the median lies the limit; more where few pictures tell the spread. */
const SPREADS = 4;
/** Limits are never closer to the median than these: good parts may be too much alike. */
const LEAST_SHARPNESS_ROOM = 0.3;
const LEAST_BRIGHTNESS_ROOM = { share: 0.08, levels: 4 };
const CLIPPED_ROOM = 0.02;
const LEAST_OFFSET_ROOM = 0.03;
const OFFSET_ROOM = 1.5;
/** Good pictures that lie farther apart, or match worse, have no position in common. */
const MOST_OFFSET = 0.12;
const LEAST_MATCH = 0.1;
const RESPONSE_ROOM = 0.4;
const FEWEST_FOR_POSITION = 3;

/**
 * The reference of good pictures' measures. O(pictures x thumbnail).
 * @throws RangeError without any
 */
export function learnQuality(measured: readonly QualityMeasures[]): QualityReference {
  if (measured.length === 0) throw new RangeError("quality is learnt from at least one picture");
  const sharpness = spreadOf(measured.map((one) => one.sharpness));
  const brightness = spreadOf(measured.map((one) => one.brightness));
  const { share, levels } = LEAST_BRIGHTNESS_ROOM;
  const room = Math.max(brightness.room, share * brightness.median + levels);
  return {
    count: measured.length,
    sharpness: {
      median: sharpness.median,
      least: sharpness.median - Math.max(sharpness.room, LEAST_SHARPNESS_ROOM),
    },
    brightness: {
      median: brightness.median,
      least: brightness.median - room,
      most: brightness.median + room,
    },
    mostDark: mostClipped(measured.map(({ darkShare }) => darkShare)),
    mostBright: mostClipped(measured.map(({ brightShare }) => brightShare)),
    alignment: learnPosition(measured.map(({ thumbnail }) => thumbnail)),
  };
}

/** Median, and how far from it a good picture may lie: by the median deviation, which single odd pictures do not move. */
function spreadOf(values: readonly number[]): { median: number; room: number } {
  const median = percentile(values, 50) ?? 0;
  const deviations = values.map((value) => Math.abs(value - median));
  const spread = 1.4826 * (percentile(deviations, 50) ?? 0);
  const farthest = Math.max(...deviations);
  return { median, room: Math.max(SPREADS * spread * (1 + 2 / values.length), farthest) };
}

function mostClipped(shares: readonly number[]): number {
  const most = Math.max(...shares);
  return most + Math.max(CLIPPED_ROOM, 2 * (most - (percentile(shares, 50) ?? 0)));
}

/** Each thumbnail against the mean of the others: so far the next good picture will lie from the mean of all. */
function learnPosition(thumbnails: readonly Plane[]): PositionReference | null {
  if (thumbnails.length < FEWEST_FOR_POSITION) return null;
  const correlation = new PhaseCorrelation(THUMBNAIL_SIDE);
  const sum = new Float64Array(THUMBNAIL_SIDE ** 2);
  for (const { data } of thumbnails) for (let at = 0; at < sum.length; at++) sum[at] = sum[at]! + data[at]!;
  const square = (data: Float32Array) => ({ width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, data });
  const found = thumbnails.map((thumbnail) => {
    const others = Float32Array.from(sum, (value, at) => value - thumbnail.data[at]!);
    return correlation.offset(correlation.spectrum(square(others)), correlation.spectrum(thumbnail));
  });
  const offsets = found.map(({ dx, dy }) => Math.max(Math.abs(dx), Math.abs(dy)) / THUMBNAIL_SIDE);
  const response =
    percentile(
      found.map((one) => one.response),
      50,
    ) ?? 0;
  const usual = percentile(offsets, 95) ?? 1;
  if (usual > MOST_OFFSET || response < LEAST_MATCH) return null;
  return {
    mostOffset: Math.max(LEAST_OFFSET_ROOM, OFFSET_ROOM * usual),
    leastResponse: RESPONSE_ROOM * response,
    thumbnail: square(Float32Array.from(sum, (value) => value / thumbnails.length)),
  };
}
