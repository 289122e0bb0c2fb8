import type { Picture } from "../../../algorithms/image/picture.ts";
import type { QualityMeasures } from "../../../algorithms/image/quality/measure-quality.ts";
import { learnQuality, type QualityReference } from "../../../algorithms/image/quality/quality-reference.ts";
import { lookAtQuality } from "./look-at-quality.ts";

/** Enough to tell what is usual; a fit on thousands of pictures holds no more of them. */
const MOST_LOOKED_AT = 256;

/** Learns from a fit's pictures, as they pass by, what good ones are like. */
export class QualityLearner {
  readonly #every: number;
  readonly #measured = new Map<string, QualityMeasures>();

  /** @param pictures how many there will be: of many, evenly spread ones are looked at */
  constructor(pictures: number) {
    this.#every = Math.max(1, Math.ceil(pictures / MOST_LOOKED_AT));
  }

  /** Whether a picture is among those that are looked at: no other one needs to be decoded for it. */
  wants(index: number): boolean {
    return index % this.#every === 0;
  }

  /** Looks at a picture; a second time changes nothing. */
  async observe(index: number, contentHash: string, picture: Picture): Promise<void> {
    if (!this.wants(index) || this.#measured.has(contentHash)) return;
    this.#measured.set(contentHash, await lookAtQuality(picture));
  }

  /** Null when no picture passed by. */
  reference(): QualityReference | null {
    return this.#measured.size === 0 ? null : learnQuality([...this.#measured.values()]);
  }
}
