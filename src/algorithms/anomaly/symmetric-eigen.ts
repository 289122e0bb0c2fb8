/** Eigenvalues in falling order; `vectors` is `[size, size]` row-major, row i belongs to value i. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** Sweeps of Jacobi's method; ten suffice for hundreds of rows, since convergence is quadratic. */
const MAX_SWEEPS = 30;

/**
 * All eigenvalues and unit eigenvectors of a symmetric matrix by cyclic Jacobi rotations.
 * A vector's entry of largest magnitude is positive: the same matrix gives the same signs. O(size^3) a sweep.
 *
 * Source: Golub and Van Loan, Matrix Computations, section 8.5 (two-by-two symmetric Schur decomposition).
 * @param matrix `[size, size]` row-major, symmetric; not changed.
 * @throws RangeError when the matrix is not square or has NaN.
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  if (matrix.length !== size * size) throw new RangeError(`expected a matrix of ${size}x${size} numbers`);
  if (!matrix.every(Number.isFinite)) throw new RangeError("expected finite numbers in the matrix");
  const work = matrix.slice();
  const vectors = identity(size);
  const small = 1e-30 * squares(work);
  for (let sweep = 0; sweep < MAX_SWEEPS && offDiagonal(work, size) > small; sweep++)
    for (let p = 0; p < size - 1; p++) for (let q = p + 1; q < size; q++) rotate(work, vectors, size, p, q);
  return inOrder(work, vectors, size);
}

/** Turns rows and columns p and q so that the element between them vanishes. */
function rotate(work: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const between = work[p * size + q] as number;
  if (between === 0) return;
  const tau = ((work[q * size + q] as number) - (work[p * size + p] as number)) / (2 * between);
  const tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  turn(work, p, q, size, size, cosine, sine);
  turn(work, p * size, q * size, 1, size, cosine, sine);
  turn(vectors, p * size, q * size, 1, size, cosine, sine);
  work[p * size + q] = 0;
  work[q * size + p] = 0;
}

/** Rotates two vectors of `count` numbers that start at `a` and `b`, `step` apart. */
function turn(
  data: Float64Array,
  a: number,
  b: number,
  step: number,
  count: number,
  cosine: number,
  sine: number,
): void {
  for (let index = 0; index < count * step; index += step) {
    const [left, right] = [data[a + index] as number, data[b + index] as number];
    data[a + index] = cosine * left - sine * right;
    data[b + index] = sine * left + cosine * right;
  }
}

function inOrder(work: Float64Array, vectors: Float64Array, size: number): Eigen {
  const diagonal = Float64Array.from({ length: size }, (_, row) => work[row * size + row] as number);
  const order = [...diagonal.keys()].sort((a, b) => (diagonal[b] as number) - (diagonal[a] as number));
  const sorted = new Float64Array(size * size);
  order.forEach((row, place) => {
    const vector = vectors.subarray(row * size, (row + 1) * size);
    const sign = strongest(vector) < 0 ? -1 : 1;
    sorted.set(
      vector.map((value) => sign * value),
      place * size,
    );
  });
  return { values: Float64Array.from(order, (row) => diagonal[row] as number), vectors: sorted };
}

function strongest(vector: Float64Array): number {
  return vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) matrix[row * size + row] = 1;
  return matrix;
}

function squares(matrix: Float64Array): number {
  return matrix.reduce((sum, value) => sum + value * value, 0);
}

function offDiagonal(matrix: Float64Array, size: number): number {
  return matrix.reduce((sum, value, at) => (at % (size + 1) === 0 ? sum : sum + value * value), 0);
}
