const RADIUS = 5;
const SIGMA = 1.5;
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/**
 * Structural similarity of two gray planes, 1 for equal ones (Wang et al. 2004): Gaussian windows of 11 pixels, sigma
 * 1.5, mean over the places where the whole window lies inside, as scikit-image has it with `gaussian_weights`.
 * O(pixels).
 *
 * @param one `[height, width]` row-major, 0..255, at least 11 x 11
 * @throws RangeError for smaller planes
 */
export function ssim(one: Uint8Array, other: Uint8Array, width: number, height: number): number {
  if (Math.min(width, height) < 2 * RADIUS + 1)
    throw new RangeError("expected planes of 11 x 11 pixels or more");
  const product = (a: Uint8Array, b: Uint8Array) =>
    Float64Array.from(a, (value, at) => value * (b[at] as number));
  const blur = (values: ArrayLike<number>) => blurredInside(values, width, height);
  const [meanOne, meanOther] = [blur(one), blur(other)];
  const [squareOne, squareOther] = [blur(product(one, one)), blur(product(other, other))];
  const both = blur(product(one, other));
  let sum = 0;
  for (let at = 0; at < both.length; at++) {
    const x = meanOne[at] as number;
    const y = meanOther[at] as number;
    const spreads = (squareOne[at] as number) - x * x + (squareOther[at] as number) - y * y;
    const shared = (both[at] as number) - x * y;
    sum += ((2 * x * y + C1) * (2 * shared + C2)) / ((x * x + y * y + C1) * (spreads + C2));
  }
  return sum / both.length;
}

const KERNEL = gaussian();

function gaussian(): Float64Array {
  const weights = Float64Array.from({ length: 2 * RADIUS + 1 }, (_, at) =>
    Math.exp(-((at - RADIUS) ** 2) / (2 * SIGMA * SIGMA)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Blurred, only where the window lies inside: `[height - 10, width - 10]`. */
function blurredInside(values: ArrayLike<number>, width: number, height: number): Float64Array {
  const narrow = width - 2 * RADIUS;
  const across = new Float64Array(narrow * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < narrow; x++) {
      let sum = 0;
      for (let tap = 0; tap < KERNEL.length; tap++)
        sum += (KERNEL[tap] as number) * (values[y * width + x + tap] as number);
      across[y * narrow + x] = sum;
    }
  const low = height - 2 * RADIUS;
  const blurred = new Float64Array(narrow * low);
  for (let y = 0; y < low; y++)
    for (let x = 0; x < narrow; x++) {
      let sum = 0;
      for (let tap = 0; tap < KERNEL.length; tap++)
        sum += (KERNEL[tap] as number) * (across[(y + tap) * narrow + x] as number);
      blurred[y * narrow + x] = sum;
    }
  return blurred;
}
