import { describe, expect, it } from "vitest";
import { LIGHTNESS_OF_GRAY, oklabOf } from "../../colour/oklab.ts";
import type { Picture } from "../../image/picture.ts";
import { viewIn } from "../analysis/analysis-view.ts";
import { type DrawingDomain, toneIn } from "../analysis/drawing-domain.ts";
import { referenceView } from "../analysis/reference-view.ts";
import { shadeAt, toneTable } from "./tone-table.ts";

type Colour = readonly [number, number, number];
const DARK: Colour = [120, 20, 30];
const LIGHT: Colour = [150, 200, 240];

function halves(): Picture {
  const data = new Uint8Array(3 * 80 * 60);
  for (let pixel = 0; pixel < 80 * 60; pixel++) data.set(pixel % 80 < 40 ? DARK : LIGHT, 3 * pixel);
  return { width: 80, height: 60, data };
}

function tableIn(domain: DrawingDomain) {
  const seen = referenceView(halves());
  return toneTable(domain, [{ seen, shown: viewIn(domain, "reference", seen.view) }]);
}

function grayTone([red, green, blue]: Colour): number {
  return LIGHTNESS_OF_GRAY[Math.round(0.299 * red + 0.587 * green + 0.114 * blue)] as number;
}

describe("the usual shade of a tone", () => {
  it("is the colour that turns to it", () => {
    const table = tableIn("plain");
    for (const colour of [DARK, LIGHT]) {
      const [l, a, b] = oklabOf(...colour);
      const tone = grayTone(colour);
      expect(shadeAt(table, tone, 1)).toBeCloseTo(a, 2);
      expect(shadeAt(table, tone, 2)).toBeCloseTo(b, 2);
      expect(tone + shadeAt(table, tone, 3)).toBeCloseTo(l, 2);
    }
  });

  it("is defined for every tone, whatever the references lack", () => {
    for (const domain of ["plain", "screened", "inked"] as const) {
      const table = tableIn(domain);
      for (let tone = -0.1; tone <= 1.1; tone += 0.05)
        for (let part = 0; part < 4; part++) expect(Number.isFinite(shadeAt(table, tone, part))).toBe(true);
    }
  });

  it("is darker where a drawn page means something darker than the references have", () => {
    const table = tableIn("screened");
    const black = shadeAt(table, toneIn("screened", "page", 0.1), 0);
    const white = shadeAt(table, toneIn("screened", "page", 1), 0);
    expect(white - black).toBeGreaterThan(0.3);
  });
});
