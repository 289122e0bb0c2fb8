import {
  add,
  concat,
  conv,
  div,
  float32,
  gather,
  int64Vector,
  log,
  mul,
  neg,
  relu,
  reshape,
  slice,
  type Value,
} from "../../../graph/index.ts";
import {
  deviation,
  filtered,
  gaborEnergy,
  LOG_FLOOR,
  logEnergy,
  neighbourMean,
  padEdges,
  tileMax,
  tileMean,
} from "./filter-steps.ts";
import { differenceOfGaussians, gaborBank } from "./kernels.ts";

/** Pixels along a cell's side. */
const CELL = 8;
/** Numbers that describe a cell. */
export const FB98_DIM = 98;

const BANDWIDTH = 0.7;
const BLOB = differenceOfGaussians(1.2);
/** Keeps the logarithm of second-order ratios finite. */
const RATIO_FLOOR = 0.05;

/** Lightness, red against green, yellow against blue. */
const OPPONENT = [1 / 3, 1 / 3, 1 / 3, 1 / 2, -1 / 2, 0, 1 / 4, 1 / 4, -1 / 2];

/**
 * The 98 numbers of every cell of 8 x 8 pixels, from a bank of fixed filters: opponent colours (mean and
 * deviation), Gabor energies in 8 orientations and 4 wavelengths, colour Gabor energies, differences of
 * Gaussians of both signs, and second-order energies (spec/inspection.md section 4).
 *
 * @param picture `[n, 3, height, width]` float32 RGB in 0..1, both sizes multiples of 8.
 * @returns `[n, 98, height / 8, width / 8]`.
 */
export function fb98Features(picture: Value): Value {
  const colours = conv(picture, picture.graph.constant(float32([3, 3, 1, 1], OPPONENT)));
  const light = lightness(picture);
  const half = tileMean(light, 2);
  const quarter = tileMean(half, 2);

  const wave3 = gaborBank({ wavelength: 3, orientations: 8, bandwidth: BANDWIDTH });
  const wave6 = gaborBank({ wavelength: 6, orientations: 8, bandwidth: BANDWIDTH });
  // Energies vary slowly: from wavelength 6 on every second position tells all.
  const energy3 = gaborEnergy(light, wave3);
  const energy6 = gaborEnergy(light, wave6, 2);
  // Means of means: the eights of a cell cost nothing once the fours are there.
  const quarter3 = tileMean(energy3, 4);
  const quarter6 = tileMean(energy6, 2);
  const energy12 = gaborEnergy(half, wave6, 2);
  const energy24 = gaborEnergy(quarter, wave6, 2);

  const parts: [Value, ...Value[]] = [
    colourStatistics(colours),
    logEnergy(tileMean(quarter3, 2)),
    logEnergy(tileMean(quarter6, 2)),
    logEnergy(tileMean(energy12, 2)),
    logEnergy(energy24),
    logEnergy(tileMax(energy3, 8)),
    logEnergy(tileMax(energy6, 4)),
    ...colourEnergies(tileMean(channels(colours, 1, 3), 2)),
    ...blobs(light, 8),
    ...blobs(half, 4),
    ...blobs(quarter, 2),
    secondOrder(quarter3),
    secondOrder(quarter6),
  ];
  return concat(parts, 1);
}

/** `[n, 3, height, width]` RGB -> `[n, 1, height, width]`, the mean of the three. */
export function lightness(picture: Value): Value {
  return conv(picture, picture.graph.constant(float32([1, 3, 1, 1], OPPONENT.slice(0, 3))));
}

/** Mean and deviation of the colours over the cell, and over the 3 x 3 cells around it: 12 channels. */
function colourStatistics(colours: Value): Value {
  const mean = tileMean(colours, CELL);
  const squares = tileMean(mul(colours, colours), CELL);
  const around = (x: Value) => neighbourMean(padEdges(x, 1));
  const [wideMean, wideSquares] = [around(mean), around(squares)];
  return concat([mean, deviation(mean, squares), wideMean, deviation(wideMean, wideSquares)], 1);
}

/** Gabor energies of the two colour differences at half size, wavelengths 6 and 12: 16 channels. */
function colourEnergies(halfColours: Value): Value[] {
  const wave6 = gaborBank({ wavelength: 3, orientations: 4, bandwidth: BANDWIDTH });
  const wave12 = gaborBank({ wavelength: 6, orientations: 4, bandwidth: BANDWIDTH });
  return [0, 1].flatMap((index) => {
    const plane = channels(halfColours, index, index + 1);
    return [
      logEnergy(tileMean(gaborEnergy(plane, wave6), 4)),
      logEnergy(tileMean(gaborEnergy(plane, wave12, 2), 2)),
    ];
  });
}

/** Strongest bright and strongest dark blob of a cell, at one size of the picture: 2 channels. */
function blobs(light: Value, cell: number): Value[] {
  const answer = filtered(light, BLOB);
  return [logEnergy(tileMax(relu(answer), cell)), logEnergy(tileMax(relu(neg(answer)), cell))];
}

const SECOND_WAVE = gaborBank({ wavelength: 3, orientations: 4, bandwidth: 0.56 });
/** Of the 4 x 4 pairs (first orientation, second orientation): the parallel ones, then those across. */
const PARALLEL_AND_ACROSS = [0, 5, 10, 15, 2, 7, 8, 13];

/**
 * How a texture's own strength varies: the energies of 4 orientations, filtered once more along and across
 * their orientation, relative to the energy itself: 8 channels. Waves of 12 pixels.
 *
 * @param energies `[n, 8, height / 4, width / 4]` of the first order.
 */
function secondOrder(energies: Value): Value {
  const { graph } = energies;
  const [, , height = 0, width = 0] = energies.shape;
  const envelopes = conv(energies, graph.constant(float32([4, 8, 1, 1], NEIGHBOURS)));
  const perEnvelope = reshape(envelopes, [-1, 1, height, width]);
  const answers = tileMean(gaborEnergy(perEnvelope, SECOND_WAVE), 2);
  const pairs = reshape(answers, [-1, 16, height / 2, width / 2]);
  const chosen = gather(pairs, graph.constant(int64Vector(PARALLEL_AND_ACROSS)), 1);
  const strength = add(tileMean(envelopes, 2), LOG_FLOOR);
  return log(add(div(chosen, concat([strength, strength], 1)), RATIO_FLOOR));
}

/** Eight orientations to four: each even one with half of both neighbours. */
const NEIGHBOURS = Float32Array.from({ length: 32 }, (_, at) => {
  const away = Math.abs((at % 8) - 2 * Math.floor(at / 8));
  if (away === 0) return 0.5;
  return away === 1 || away === 7 ? 0.25 : 0;
});

function channels(x: Value, start: number, end: number): Value {
  return slice(x, { axis: 1, start, end });
}
