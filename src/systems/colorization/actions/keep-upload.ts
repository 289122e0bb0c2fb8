import { probePicture } from "../../../ml/images/decode-picture.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { Clock, Ids } from "../../../platform/ports.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import { demandOnePicture } from "../read-page-picture.ts";
import type { Upload, UploadedPage, UploadStore } from "../store/upload-store.ts";
import { MAX_PAGES } from "./read-inputs.ts";
import { removeFiles } from "./remove-job.ts";

export interface KeepUploadDeps {
  readonly store: FileStore;
  readonly uploads: UploadStore;
  readonly ids: Ids;
  readonly clock: Clock;
}

const MAX_UPLOAD_BYTES = 20 * 2 ** 30;

/** Stores the pictures of one upload one by one; they count when it is finished. */
export class UploadKeeper {
  readonly id: string;
  readonly pages: UploadedPage[] = [];
  readonly #deps: KeepUploadDeps;
  #bytes = 0;

  constructor(deps: KeepUploadDeps) {
    this.#deps = deps;
    this.id = `upl_${deps.ids.hex(12)}`;
  }

  /**
   * @throws QuatrainError (400) `undecodable_image`, `several_pictures`, `empty_file` where it is no picture: nothing of it
   * is kept then; `too_many_pages`, `too_large` (413)
   */
  async keep(name: string, bytes: Uint8Array): Promise<void> {
    this.#demandRoom(bytes.length);
    const { width, height, format } = await probePicture(bytes);
    await demandOnePicture(bytes);
    const page = this.#named(name, format === "jpeg" ? "jpg" : format);
    await this.#deps.store.put(page.key, bytes);
    this.#bytes += bytes.length;
    this.pages.push({ ...page, width, height });
  }

  /** A page that did not arrive: it has its number, and fails with its reason. */
  miss(name: string, error: string): void {
    this.#demandRoom(0);
    this.pages.push({ ...this.#named(name, "png"), width: 0, height: 0, error });
  }

  async finish(kind: Upload["kind"]): Promise<void> {
    const { uploads, clock } = this.#deps;
    await uploads.add({ id: this.id, kind, files: this.pages, bytes: this.#bytes, createdAt: clock.now() });
  }

  /** Nothing of it stays. */
  async discard(): Promise<void> {
    await removeFiles(this.#deps.store, `uploads/${this.id}`);
  }

  #named(name: string, ending: string): Pick<UploadedPage, "id" | "name" | "key"> {
    const number = this.pages.length + 1;
    const key = `uploads/${this.id}/${String(number).padStart(4, "0")}.${ending}`;
    return { id: `${this.id}/${number}`, name, key };
  }

  #demandRoom(bytes: number): void {
    if (this.pages.length >= MAX_PAGES)
      throw userError("too_many_pages", 413, `More than ${MAX_PAGES} pages`);
    if (this.#bytes + bytes > MAX_UPLOAD_BYTES)
      throw userError("too_large", 413, `The pages have more than ${MAX_UPLOAD_BYTES} bytes together`);
  }
}

/** Fills an upload; where that fails, nothing of it stays. */
export async function keepUpload(
  deps: KeepUploadDeps,
  fill: (keeper: UploadKeeper) => Promise<Upload["kind"]>,
): Promise<UploadKeeper> {
  const keeper = new UploadKeeper(deps);
  try {
    await keeper.finish(await fill(keeper));
    return keeper;
  } catch (error) {
    await keeper.discard();
    throw error;
  }
}
