import type { Oklab } from "../../colour/oklab.ts";
import type { ReferenceView } from "./reference-view.ts";

const FULL_INK = 0.9;
/** Pixels of full ink that it takes to know its colour. */
const LEAST_PIXELS = 100;

/** The mean colour of what is ink all through, OKLab: not every colourist draws in black. Null where there is none. */
export function inkColour(references: readonly ReferenceView[]): Oklab | null {
  let [l, a, b, pixels] = [0, 0, 0, 0];
  for (const { view, colours } of references)
    for (let pixel = 0; pixel < view.ink.length; pixel++) {
      if ((view.ink[pixel] as number) < FULL_INK) continue;
      pixels++;
      l += colours.l[pixel] as number;
      a += colours.a[pixel] as number;
      b += colours.b[pixel] as number;
    }
  return pixels < LEAST_PIXELS ? null : [l / pixels, a / pixels, b / pixels];
}
