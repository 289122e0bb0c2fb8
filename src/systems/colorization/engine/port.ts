import type { PointedPlace } from "../../../algorithms/colouring/look-at-places.ts";
import type { ColouredPage, ColouringRequest, ReferenceModel } from "../../../algorithms/colouring/port.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";
import type { PageBox, PageKind, PreparedPage } from "../../../algorithms/page/prepared-page.ts";
import type { DotsTold, StructureReport } from "../../../algorithms/page/structure-check.ts";

/** A report without the masks that only the overlay shows. */
export type LinesReport = Omit<StructureReport, "lost" | "added">;

/** Whether the lines of a page are where they were, and a picture that shows it. */
export interface StructureCheck {
  readonly report: LinesReport;
  readonly overlay: Picture;
}

/** The heavy work on pages, off the event loop. Everything is pure and deterministic. */
export interface PageEngine {
  /** The first pass. */
  prepare(page: Picture, signal?: AbortSignal): Promise<PreparedPage>;
  /** Reads references for pages of some kinds. */
  describe(
    references: readonly Picture[],
    kinds: readonly PageKind[],
    seed: number,
    signal?: AbortSignal,
  ): Promise<ReferenceModel>;
  /** The second pass of the embedded engine. */
  colour(request: ColouringRequest, signal?: AbortSignal): Promise<ColouredPage>;
  /** The colours of another picture of the page on the page itself. */
  keep(
    page: Picture,
    prepared: Pick<PreparedPage, "textMask">,
    coloured: Picture,
    strength: number,
    signal?: AbortSignal,
  ): Promise<Picture>;
  /** What lies at places of a page, and its colour on a coloured version of it. */
  lookAtPage(
    page: Picture,
    coloured: Picture | null,
    places: readonly PageBox[],
    signal?: AbortSignal,
  ): Promise<readonly PointedPlace[]>;
  /** The same on a coloured picture. */
  lookAtPicture(
    picture: Picture,
    places: readonly PageBox[],
    signal?: AbortSignal,
  ): Promise<readonly PointedPlace[]>;
  /** Phase C. */
  check(
    original: Picture,
    result: Picture,
    prepared: DotsTold,
    signal?: AbortSignal,
  ): Promise<StructureCheck>;
  close(): Promise<void>;
}
