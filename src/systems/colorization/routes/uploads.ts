import { createReadStream } from "node:fs";
import { buffer } from "node:stream/consumers";
import * as contract from "../../../contracts/colorization/index.ts";
import { probePicture } from "../../../ml/images/decode-picture.ts";
import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import { Answer, type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import type { UploadedFile } from "../../../platform/http/uploads.ts";
import { MAX_PAGES } from "../actions/read-inputs.ts";
import { openComic } from "../files/comic/open-comic.ts";
import type { UploadedPage, UploadStore } from "../store/upload-store.ts";
import type { JobRouteDeps } from "./jobs.ts";

export interface UploadRouteDeps extends JobRouteDeps {
  readonly uploads: UploadStore;
  readonly limits: { readonly maxFileBytes: number };
}

const MAX_UPLOAD_BYTES = 20 * 2 ** 30;

/** spec/colorization.md section 6, "Uploads". */
export function uploadRoutes(deps: UploadRouteDeps): BoundRoute[] {
  return [
    route(contract.uploadPages, async ({ files }) => {
      const id = `upl_${deps.ids.hex(12)}`;
      const keeper = new Keeper(deps, id);
      for (const file of files.file) await keeper.take(file);
      const { pages, skipped, bytes } = keeper;
      if (pages.length === 0) {
        throw userError(
          "no_pages",
          400,
          `Nothing that was sent is a picture: ${skipped.slice(0, 5).join("; ")}`,
        );
      }
      const kind = files.file.length === 1 && pages.length === 1 ? ("image" as const) : ("pages" as const);
      await deps.uploads.add({ id, kind, files: pages, bytes, createdAt: deps.clock.now() });
      const shown = pages.map(({ key: _key, ...page }) => page);
      return new Answer(201, { id, kind, pages: pages.length, files: shown, skipped });
    }),

    route(contract.deleteUpload, async ({ input }) => {
      if (!(await deps.uploads.delete(input.upload_id))) {
        throw userError("upload_not_found", 404, "There is no such upload", { upload_id: input.upload_id });
      }
      for await (const { key } of deps.store.list(`uploads/${input.upload_id}`)) await deps.store.delete(key);
      return { id: input.upload_id, deleted: true as const };
    }),
  ];
}

/** Stores the pictures of one upload, archives unpacked. */
class Keeper {
  readonly pages: UploadedPage[] = [];
  readonly skipped: string[] = [];
  bytes = 0;
  readonly #deps: UploadRouteDeps;
  readonly #id: string;

  constructor(deps: UploadRouteDeps, id: string) {
    this.#deps = deps;
    this.#id = id;
  }

  async take(file: UploadedFile): Promise<void> {
    if (await looksLikeZip(file)) return this.#takeArchive(file);
    await this.#keep(file.filename || "picture", await file.read());
  }

  async #takeArchive(file: UploadedFile): Promise<void> {
    const limits = {
      maxPages: MAX_PAGES,
      maxPageBytes: this.#deps.limits.maxFileBytes,
      maxBytes: MAX_UPLOAD_BYTES,
    };
    const comic = await openComic(file.path, limits);
    try {
      this.skipped.push(...comic.skipped);
      for (const page of comic.pages) await this.#keep(page.path, await buffer(comic.read(page)));
    } finally {
      comic.close();
    }
  }

  async #keep(name: string, bytes: Buffer): Promise<void> {
    if (this.pages.length >= MAX_PAGES)
      throw userError("too_many_pages", 413, `More than ${MAX_PAGES} pages`);
    try {
      const { width, height, format } = await probePicture(bytes);
      const number = this.pages.length + 1;
      const key = `uploads/${this.#id}/${String(number).padStart(4, "0")}.${format === "jpeg" ? "jpg" : format}`;
      await this.#deps.store.put(key, bytes);
      this.pages.push({ id: `${this.#id}/${number}`, name, key, width, height });
      this.bytes += bytes.length;
    } catch (error) {
      if (!(error instanceof QuatrainError) || error.status !== 400) throw error;
      this.skipped.push(`${name}: ${error.message}`);
    }
  }
}

async function looksLikeZip({ path, bytes }: UploadedFile): Promise<boolean> {
  if (bytes < 4) return false;
  const start = await buffer(createReadStream(path, { end: 3 }));
  return start[0] === 0x50 && start[1] === 0x4b;
}
