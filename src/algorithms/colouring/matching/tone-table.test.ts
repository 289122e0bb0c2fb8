import { describe, expect, it } from "vitest";
import { LIGHTNESS_OF_GRAY, type Oklab, oklabOf } from "../../colour/oklab.ts";
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

function tableIn(domain: DrawingDomain, ink: Oklab | null = null, picture = halves()) {
  const seen = referenceView(picture);
  return toneTable(domain, [{ seen, shown: viewIn(domain, "reference", seen.view) }], ink);
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

  it("is the ink's hue where it is darker than all that the references have, and only there", () => {
    const brown = oklabOf(60, 40, 20);
    const pale = halves();
    for (let at = 0; at < pale.data.length; at++)
      pale.data[at] = 120 + Math.round((pale.data[at] as number) / 2);
    const dark = toneIn("screened", "page", 0.1);
    const [inked, plain] = [tableIn("screened", brown, pale), tableIn("screened", null, pale)];
    for (const part of [1, 2]) {
      const from = shadeAt(plain, dark, part);
      const to = brown[part] as number;
      expect((shadeAt(inked, dark, part) - from) / (to - from)).toBeGreaterThan(0.7);
      expect((shadeAt(inked, dark, part) - from) / (to - from)).toBeLessThanOrEqual(1.001);
      expect(shadeAt(inked, 1, part)).toBe(shadeAt(plain, 1, part));
      expect(shadeAt(tableIn("screened", brown), dark, part)).toBe(shadeAt(tableIn("screened"), dark, part));
    }
  });
});
