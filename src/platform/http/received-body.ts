import { userError } from "../errors/quatrain-error.ts";
import type { UploadedFile } from "./uploads.ts";

const MAX_FIELDS = 10_000;
const MAX_TEXT_CHARACTERS = 32 * 2 ** 20;

/** What has arrived of a body so far: also when reading it fails half-way, and then has to be told and thrown away. */
export class ReceivedBody {
  readonly #fields = new Map<string, unknown>();
  readonly #files = new Map<string, UploadedFile[]>();
  #isJson = false;
  #count = 0;
  #characters = 0;

  /** Fields by name, a form's as text or, where the name was given several times, as a list of texts. */
  get fields(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(this.#fields);
  }

  get files(): Readonly<Record<string, readonly UploadedFile[]>> {
    return Object.fromEntries(this.#files);
  }

  /** Its fields have types of their own: nothing has to be guessed from text. */
  get isJson(): boolean {
    return this.#isJson;
  }

  allFiles(): UploadedFile[] {
    return [...this.#files.values()].flat();
  }

  countOf(fileField: string): number {
    return this.#files.get(fileField)?.length ?? 0;
  }

  /** All fields of a JSON body. */
  takeJson(fields: object): void {
    this.#isJson = true;
    for (const [name, value] of Object.entries(fields)) this.#fields.set(name, value);
  }

  /** One field of a form. @throws QuatrainError `too_large` (413): text is kept in memory */
  addText(name: string, text: string): void {
    this.#characters += name.length + text.length;
    if (++this.#count > MAX_FIELDS || this.#characters > MAX_TEXT_CHARACTERS) {
      throw userError("too_large", 413, "The text fields of the form are too many or too long");
    }
    const known = this.#fields.get(name);
    if (known === undefined) this.#fields.set(name, text);
    else if (Array.isArray(known)) known.push(text);
    else this.#fields.set(name, [known, text]);
  }

  addFile(name: string, file: UploadedFile): void {
    const known = this.#files.get(name);
    if (known === undefined) this.#files.set(name, [file]);
    else known.push(file);
  }
}
