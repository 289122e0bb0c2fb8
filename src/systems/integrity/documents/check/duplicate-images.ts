import { hammingDistance } from "../../../../algorithms/image/perceptual-hash.ts";
import type { Finding } from "../../../../algorithms/text/finding.ts";
import type { DocumentImage } from "../port.ts";

/** Hashes of one picture, scaled or compressed anew, differ by no more bits than this. */
export const MOST_BITS = 6;
/** What has more likenesses is a part of the layout, a logo or a header. */
const MOST_LIKENESSES = 1;
/** Covers show the same logos within the first pages. */
const COVER_PAGES = 2;
/** Smaller ones are logos and icons, in pixels. */
const LARGE = 300;
/** A picture and its copy have the same shape, to this factor. */
const SHAPE_TOLERANCE = 1.05;
const MOST_FINDINGS = 20;

/**
 * Pictures that a document contains twice: as equal files or pixels, or so alike that one may be the other scaled or
 * compressed anew. Plots of one program and screens of one program are alike, too. O(images squared), of 200.
 */
export function findDuplicateImages(images: readonly DocumentImage[]): Finding[] {
  const large = images.flatMap((image, index) => (isLarge(image) ? [{ ...image, number: index + 1 }] : []));
  const findings: Finding[] = [];
  for (const [at, image] of large.entries()) {
    const others = large.filter((other, index) => index !== at && distanceOf(image, other) <= MOST_BITS);
    if (others.length === 0 || others.length > MOST_LIKENESSES) continue;
    const [other] = others;
    if (other === undefined || other.number < image.number) continue;
    const distance = distanceOf(image, other);
    const exact = image.sha256 === other.sha256;
    findings.push({
      rule: "images.duplicate",
      severity: exact ? "medium" : "low",
      value: distance,
      threshold: MOST_BITS,
      span: null,
      facts: { where: "document", match: exact ? "exact" : "similar", ...placesOf(image, other) },
    });
  }
  return findings.slice(0, MOST_FINDINGS);
}

type Numbered = DocumentImage & { readonly number: number };

/** Numbers in the document's order, and pages where there are any. */
function placesOf(first: Numbered, second: Numbered) {
  const numbers = { image: first.number, other_image: second.number };
  return first.page === undefined || second.page === undefined
    ? numbers
    : { ...numbers, page: first.page, other_page: second.page };
}

function isLarge({ width, height, page }: DocumentImage): boolean {
  return Math.min(width, height) >= LARGE && (page === undefined || page > COVER_PAGES);
}

/** Bits that differ; infinite where they cannot be compared. */
function distanceOf(a: DocumentImage, b: DocumentImage): number {
  if (a.sha256 === b.sha256) return 0;
  const shapes = (a.width * b.height) / (b.width * a.height);
  if (a.phash === null || b.phash === null || Math.max(shapes, 1 / shapes) > SHAPE_TOLERANCE)
    return Number.POSITIVE_INFINITY;
  return hammingDistance(a.phash, b.phash);
}
