import { isNearWhite } from "../near-white.ts";
import { type Box, contains } from "./matrix.ts";

interface Ground {
  readonly box: Box;
  readonly white: boolean;
  readonly image: boolean;
}

/** The last ones count: what was painted before lies beneath. */
const MOST = 2_000;

/** Points: smaller pictures are bullets and rules, or none. */
const MIN_IMAGE = 8;

/** What has been painted on a page, for those who ask what letters stand on. */
export class Grounds {
  readonly #grounds: Ground[] = [];

  /** @param color `#rrggbb`, or null for patterns and shades, which count as dark. */
  addFilled(box: Box, color: string | null): void {
    this.#add({ box, white: color !== null && isNearWhite(color), image: false });
  }

  addImage(box: Box): void {
    const [left, bottom, right, top] = box;
    if (right - left >= MIN_IMAGE && top - bottom >= MIN_IMAGE) this.#add({ box, white: false, image: true });
  }

  /** Whether there is nothing but white beneath a place so far. O(grounds). */
  isWhite(x: number, y: number): boolean {
    return this.#grounds.findLast(({ box }) => contains(box, x, y))?.white ?? true;
  }

  /** Whether any picture of the page covers a place. */
  isPictured(x: number, y: number): boolean {
    return this.#grounds.some(({ box, image }) => image && contains(box, x, y));
  }

  get hasImages(): boolean {
    return this.#grounds.some(({ image }) => image);
  }

  #add(ground: Ground): void {
    this.#grounds.push(ground);
    if (this.#grounds.length > 2 * MOST) this.#grounds.splice(0, MOST);
  }
}
