/**
 * Resamples position embeddings to another grid: bicubic with a = -0.5, pixel centres at half integers, the filter
 * widened when shrinking, taps beyond the border left out. This is torch's `interpolate(mode="bicubic",
 * antialias=True, align_corners=False)`, with which timm resamples them (`resample_abs_pos_embed`).
 *
 * @param embedding `[from * from, dim]` row-major
 * @returns `[rows * columns, dim]`; a copy where the grid stays.
 */
export function resamplePositions(
  embedding: Float32Array,
  from: number,
  { rows, columns, dim }: { readonly rows: number; readonly columns: number; readonly dim: number },
): Float32Array {
  if (rows === from && columns === from) return embedding.slice();
  // Columns first, as torch does; sums in double precision.
  const narrow = new Float64Array(from * columns * dim);
  const across = taps(from, columns);
  for (let row = 0; row < from; row++)
    across.forEach((weights, column) => {
      for (const [source, weight] of weights)
        addScaled(
          narrow,
          (row * columns + column) * dim,
          embedding,
          (row * from + source) * dim,
          dim,
          weight,
        );
    });
  const resampled = new Float64Array(rows * columns * dim);
  taps(from, rows).forEach((weights, row) => {
    for (const [source, weight] of weights)
      addScaled(resampled, row * columns * dim, narrow, source * columns * dim, columns * dim, weight);
  });
  return Float32Array.from(resampled);
}

type Numbers = Float32Array | Float64Array;

function addScaled(to: Numbers, at: number, of: Numbers, from: number, count: number, factor: number): void {
  for (let index = 0; index < count; index++)
    to[at + index] = (to[at + index] ?? 0) + factor * (of[from + index] ?? 0);
}

/** For each output, what it is made of: source and weight; the weights add up to 1. */
function taps(inputs: number, outputs: number): (readonly [source: number, weight: number])[][] {
  const scale = inputs / outputs;
  const widening = Math.max(1, scale);
  return Array.from({ length: outputs }, (_, output) => {
    const centre = (output + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - 2 * widening + 0.5));
    const end = Math.min(inputs, Math.trunc(centre + 2 * widening + 0.5));
    const raw = Array.from({ length: end - first }, (_, tap): [number, number] => [
      first + tap,
      cubic(Math.abs((first + tap - centre + 0.5) / widening)),
    ]);
    const sum = raw.reduce((total, [, weight]) => total + weight, 0);
    return raw.map(([source, weight]) => [source, weight / sum] as const);
  });
}

/** R. Keys, "Cubic convolution interpolation for digital image processing", 1981, a = -0.5. */
function cubic(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}
