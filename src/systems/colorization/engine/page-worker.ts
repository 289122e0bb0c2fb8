/** Entry of a thread that works on pages: pure functions, one at a time. It may be ended at any instant. */
import { colourPage } from "../../../algorithms/colouring/colour-page.ts";
import { describeReferences } from "../../../algorithms/colouring/describe-references.ts";
import { keepPage } from "../../../algorithms/colouring/keep-page.ts";
import type { ColouredPage, ColouringRequest, ReferenceModel } from "../../../algorithms/colouring/port.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";
import { preparePage } from "../../../algorithms/page/prepare-page.ts";
import type { PageKind, PreparedPage } from "../../../algorithms/page/prepared-page.ts";
import { structureCheck } from "../../../algorithms/page/structure-check.ts";
import { structureOverlay } from "../../../algorithms/page/structure-overlay.ts";
import type { StructureCheck } from "./port.ts";

/** What the pages of a chapter may be: which of them is known only when they are seen. */
const KINDS: readonly PageKind[] = ["ink", "screentone", "shaded"];

export function prepare(page: Picture): PreparedPage {
  return preparePage(page);
}

export function describe({
  references,
  seed,
}: {
  references: readonly Picture[];
  seed: number;
}): ReferenceModel {
  return describeReferences(references, KINDS, seed);
}

export function colour(request: ColouringRequest): ColouredPage {
  return colourPage(request);
}

export function keep({
  page,
  prepared,
  coloured,
  strength,
}: {
  page: Picture;
  prepared: Pick<PreparedPage, "textMask">;
  coloured: Picture;
  strength: number;
}): Picture {
  return keepPage(page, prepared, coloured, strength);
}

export function check({ original, result }: { original: Picture; result: Picture }): StructureCheck {
  const report = structureCheck(original, result);
  return { report, overlay: structureOverlay(result, report) };
}
