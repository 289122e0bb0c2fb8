/**
 * Entry of a thread that works on pages: pure functions, one at a time. It may be ended at any instant. What is large goes in
 * and out in shared memory: a page's planes are handed over a dozen times.
 */
import { colourPage } from "../../../algorithms/colouring/colour-page.ts";
import { describeReferences } from "../../../algorithms/colouring/describe-references.ts";
import { keepPage } from "../../../algorithms/colouring/keep-page.ts";
import {
  lookAtPage,
  lookAtReference,
  type PointedPlace,
} from "../../../algorithms/colouring/look-at-places.ts";
import type { ColouredPage, ColouringRequest, ReferenceModel } from "../../../algorithms/colouring/port.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";
import { preparePage } from "../../../algorithms/page/prepare-page.ts";
import type { PageBox, PageKind, PreparedPage } from "../../../algorithms/page/prepared-page.ts";
import { type DotsTold, structureCheck } from "../../../algorithms/page/structure-check.ts";
import { structureOverlay } from "../../../algorithms/page/structure-overlay.ts";
import type { StructureCheck } from "./port.ts";
import { inSharedMemory } from "./shared-memory.ts";

export function prepare(page: Picture): PreparedPage {
  return inSharedMemory(preparePage(page));
}

export function describe({
  references,
  kinds,
  seed,
}: {
  references: readonly Picture[];
  kinds: readonly PageKind[];
  seed: number;
}): ReferenceModel {
  return inSharedMemory(describeReferences(references, kinds, seed));
}

export function look({
  page,
  coloured,
  places,
}: {
  page: Picture;
  coloured: Picture | null;
  places: readonly PageBox[];
}): readonly PointedPlace[] {
  return lookAtPage(page, preparePage(page), coloured, places);
}

export function lookAtPicture({
  picture,
  places,
}: {
  picture: Picture;
  places: readonly PageBox[];
}): readonly PointedPlace[] {
  return lookAtReference(picture, places);
}

export function colour(request: ColouringRequest): ColouredPage {
  return inSharedMemory(colourPage(request));
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
  return inSharedMemory(keepPage(page, prepared, coloured, strength));
}

export function check({
  original,
  result,
  prepared,
}: {
  original: Picture;
  result: Picture;
  prepared: DotsTold;
}): StructureCheck {
  const report = structureCheck(original, result, prepared);
  const { lost: _, added: __, ...rest } = report;
  return inSharedMemory({ report: rest, overlay: structureOverlay(result, report) });
}
