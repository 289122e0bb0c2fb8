/**
 * Greedy k-center selection, step by step: each new centre is the point farthest from all centres so far
 * (2-approximation of the smallest covering radius; PatchCore's coreset). Ties go to the lower index.
 *
 * Exact, but most distances are never computed: a point at distance d from its centre c cannot be nearer to a new
 * centre n when |n - c| >= 2 d (triangle inequality; Elkan, Using the triangle inequality to accelerate k-means, 2003).
 * O(points) cheap comparisons a centre, plus the distances that remain.
 */
export class GreedyCoreset {
  readonly #points: Float32Array;
  readonly #dim: number;
  readonly #count: number;
  readonly #chosen: Int32Array;
  #size = 0;
  #next: number;
  /** Squared distance of every point to its nearest centre, and which centre that is. */
  readonly #distances: Float32Array;
  readonly #owners: Int32Array;
  /** A quarter of the squared distance from the newest centre to each one. */
  readonly #quarters: Float32Array;

  /**
   * @param points `[count, dim]` row-major float32, not changed.
   * @param size how many centres to choose, at most `count`.
   * @param first index of the first centre.
   */
  constructor(points: Float32Array, dim: number, size: number, first: number) {
    this.#points = points;
    this.#dim = dim;
    this.#count = points.length / dim;
    if (size > this.#count) throw new RangeError(`expected at most ${this.#count} centres, got ${size}`);
    this.#chosen = new Int32Array(size);
    this.#next = first;
    this.#distances = new Float32Array(this.#count).fill(Number.POSITIVE_INFINITY);
    this.#owners = new Int32Array(this.#count);
    this.#quarters = new Float32Array(size);
  }

  /** Indices of the centres so far, in the order of their choice. */
  get chosen(): Int32Array {
    return this.#chosen.subarray(0, this.#size);
  }

  /** Chooses up to `steps` more centres. @returns whether the coreset is complete. */
  advance(steps: number): boolean {
    const end = Math.min(this.#chosen.length, this.#size + steps);
    while (this.#size < end) this.#choose(this.#next);
    return this.#size === this.#chosen.length;
  }

  #choose(centre: number): void {
    const owner = this.#size++;
    this.#chosen[owner] = centre;
    for (let known = 0; known < owner; known++)
      this.#quarters[known] = 0.25 * this.#squared(centre, this.#chosen[known] as number);
    const [distances, owners, quarters] = [this.#distances, this.#owners, this.#quarters];
    let farthest = -1;
    for (let point = 0; point < this.#count; point++) {
      let nearest = distances[point] as number;
      if (nearest > (quarters[owners[point] as number] as number)) {
        const distance = this.#squared(centre, point);
        if (distance < nearest) {
          nearest = distance;
          distances[point] = distance;
          owners[point] = owner;
        }
      }
      if (nearest > farthest) {
        farthest = nearest;
        this.#next = point;
      }
    }
  }

  #squared(a: number, b: number): number {
    const [points, dim] = [this.#points, this.#dim];
    const [from, to] = [a * dim, b * dim];
    let sum = 0;
    for (let axis = 0; axis < dim; axis++) {
      const away = (points[from + axis] as number) - (points[to + axis] as number);
      sum += away * away;
    }
    return sum;
  }
}
