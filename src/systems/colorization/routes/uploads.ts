import { buffer } from "node:stream/consumers";
import * as contract from "../../../contracts/colorization/index.ts";
import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import { Answer, type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import type { UploadedFile } from "../../../platform/http/uploads.ts";
import { keepUpload, type UploadKeeper } from "../actions/keep-upload.ts";
import { MAX_PAGES } from "../actions/read-inputs.ts";
import { removeUpload } from "../actions/remove-job.ts";
import { keepComicInfo } from "../files/comic/comic-info.ts";
import { archiveKind, openComic } from "../files/comic/open-comic.ts";
import { isNamedAsPicture } from "../files/picture-names.ts";
import type { JobRouteDeps } from "./jobs.ts";

export interface UploadRouteDeps extends JobRouteDeps {
  readonly limits: { readonly maxFileBytes: number };
}

const MAX_UNPACKED_BYTES = 20 * 2 ** 30;

/** spec/colorization.md section 6, "Uploads". */
export function uploadRoutes(deps: UploadRouteDeps): BoundRoute[] {
  return [
    route(contract.uploadPages, async ({ files }) => {
      const skipped: string[] = [];
      const { id, pages } = await keepUpload(deps, async (keeper) => {
        for (const file of files.file) {
          const taken = await takeFile(keeper, file, deps.limits);
          skipped.push(...taken.skipped);
          // several comics in one upload are no comic of which one of them speaks
          if (files.file.length === 1)
            await keepComicInfo(deps.store, `uploads/${keeper.id}`, taken.comicInfo);
        }
        const bad = keeper.pages.filter(({ error }) => error !== undefined);
        if (bad.length === keeper.pages.length)
          throw noPictures([...bad.map(({ name, error }) => `${name}: ${error}`), ...skipped]);
        return kindOf(files.file, keeper);
      });
      const shown = pages.map(({ key: _key, ...page }) => page);
      return new Answer(201, {
        id,
        kind: kindOf(files.file, { pages }),
        pages: pages.length,
        files: shown,
        skipped,
      });
    }),

    route(contract.deleteUpload, async ({ input }) => {
      if (!(await removeUpload(deps, input.upload_id))) {
        throw userError("upload_not_found", 404, "There is no such upload", { upload_id: input.upload_id });
      }
      return { id: input.upload_id, deleted: true as const };
    }),
  ];
}

function kindOf(files: readonly UploadedFile[], { pages }: Pick<UploadKeeper, "pages">): "image" | "pages" {
  return files.length === 1 && pages.length === 1 ? "image" : "pages";
}

function noPictures(skipped: readonly string[]) {
  return userError(
    "no_pages",
    400,
    `Nothing that was sent is a picture: ${skipped.slice(0, 5).join("; ").slice(0, 1_000)}`,
  );
}

/** What was left out and why, in words; and what the comic says of itself. */
interface Taken {
  readonly skipped: readonly string[];
  readonly comicInfo: Uint8Array | null;
}

/** Keeps a picture, or an archive's pictures. */
async function takeFile(
  keeper: UploadKeeper,
  file: UploadedFile,
  { maxFileBytes }: UploadRouteDeps["limits"],
): Promise<Taken> {
  const name = file.filename || "picture";
  if ((await archiveKind(file.path)) === null) {
    if (file.bytes > maxFileBytes)
      throw userError("too_large", 413, `${name} has more than ${maxFileBytes} bytes: save it smaller`);
    return { skipped: await keepOrSay(keeper, name, () => file.read()), comicInfo: null };
  }
  const limits = { maxPages: MAX_PAGES, maxPageBytes: maxFileBytes, maxBytes: MAX_UNPACKED_BYTES };
  const comic = await openComic(file.path, limits);
  try {
    const skipped = [...comic.skipped];
    for (const page of comic.pages)
      skipped.push(...(await keepOrSay(keeper, page.path, () => buffer(comic.read(page)))));
    return { skipped, comicInfo: comic.comicInfo };
  } finally {
    comic.close();
  }
}

/** What cannot be read keeps its number where it is named as a picture, as in a folder; else it is left out and said. */
async function keepOrSay(
  keeper: UploadKeeper,
  name: string,
  content: () => Promise<Buffer>,
): Promise<string[]> {
  try {
    await keeper.keep(name, await content());
    return [];
  } catch (error) {
    if (!(error instanceof QuatrainError) || error.status !== 400) throw error;
    if (isNamedAsPicture(name)) {
      keeper.miss(name, error.message);
      return [];
    }
    return [`${name}: ${error.message}`];
  }
}
