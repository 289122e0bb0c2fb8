import type { FileStore } from "../../platform/storage/file-store.ts";
import type { InspectionEngine, MemoryModel } from "./engine/port.ts";
import type { ModelRecord } from "./store/model-record.ts";

/**
 * Decoded memories by the id of their row: a new fit is a new row, so nothing is ever stale, in any process.
 * The least recently used go first. Two requests for one memory load it once.
 */
export class MemoryCache {
  readonly #files: FileStore;
  readonly #engine: InspectionEngine;
  readonly #capacity: number;
  readonly #entries = new Map<number, Promise<MemoryModel>>();

  constructor(files: FileStore, engine: InspectionEngine, capacity: number) {
    this.#files = files;
    this.#engine = engine;
    this.#capacity = capacity;
  }

  /** @throws QuatrainError `file_not_found` when the version has been replaced meanwhile: read the row again */
  async load(model: ModelRecord): Promise<MemoryModel> {
    const cached = this.#entries.get(model.id);
    const entry = cached ?? this.#read(model);
    this.#entries.delete(model.id); // to the end: the most recently used
    this.#entries.set(model.id, entry);
    for (const id of this.#entries.keys()) {
      if (this.#entries.size <= this.#capacity) break;
      this.#entries.delete(id);
    }
    try {
      return await entry;
    } catch (error) {
      this.#entries.delete(model.id); // a failed read must not be remembered
      throw error;
    }
  }

  async #read(model: ModelRecord): Promise<MemoryModel> {
    return this.#engine.decode(await this.#files.read(model.fileKey));
  }
}
