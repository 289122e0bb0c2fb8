/** Eigenvalues in falling order; `vectors` is `[size, size]` row-major, row i belongs to value i. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** `beside[i]` lies between rows i and i + 1. */
  readonly beside: Float64Array;
  /** Rows are the basis in which the matrix is tridiagonal. */
  readonly basis: Float64Array;
}

/**
 * All eigenvalues and unit eigenvectors of a symmetric matrix: Householder reflections to tridiagonal form, then
 * the implicit QL algorithm. A vector's entry of largest magnitude is positive: the same matrix gives the same
 * signs. O(size^3).
 *
 * Source: Golub and Van Loan, Matrix Computations, sections 8.3.1 and 8.3.3.
 * @param matrix `[size, size]` row-major, symmetric; not changed.
 * @throws RangeError when the matrix is not square or has NaN.
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  if (matrix.length !== size * size) throw new RangeError(`expected a matrix of ${size}x${size} numbers`);
  if (!matrix.every(Number.isFinite)) throw new RangeError("expected finite numbers in the matrix");
  const form = tridiagonalised(matrix.slice(), size);
  for (let row = 0; row < size; row++) isolate(form, row, size);
  return inOrder(form.diagonal, form.basis, size);
}

function tridiagonalised(work: Float64Array, size: number): Tridiagonal {
  const basis = identity(size);
  const beside = new Float64Array(size);
  for (let step = 0; step + 1 < size; step++) {
    const mirror = mirrorOf(work, step, size);
    if (mirror !== null) {
      reflectBothSides(work, mirror, size);
      reflectRows(basis, mirror, size);
    }
    beside[step] = work[(step + 1) * size + step] as number;
  }
  return {
    diagonal: Float64Array.from({ length: size }, (_, at) => work[at * size + at] as number),
    beside,
    basis,
  };
}

/** The unit vector whose reflection clears a column below its sub-diagonal; null when it is clear. */
function mirrorOf(work: Float64Array, step: number, size: number): Float64Array | null {
  const mirror = new Float64Array(size);
  for (let row = step + 1; row < size; row++) mirror[row] = work[row * size + step] as number;
  const length = Math.hypot(...mirror);
  if (length === 0) return null;
  mirror[step + 1] = (mirror[step + 1] as number) + ((mirror[step + 1] as number) >= 0 ? length : -length);
  const norm = Math.hypot(...mirror);
  return mirror.map((value) => value / norm);
}

/** `H A H` with `H = 1 - 2 v v^T`, as the rank-two update `A - v w^T - w v^T`. */
function reflectBothSides(work: Float64Array, v: Float64Array, size: number): void {
  const w = new Float64Array(size);
  for (let row = 0; row < size; row++) w[row] = 2 * dot(work, row * size, v);
  const along = dot(w, 0, v);
  for (let row = 0; row < size; row++) w[row] = (w[row] as number) - along * (v[row] as number);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const at = row * size + column;
      work[at] =
        (work[at] as number) -
        (v[row] as number) * (w[column] as number) -
        (w[row] as number) * (v[column] as number);
    }
}

function reflectRows(basis: Float64Array, v: Float64Array, size: number): void {
  const sums = new Float64Array(size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      sums[column] = (sums[column] as number) + (v[row] as number) * (basis[row * size + column] as number);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const at = row * size + column;
      basis[at] = (basis[at] as number) - 2 * (v[row] as number) * (sums[column] as number);
    }
}

/** Steps of the QL algorithm until the row stands alone: its diagonal is an eigenvalue. */
function isolate({ diagonal: d, beside: e, basis }: Tridiagonal, row: number, size: number): void {
  // Two or three steps suffice; the bound is for matrices at the edge of the number range.
  for (let step = 0; step < 100; step++) {
    const end = blockEnd(d, e, row, size);
    if (end === row) return;
    const ahead = ((d[row + 1] as number) - (d[row] as number)) / (2 * (e[row] as number));
    const shift = ahead + (ahead >= 0 ? 1 : -1) * Math.hypot(ahead, 1);
    let g = (d[end] as number) - (d[row] as number) + (e[row] as number) / shift;
    let [sine, cosine, moved] = [1, 1, 0];
    for (let at = end - 1; at >= row; at--) {
      const f = sine * (e[at] as number);
      const b = cosine * (e[at] as number);
      const r = Math.hypot(f, g);
      e[at + 1] = r;
      [sine, cosine] = r === 0 ? [0, 1] : [f / r, g / r];
      g = (d[at + 1] as number) - moved;
      const turn = ((d[at] as number) - g) * sine + 2 * cosine * b;
      moved = sine * turn;
      d[at + 1] = g + moved;
      g = cosine * turn - b;
      rotateRows(basis, at * size, (at + 1) * size, size, cosine, sine);
    }
    d[row] = (d[row] as number) - moved;
    e[row] = g;
    e[end] = 0;
  }
}

/** The last row that is still tied to `row`. */
function blockEnd(d: Float64Array, e: Float64Array, row: number, size: number): number {
  for (let end = row; end + 1 < size; end++) {
    const scale = Math.abs(d[end] as number) + Math.abs(d[end + 1] as number);
    if (scale + Math.abs(e[end] as number) === scale) return end;
  }
  return size - 1;
}

function rotateRows(
  data: Float64Array,
  a: number,
  b: number,
  count: number,
  cosine: number,
  sine: number,
): void {
  for (let index = 0; index < count; index++) {
    const [left, right] = [data[a + index] as number, data[b + index] as number];
    data[a + index] = cosine * left - sine * right;
    data[b + index] = sine * left + cosine * right;
  }
}

function inOrder(diagonal: Float64Array, vectors: Float64Array, size: number): Eigen {
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

function dot(data: Float64Array, start: number, vector: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < vector.length; at++) sum += (data[start + at] as number) * (vector[at] as number);
  return sum;
}
