import {
  concat,
  mul,
  neg,
  reduceMax,
  reduceMean,
  relu,
  reshape,
  sub,
  type Value,
} from "../../../graph/index.ts";
import { filtered, logEnergy, tileMax, tileMean } from "./filter-steps.ts";
import { type FilterBank, plane, stacked } from "./kernels.ts";

/** Numbers that describe a cell's lines: 3 octaves, 2 polarities, 8 each. */
export const RIDGE_DIM = 48;

const ORIENTATIONS = 12;
/** Pixels, across and along the line. */
const ACROSS = 0.9;
const ALONG = 3.5;
/** A line stands out by what exceeds so many times the mean over the orientations. */
const CLUTTER = 2.5;

/**
 * Line detectors for cracks: the second derivative of an elongated Gaussian in 12 orientations at 3 octaves; per
 * polarity the strongest answer, the strongest pixel beyond clutter, and the strongest of each pair of neighbouring
 * orientations (spec/inspection.md section 4, point 6).
 *
 * @param light `[1, 1, height, width]` lightness in 0..1, sizes multiples of 8.
 * @returns `[1, 48, height / 8, width / 8]`.
 */
export function ridgeFeatures(light: Value): Value {
  const half = tileMean(light, 2);
  const octaves: [Value, number][] = [
    [light, 8],
    [half, 4],
    [tileMean(half, 2), 2],
  ];
  const parts = octaves.flatMap(([picture, cell]) => {
    const answers = filtered(picture, BANK);
    return [lines(relu(answers), cell), lines(relu(neg(answers)), cell)];
  });
  return concat(parts as [Value, ...Value[]], 1);
}

/** 8 channels of one polarity. */
function lines(answers: Value, cell: number): Value {
  const perOrientation = tileMax(answers, cell);
  const [, , height = 0, width = 0] = perOrientation.shape;
  const pairs = reshape(perOrientation, [1, ORIENTATIONS / 2, 2, height, width]);
  const strongest = reduceMax(perOrientation, { axes: [1], keepDims: true });
  const clutter = mul(reduceMean(answers, { axes: [1], keepDims: true }), CLUTTER);
  const alone = relu(sub(reduceMax(answers, { axes: [1], keepDims: true }), clutter));
  return logEnergy(concat([strongest, tileMax(alone, cell), reduceMax(pairs, { axes: [2] })], 1));
}

const BANK = ridgeBank();

/** Bright lines answer positively, a full-contrast one with about 1; flat light answers with 0. */
function ridgeBank(): FilterBank {
  const radius = Math.ceil(2.2 * ALONG);
  return stacked(ORIENTATIONS, radius, (index) => {
    const angle = (Math.PI * index) / ORIENTATIONS;
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    const bell = (x: number, y: number) => {
      const [across, along] = [x * cosine + y * sine, -x * sine + y * cosine];
      return Math.exp(-(across ** 2) / (2 * ACROSS ** 2) - along ** 2 / (2 * ALONG ** 2));
    };
    const ridge = plane(radius, (x, y) => (1 - ((x * cosine + y * sine) / ACROSS) ** 2) * bell(x, y));
    const window = plane(radius, bell);
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    const flat = sum(ridge) / sum(window);
    const balanced = ridge.map((value, at) => value - flat * (window[at] ?? 0));
    const gain = sum(balanced.map((value) => Math.max(0, value)));
    return balanced.map((value) => value / gain);
  });
}
