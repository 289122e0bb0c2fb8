import { type Entry, openPromise, type ZipFile } from "yauzl";
import { MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FROM_BYTES } from "../limits.ts";
import { refusal } from "../refusals.ts";

/** A document that is a ZIP archive. Everything that comes out of it is counted, and bounded. */
export class Archive {
  readonly #file: ZipFile;
  /** Names are the same in any case: ECMA-376-2, section 6.2.2. */
  readonly #entries: ReadonlyMap<string, Entry>;
  #unpacked = 0;

  private constructor(file: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#file = file;
    this.#entries = entries;
  }

  /** @throws QuatrainError `document_too_complex`; what yauzl throws for damaged archives. */
  static async open(path: string): Promise<Archive> {
    const file = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
    const entries = new Map<string, Entry>();
    for await (const entry of file.eachEntry()) {
      if (entries.size >= MAX_ENTRIES) throw refusal("document_too_complex");
      const name = entry.fileName.toLowerCase();
      if (!entries.has(name)) entries.set(name, entry);
    }
    return new Archive(file, entries);
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** Entries in a folder, with their sizes in bytes as the archive has them. */
  filesIn(folder: string): { name: string; bytes: number }[] {
    return [...this.#entries.values()]
      .filter(({ fileName }) => fileName.toLowerCase().startsWith(folder) && !fileName.endsWith("/"))
      .map(({ fileName, uncompressedSize }) => ({ name: fileName, bytes: uncompressedSize }));
  }

  /**
   * The bytes of an entry of markup or text.
   * @throws QuatrainError `document_encrypted`, `document_unreadable`, `document_too_complex`
   */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.#entries.get(name.toLowerCase());
    if (entry === undefined) throw refusal("document_unreadable", `The document's part ${name} is missing`);
    if (entry.isEncrypted()) throw refusal("document_encrypted");
    const { compressedSize, uncompressedSize } = entry;
    if (uncompressedSize > RATIO_FROM_BYTES && uncompressedSize > MAX_RATIO * compressedSize)
      throw refusal("document_too_complex");
    yield* this.#unpack(entry);
  }

  /** A picture, whole; pictures of one colour are packed more tightly than any markup. */
  async readImage(name: string): Promise<Uint8Array> {
    const entry = this.#entries.get(name.toLowerCase());
    const chunks: Uint8Array[] = [];
    if (entry !== undefined) for await (const chunk of this.#unpack(entry)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async *#unpack(entry: Entry): AsyncGenerator<Uint8Array> {
    const stream = await this.#file.openReadStreamPromise(entry);
    for await (const chunk of stream) {
      this.#unpacked += chunk.length;
      if (this.#unpacked > MAX_UNPACKED_BYTES) throw refusal("document_too_complex");
      yield chunk;
    }
  }
}
