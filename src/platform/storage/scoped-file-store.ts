import type { Readable } from "node:stream";
import { checkKey } from "./file-key.ts";
import type { FileFacts, FileStore } from "./file-store.ts";

/** Part of a store as a store of its own: every key gets a prefix on the way in and loses it on the way out. */
export class ScopedFileStore implements FileStore {
  readonly #whole: FileStore;
  readonly #prefix: string;

  /** `scope`: one or more segments without a slash at the end, for example `inspection`. */
  constructor(whole: FileStore, scope: string) {
    this.#whole = whole;
    this.#prefix = `${scope}/`;
  }

  async put(key: string, content: Uint8Array | Readable): Promise<FileFacts> {
    return this.#inside(await this.#whole.put(this.#wholeKey(key), content));
  }

  async adopt(key: string, temporaryPath: string): Promise<FileFacts> {
    return this.#inside(await this.#whole.adopt(this.#wholeKey(key), temporaryPath));
  }

  async read(key: string): Promise<Buffer> {
    return this.#whole.read(this.#wholeKey(key));
  }

  async open(key: string): Promise<Readable> {
    return this.#whole.open(this.#wholeKey(key));
  }

  async stat(key: string): Promise<FileFacts | null> {
    const facts = await this.#whole.stat(this.#wholeKey(key));
    return facts === null ? null : this.#inside(facts);
  }

  async *list(prefix: string): AsyncIterable<FileFacts> {
    const whole = prefix === "" ? this.#prefix.slice(0, -1) : this.#wholeKey(prefix);
    for await (const facts of this.#whole.list(whole)) yield this.#inside(facts);
  }

  localPath(key: string): string | null {
    return this.#whole.localPath(this.#wholeKey(key));
  }

  async delete(key: string): Promise<boolean> {
    return this.#whole.delete(this.#wholeKey(key));
  }

  /** A key must be one by itself too: what a scope takes may lie in a store of its own tomorrow. */
  #wholeKey(key: string): string {
    return this.#prefix + checkKey(key);
  }

  #inside(facts: FileFacts): FileFacts {
    return { ...facts, key: facts.key.slice(this.#prefix.length) };
  }
}
