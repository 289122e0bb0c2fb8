import type { ReferenceModel } from "../../../algorithms/colouring/port.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";
import type { PageKind } from "../../../algorithms/page/prepared-page.ts";
import type { PictureLimits } from "../../../ml/images/picture-errors.ts";
import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import type { ChapterJob } from "../chapter-job.ts";
import type { PageEngine } from "../engine/port.ts";
import { readPagePicture } from "../read-page-picture.ts";
import { type ReadInputsDeps, readPicture } from "./read-inputs.ts";

export interface JobReferencesDeps extends ReadInputsDeps {
  readonly engine: PageEngine;
  readonly pictureLimits: PictureLimits;
}

const DEFAULT_SEED = 1;
export const WITHOUT_COLOUR = "reference_without_colour";

/** A job's references: read once, described once for each kind of page that turns up. */
export class JobReferences {
  readonly #deps: JobReferencesDeps;
  readonly #job: ChapterJob;
  readonly #pictures: readonly Picture[];
  readonly #models = new Map<PageKind, ReferenceModel>();

  private constructor(deps: JobReferencesDeps, job: ChapterJob, pictures: readonly Picture[]) {
    this.#deps = deps;
    this.#job = job;
    this.#pictures = pictures;
  }

  /** @throws QuatrainError for references that are not there, or no pictures */
  static async read(deps: JobReferencesDeps, job: ChapterJob): Promise<JobReferences> {
    const pictures: Picture[] = [];
    for (const word of job.order.styleReferences) {
      const bytes = await readPicture(deps, "style_reference", word);
      pictures.push(await inReference(word, () => readPagePicture(bytes, deps.pictureLimits)));
    }
    return new JobReferences(deps, job, pictures);
  }

  /** As it is, for engines from outside. */
  get first(): Picture {
    return this.#pictures[0]!;
  }

  /** @throws QuatrainError `reference_without_colour` (400) */
  async describedFor(kind: PageKind, signal: AbortSignal): Promise<ReferenceModel> {
    const known = this.#models.get(kind);
    if (known !== undefined) return known;
    const { order } = this.#job;
    const model = await this.#deps.engine.describe(
      this.#pictures,
      [kind],
      order.seed ?? DEFAULT_SEED,
      signal,
    );
    if (!model.hasColour && order.engine !== "dummy") {
      throw userError(
        WITHOUT_COLOUR,
        400,
        "The style reference has no colour to give: send a coloured picture of the same characters",
      );
    }
    this.#models.set(kind, model);
    return model;
  }
}

/** Which of the references it is that cannot be used. */
async function inReference<Result>(word: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof QuatrainError)) throw error;
    throw userError(error.code, error.status, `style_reference ${word.slice(0, 300)}: ${error.message}`);
  }
}
