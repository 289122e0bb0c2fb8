import type * as contract from "../../../src/contracts/inspection/index.ts";
import type { AnswerOf } from "../../../src/contracts/route.ts";
import type { RoiPlace } from "./place.ts";

/** What is stored for a region. */
export type Manifest = AnswerOf<typeof contract.manifest>;

/** What every part of a region's page is given. */
export interface RoiPartProps {
  readonly place: RoiPlace;
  readonly found: Manifest;
}

/** Where one of a region's stored pictures lies. */
export function pictureUrl({ recipe_id, role_id, roi_id }: RoiPlace, label: "ok" | "ng", filename: string) {
  return `/datasets/file?${new URLSearchParams({ recipe_id, role_id, roi_id, label, filename })}`;
}
