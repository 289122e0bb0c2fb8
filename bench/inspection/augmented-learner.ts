import { rotate } from "../../src/algorithms/image/augmentation/rotate.ts";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import type { Learner } from "./evaluate.ts";

/** Degrees, and how much lighter: what a camera over a line may see beside the good pictures. */
const CHANGES = [
  [2, 1.04],
  [-2, 0.96],
] as const;

/** Learns from each good picture also turned a little and in another light. */
export function turnedAndLit(learn: Learner): Learner {
  return (fit) => learn([...fit, ...fit.flatMap(changed)]);
}

function changed(picture: Picture): Picture[] {
  const white = { ...picture, data: new Uint8Array(picture.data.length).fill(255) };
  return CHANGES.map(([degrees, gain]) => {
    const turned = rotate(picture, degrees).data;
    const isInside = rotate(white, degrees).data;
    const data = turned.map((value, at) => {
      const own = isInside[at] === 255 ? value : picture.data[at]!; // corners stay as they are
      return Math.min(255, Math.round(gain * own));
    });
    return { ...picture, data };
  });
}
