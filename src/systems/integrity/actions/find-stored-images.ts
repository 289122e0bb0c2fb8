import { hammingDistance } from "../../../algorithms/image/perceptual-hash.ts";
import type { TextFinding } from "../engine/port.ts";
import type { CaseReader } from "../store/case-reader.ts";
import type { ImageReader, NewImage, StoredImage } from "../store/image-store.ts";

export interface FindImagesDeps {
  readonly images: ImageReader;
  readonly cases: CaseReader;
}

/** Hashes of the same picture, scaled or compressed anew, differ by no more bits than this. */
const MOST_BITS = 6;
const MOST_FINDINGS = 20;
/** A picture that so many stored cases have is a logo, a seal, or part of a template. */
const EVERYBODYS_FROM = 3;

/** Pictures of a new file that are in files of stored cases too: one finding for each of these. */
export async function findStoredImages(
  { images, cases }: FindImagesDeps,
  own: readonly NewImage[],
): Promise<TextFinding[]> {
  const findings = new Map<string, TextFinding>();
  for (const image of own) {
    const alike = (await images.near(image))
      .map((other) => ({ other, distance: distanceOf(image, other) }))
      .filter(({ distance }) => distance <= MOST_BITS);
    if (new Set(alike.map(({ other }) => other.caseId)).size >= EVERYBODYS_FROM) continue;
    for (const { other, distance } of alike) {
      if (findings.has(other.caseId)) continue;
      const record = await cases.findCase(other.caseId);
      if (record === null) continue;
      findings.set(other.caseId, {
        rule: "images.duplicate",
        severity: distance === 0 && image.sha256 === other.sha256 ? "medium" : "low",
        value: distance,
        threshold: MOST_BITS,
        span: null,
        facts: { where: "store", case_id: record.id },
      });
      if (findings.size >= MOST_FINDINGS) return [...findings.values()];
    }
  }
  return [...findings.values()];
}

/** Bits by which two pictures differ; 0 for the same bytes. */
function distanceOf(a: NewImage, b: StoredImage): number {
  if (a.sha256 === b.sha256) return 0;
  return a.phash === null || b.phash === null ? Number.POSITIVE_INFINITY : hammingDistance(a.phash, b.phash);
}
