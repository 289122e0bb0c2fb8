/** Built graphs by what they were built for; the least recently used ones go first. */
export class ModelCache {
  readonly #capacity: number;
  readonly #built = new Map<string, unknown>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** @param key says everything that the graph depends on, and which function builds it. */
  get<T>(key: string, build: () => T): T {
    const built = this.#built.has(key) ? (this.#built.get(key) as T) : build();
    this.#built.delete(key);
    this.#built.set(key, built);
    for (const oldest of this.#built.keys()) {
      if (this.#built.size <= this.#capacity) break;
      this.#built.delete(oldest);
    }
    return built;
  }
}
