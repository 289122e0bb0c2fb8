import { existsSync, readFileSync } from "node:fs";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { decodePicture } from "../../src/ml/images/decode-picture.ts";

/** A page in colour, which is the truth, and a reference for it. */
export interface Pair {
  readonly name: string;
  /** `scene`: the reference shows the same scene or cast. */
  readonly reference: Picture;
  readonly truth: Picture;
}

const SAMPLES = new URL("../../../shared/samples/colorization/", import.meta.url);

const PAIRS: readonly (readonly [name: string, reference: string, truth: string])[] = [
  ["E05P02", "pepper-carrot/E05.png", "pepper-carrot/E05P02.png"],
  ["E05P04", "pepper-carrot/E05.png", "pepper-carrot/E05P04.png"],
  ["E06P01", "pepper-carrot/E06.png", "pepper-carrot/E06P01.png"],
  ["E06P02", "pepper-carrot/E06P01.png", "pepper-carrot/E06P02.png"],
  ["E06P04", "pepper-carrot/E06.png", "pepper-carrot/E06P04.png"],
  ["comic", "comic/reference.png", "comic/input.png"],
];

/** Covers and pages of one story each. */
const STORIES = [
  ["E05", "E05P02", "E05P04"],
  ["E06", "E06P01", "E06P02", "E06P04"],
];
/** Every page of a story after every other one: also covers, which bleed off their edges, and references of no help. */
const CROSSED: typeof PAIRS = STORIES.flatMap((story) =>
  story.flatMap((truth) =>
    story
      .filter((reference) => reference !== truth)
      .map(
        (reference) =>
          [`${truth}<${reference}`, `pepper-carrot/${reference}.png`, `pepper-carrot/${truth}.png`] as const,
      ),
  ),
);

/**
 * The pairs of the samples, or every page of a story with every other one; none where the samples are absent. They are
 * not in this repository.
 */
export async function readPairs(only: RegExp, crossed = false): Promise<readonly Pair[]> {
  if (!existsSync(SAMPLES)) return [];
  const wanted = (crossed ? CROSSED : PAIRS).filter(([name]) => only.test(name));
  return Promise.all(
    wanted.map(async ([name, reference, truth]) => ({
      name,
      reference: await decoded(reference),
      truth: await decoded(truth),
    })),
  );
}

function decoded(file: string): Promise<Picture> {
  const bytes = new Uint8Array(readFileSync(new URL(file, SAMPLES)));
  return decodePicture(bytes, { maxBytes: 2 ** 24, maxPixels: 2 ** 24 });
}
