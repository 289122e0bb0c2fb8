import type {
  CharacterColour,
  ColourHint,
  Exemplar,
  ReferenceModel,
  SeenColour,
} from "../../algorithms/colouring/port.ts";
import type { Picture } from "../../algorithms/image/picture.ts";
import type { PreparedPage } from "../../algorithms/page/prepared-page.ts";
import { decodePicture } from "../../ml/images/decode-picture.ts";
import { encodePng, resizePicture } from "../../ml/images/edit-picture.ts";
import type { PictureLimits } from "../../ml/images/picture-errors.ts";
import { messageOf, QuatrainError, userError } from "../../platform/errors/quatrain-error.ts";
import type { EngineName, JobOrder } from "./chapter-job.ts";
import type { OutsideEngine } from "./engine/outside-engine.ts";
import type { PageEngine } from "./engine/port.ts";

/** What a page is coloured with. */
export interface ColourWork {
  readonly order: JobOrder;
  /** For engines from outside; their own where it is empty. */
  readonly prompt: string;
  readonly pageNum: number;
  readonly page: Picture;
  readonly prepared: PreparedPage;
  readonly references: ReferenceModel;
  /** The first reference as it is, for engines from outside. */
  readonly reference: Picture;
  readonly seed: number;
  readonly exemplars: readonly Exemplar[];
  readonly characters: readonly CharacterColour[];
  /** Hints beside those of the order. */
  readonly pinned: readonly ColourHint[];
}

/** A coloured page, and who coloured it. */
export interface ColourOutcome {
  readonly picture: Picture;
  readonly engine: string;
  /** The engine that was asked for, where another coloured the page; with the reason. */
  readonly fallback: { readonly from: EngineName; readonly reason: string } | null;
  /** Null where the page taught its chapter nothing. */
  readonly exemplars: readonly Exemplar[] | null;
  readonly paletteDrift: number | null;
  /** Hints for this page that the engine cannot heed; 0 where they were heeded. */
  readonly hintsIgnored: number;
  /** What became of the characters' colours; null where the engine knows nothing of them. */
  readonly seen: readonly SeenColour[] | null;
}

export interface ColourerParts {
  readonly engine: PageEngine;
  /** What `flux` is done with; null where nothing is configured. */
  readonly outside: OutsideEngine | null;
  readonly pictureLimits: PictureLimits;
}

const PROMPT =
  "Colour this manga page with the colours of the reference. Keep lines, text and layout as they are.";

/** A page that nobody here has coloured: it teaches its chapter nothing. */
export function uncoloured(picture: Picture, engine: string): ColourOutcome {
  return {
    picture,
    engine,
    fallback: null,
    exemplars: null,
    paletteDrift: null,
    hintsIgnored: 0,
    seen: null,
  };
}

/** Chooses who colours a page, and says so: a page that nobody coloured is never given back as done. */
export class PageColourer {
  readonly #parts: ColourerParts;

  constructor(parts: ColourerParts) {
    this.#parts = parts;
  }

  /** @throws QuatrainError 4xx where the page cannot be coloured, with what to do */
  async colour(work: ColourWork, signal: AbortSignal): Promise<ColourOutcome> {
    const { engine, fallback } = work.order;
    if (engine === "dummy") {
      return uncoloured(work.page, "dummy");
    }
    if (engine === "embedded") return this.#embedded(work, null, signal);
    const { outside } = this.#parts;
    if (outside === null) {
      const reason = "No ComfyUI server is configured (QUATRAIN_COMFYUI_URL)";
      return this.#embedded(work, { from: "flux", reason }, signal);
    }
    try {
      const picture = await this.#outside(outside, work, signal);
      const hintsIgnored = hintsFor(work.order, work.pageNum, work.page).length;
      return { ...uncoloured(picture, outside.name), hintsIgnored };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof QuatrainError)) throw error;
      if (fallback === "embedded")
        return this.#embedded(work, { from: "flux", reason: messageOf(error) }, signal);
      // the engine has been tried again by now: it is this page that fails, not the job
      throw userError(error.code, 409, error.message);
    }
  }

  async #embedded(
    work: ColourWork,
    fallback: ColourOutcome["fallback"],
    signal: AbortSignal,
  ): Promise<ColourOutcome> {
    const { order, page, prepared, references, seed, exemplars, characters, pinned, pageNum } = work;
    const hints = hintsFor(order, pageNum, page);
    const done = await this.#parts.engine.colour(
      {
        page,
        prepared,
        references,
        strength: order.strength,
        seed,
        hints: [...hints, ...pinned],
        exemplars,
        characters,
      },
      signal,
    );
    return {
      picture: done.picture,
      engine: "embedded",
      fallback,
      exemplars: done.exemplars,
      paletteDrift: done.paletteDrift,
      hintsIgnored: 0,
      seen: done.seen,
    };
  }

  /** Its colours on the page's own lines and lightness, at the page's size, balloons as they were. */
  async #outside(outside: OutsideEngine, work: ColourWork, signal: AbortSignal): Promise<Picture> {
    const { order, prompt, page, prepared, reference, seed } = work;
    const bytes = await outside.colour({
      page: await encodePng(page),
      reference: await encodePng(reference),
      prompt: prompt || PROMPT,
      seed,
      strength: order.strength,
      signal,
    });
    const coloured = await resizePicture(await decodePicture(bytes, this.#parts.pictureLimits), page);
    return this.#parts.engine.keep(
      page,
      prepared,
      coloured,
      outside.appliesStrength ? 1 : order.strength,
      signal,
    );
  }
}

/**
 * The hints of a page; those for no page in particular only where they lie on it.
 * @throws QuatrainError `hint_outside_page` (400)
 */
function hintsFor({ hints }: JobOrder, pageNum: number, { width, height }: Picture): ColourHint[] {
  return hints.flatMap((hint, index) => {
    if (hint.pageNum !== null && hint.pageNum !== pageNum) return [];
    if (hint.x < width && hint.y < height)
      return [
        {
          place: {
            x: hint.x,
            y: hint.y,
            width: Math.min(hint.width, width - hint.x),
            height: Math.min(hint.height, height - hint.y),
          },
          colour: hint.colour,
        },
      ];
    if (hint.pageNum === null) return [];
    throw userError(
      "hint_outside_page",
      400,
      `hints.${index} lies at ${hint.x}, ${hint.y}, outside of the page, which is ${width} x ${height}`,
    );
  });
}
