import { seededRandom } from "../../anomaly/seeded-random.ts";
import type { Mask, Picture } from "../picture.ts";
import { type DefectKind, drawDefect } from "./defects.ts";
import { discSurface, drawPose } from "./disc-surface.ts";

export { DEFECT_KINDS, type DefectKind } from "./defects.ts";

/** A drawn brake disc and where its flaw is. */
export interface DrawnDisc {
  readonly picture: Picture;
  /** The flaw's pixels; all 0 on a good part. */
  readonly truth: Mask;
}

export interface DiscOptions {
  readonly defect?: DefectKind;
  /** How strong the flaw's tint is: 1, plain to see; 0.3 hides most of them in the brushing. */
  readonly strength?: number;
  /** Width and height in pixels; 448. */
  readonly size?: number;
}

/**
 * Draws the picture of a brake disc as a camera over a line would see it: a brushed ring, a cast hat with five
 * bolt holes, light, pose and noise that differ from part to part. One seed always gives the same bytes.
 * O(pixels). For demonstrations, tests and benchmarks, which must not depend on anybody's pictures.
 */
export function drawDisc(seed: number, { defect, strength = 1, size = 448 }: DiscOptions = {}): DrawnDisc {
  const random = seededRandom(seed);
  const pose = drawPose(size, random);
  const flaw = defect === undefined ? null : drawDefect(defect, pose, random);
  const data = new Uint8Array(size * size * 3);
  const truth = new Uint8Array(size * size);
  for (let pixel = 0; pixel < truth.length; pixel++) {
    const [x, y] = [pixel % size, Math.floor(pixel / size)];
    const light = discSurface(pose, x, y);
    const covered = flaw === null ? 0 : flaw.coverage(x, y);
    if (covered >= 0.5) truth[pixel] = 1;
    const grain = 2.2 * random.normal();
    for (let channel = 0; channel < 3; channel++) {
      const tint = covered === 0 ? 0 : strength * covered * (flaw?.tint[channel] ?? 0);
      // Steel is a trace bluer than the lamp.
      data[3 * pixel + channel] = clamp(
        light * (1 + 0.015 * (channel - 1)) + tint + grain + 3 * random.uniform() - 1.5,
      );
    }
  }
  return {
    picture: { width: size, height: size, data },
    truth: { width: size, height: size, data: truth },
  };
}

function clamp(light: number): number {
  return Math.round(Math.min(255, Math.max(0, light)));
}
