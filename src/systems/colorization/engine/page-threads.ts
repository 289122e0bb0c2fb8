import { Piscina } from "piscina";
import type { PointedPlace } from "../../../algorithms/colouring/look-at-places.ts";
import type { ColouredPage, ColouringRequest, ReferenceModel } from "../../../algorithms/colouring/port.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";
import type { PageBox, PageKind, PreparedPage } from "../../../algorithms/page/prepared-page.ts";
import type { DotsTold } from "../../../algorithms/page/structure-check.ts";
import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import { entryUrl } from "../../../platform/lifecycle/entry-url.ts";
import type { PageEngine, StructureCheck } from "./port.ts";

const IDLE_MS = 60_000;
const MOST_WAITING = 256;
const TIME_LIMIT_MS = 10 * 60_000;
const MEMORY_MB = 4_096;

/** Works on pages in threads of their own: pure JavaScript, so that one that takes too long is simply ended. */
export class PageThreads implements PageEngine {
  readonly #pool: Piscina;

  /** @param threads pages that are worked on side by side at most */
  constructor(threads: number) {
    this.#pool = new Piscina({
      filename: entryUrl("./page-worker", import.meta.url).href,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: IDLE_MS,
      maxQueue: MOST_WAITING,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
  }

  prepare(page: Picture, signal?: AbortSignal): Promise<PreparedPage> {
    return this.#run("prepare", page, signal);
  }

  describe(
    references: readonly Picture[],
    kinds: readonly PageKind[],
    seed: number,
    signal?: AbortSignal,
  ): Promise<ReferenceModel> {
    return this.#run("describe", { references, kinds, seed }, signal);
  }

  colour(request: ColouringRequest, signal?: AbortSignal): Promise<ColouredPage> {
    return this.#run("colour", request, signal);
  }

  keep(
    page: Picture,
    { textMask }: Pick<PreparedPage, "textMask">,
    coloured: Picture,
    strength: number,
    signal?: AbortSignal,
  ): Promise<Picture> {
    return this.#run("keep", { page, prepared: { textMask }, coloured, strength }, signal);
  }

  lookAtPage(
    page: Picture,
    coloured: Picture | null,
    places: readonly PageBox[],
    signal?: AbortSignal,
  ): Promise<readonly PointedPlace[]> {
    return this.#run("look", { page, coloured, places }, signal);
  }

  lookAtPicture(
    picture: Picture,
    places: readonly PageBox[],
    signal?: AbortSignal,
  ): Promise<readonly PointedPlace[]> {
    return this.#run("lookAtPicture", { picture, places }, signal);
  }

  check(
    original: Picture,
    result: Picture,
    { ink, tone, screentone }: DotsTold,
    signal?: AbortSignal,
  ): Promise<StructureCheck> {
    return this.#run("check", { original, result, prepared: { ink, tone, screentone } }, signal);
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #run<Result>(name: string, request: unknown, signal?: AbortSignal): Promise<Result> {
    signal?.throwIfAborted();
    const limit = AbortSignal.timeout(TIME_LIMIT_MS);
    try {
      return await this.#pool.run(request, {
        name,
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
    } catch (error) {
      signal?.throwIfAborted();
      if (limit.aborted) throw userError("page_too_slow", 413, "The page takes too long: send it smaller");
      if ((error as { code?: string }).code === "ERR_WORKER_OUT_OF_MEMORY") {
        throw userError(
          "page_too_large",
          413,
          "The page takes too much memory: send it smaller, or in strips",
        );
      }
      throw new QuatrainError("The page could not be worked on", {
        code: "page_failed",
        status: 500,
        cause: error,
      });
    }
  }
}
