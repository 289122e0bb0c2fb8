import { probePicture } from "../../ml/images/decode-picture.ts";

/** 3 bytes each, and the decoder's own: about 200 MB. */
const MAX_PIXELS = 40_000_000;

/** Lets many small pictures be decoded side by side and large ones one after the other, so that memory stays bounded. */
export class PixelBudget {
  readonly #waiting: (() => void)[] = [];
  #used = 0;

  /** Does the work once there is room for the picture; one that is larger than all the room gets it alone. */
  async whileDecoding<Result>(bytes: Uint8Array, work: () => Promise<Result>): Promise<Result> {
    const pixels = await pixelsOf(bytes);
    while (this.#used > 0 && this.#used + pixels > MAX_PIXELS) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push(resolve);
      await promise;
    }
    this.#used += pixels;
    try {
      return await work();
    } finally {
      this.#used -= pixels;
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }
}

/** By its header; 0 where it has none: then it will not be decoded either. */
async function pixelsOf(bytes: Uint8Array): Promise<number> {
  const header = await probePicture(bytes).catch(() => null);
  return header === null ? 0 : header.width * header.height;
}
