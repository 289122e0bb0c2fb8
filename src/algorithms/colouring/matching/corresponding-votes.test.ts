import { describe, expect, it } from "vitest";
import { oklabOf } from "../../colour/oklab.ts";
import type { Picture } from "../../image/picture.ts";
import { preparePage } from "../../page/prepare-page.ts";
import { colourPage } from "../colour-page.ts";
import { drawnFigure, type Shown, toneOfFigure } from "../correspondence/testing.ts";
import { describeReferences } from "../describe-references.ts";

type Paint = (gray: number) => readonly [number, number, number];

// All three turn to the same gray.
const GRAY: Paint = (gray) => [gray, gray, gray];
const RED: Paint = (gray) => [gray + 80, gray - 40.7, gray];
const BLUE: Paint = (gray) => [gray, gray - 19.4, gray + 100];

function painted(
  width: number,
  height: number,
  figures: readonly (Shown & { readonly paint: Paint })[],
): Picture {
  const data = new Uint8Array(3 * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    let colour = GRAY(205);
    for (const { paint, ...shown } of figures) {
      const tone = toneOfFigure(shown, pixel % width, Math.floor(pixel / width));
      if (tone !== undefined) colour = paint(60 + 90 * tone);
    }
    data.set(colour.map(Math.round), 3 * pixel);
  }
  return { width, height, data };
}

/** Mean OKLab a and b where a figure is. */
function tintOf({ width, height, data }: Picture, shown: Shown): readonly [number, number] {
  let [count, a, b] = [0, 0, 0];
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (toneOfFigure(shown, pixel % width, Math.floor(pixel / width)) === undefined) continue;
    const [, red, yellow] = oklabOf(
      ...([...data.subarray(3 * pixel, 3 * pixel + 3)] as [number, number, number]),
    );
    count++;
    a += red;
    b += yellow;
  }
  return [a / count, b / count];
}

describe("figures of the same grays", () => {
  const one = drawnFigure(1);
  // The same parts in another arrangement: each part by itself looks like one of the first figure.
  const places = drawnFigure(2);
  const other = one.map((part, at) => ({ ...part, x: places[at]?.x ?? 0, y: places[at]?.y ?? 0 }));
  const reference = painted(500, 400, [
    { ellipses: one, x: 10, y: 60, side: 240, paint: RED },
    { ellipses: other, x: 250, y: 100, side: 240, paint: BLUE },
  ]);

  it("each take their own colours, in a mirror and at another size too", () => {
    const left = { ellipses: other, x: 10, y: 40, side: 200, mirrored: true };
    const right = { ellipses: one, x: 220, y: 120, side: 260 };
    const page = painted(500, 400, [
      { ...left, paint: GRAY },
      { ...right, paint: GRAY },
    ]);
    const prepared = preparePage(page);
    const references = describeReferences([reference], [prepared.kind], 1);
    const { picture } = colourPage({
      page,
      prepared,
      references,
      strength: 1,
      seed: 1,
      hints: [],
      exemplars: [],
    });
    const [blue, red] = [tintOf(picture, left), tintOf(picture, right)];
    expect(blue[1]).toBeLessThan(-0.05);
    expect(red[0]).toBeGreaterThan(0.05);
    expect(red[0]).toBeGreaterThan(blue[0] + 0.04);
    expect(red[1]).toBeGreaterThan(blue[1] + 0.04);
  });
});
