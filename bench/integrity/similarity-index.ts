/** Documents are numbered below it. */
const MAX_DOCUMENTS = 2 ** 20;

/** As in the store. */
const COMMON_FROM = 100;

/** Which documents have a key: what the store does in SQL, in memory. */
export class PostingsIndex {
  #rows = new Float64Array(1 << 20);
  #count = 0;
  #sorted = false;

  get rows(): number {
    return this.#count;
  }

  /** `document` below 2^20. */
  add(document: number, keys: Iterable<number>): void {
    for (const key of keys) {
      if (this.#count === this.#rows.length) {
        const larger = new Float64Array(2 * this.#count);
        larger.set(this.#rows);
        this.#rows = larger;
      }
      this.#rows[this.#count++] = key * MAX_DOCUMENTS + document;
    }
    this.#sorted = false;
  }

  /**
   * Documents by the keys that they share, most first, of equal ones the later first: by their number, or each counted
   * one over the number of documents that have it. Keys that more than `COMMON_FROM` documents have are passed over.
   */
  candidates(keys: Iterable<number>, order: "number" | "rarity" = "rarity"): number[] {
    this.#sort();
    const shared = new Map<number, number>();
    for (const key of keys) {
      const first = this.#firstFrom(key * MAX_DOCUMENTS);
      const last = this.#firstFrom((key + 1) * MAX_DOCUMENTS);
      if (last - first > COMMON_FROM) continue;
      const weight = order === "number" ? 1 : 1 / (last - first);
      for (let row = first; row < last; row++) {
        const document = this.#rows[row]! - key * MAX_DOCUMENTS;
        shared.set(document, (shared.get(document) ?? 0) + weight);
      }
    }
    return [...shared].sort((a, b) => b[1] - a[1] || b[0] - a[0]).map(([document]) => document);
  }

  #sort(): void {
    if (this.#sorted) return;
    this.#rows = this.#rows.subarray(0, this.#count).sort();
    this.#sorted = true;
  }

  #firstFrom(limit: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#rows[middle]! < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
