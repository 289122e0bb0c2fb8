import { describe, expect, it } from "vitest";
import { oklabOf } from "../colour/oklab.ts";
import type { Picture } from "../image/picture.ts";
import { preparePage } from "../page/prepare-page.ts";
import type { PreparedPage } from "../page/prepared-page.ts";
import { colourPage } from "./colour-page.ts";
import { describeReferences } from "./describe-references.ts";
import { lookAtPage } from "./look-at-places.ts";
import type { ColouringRequest } from "./port.ts";

const SKY = [120, 170, 230] as const;
const COAT = [170, 50, 40] as const;
const GRASS = [70, 120, 50] as const;

/** Sky, grass and a coat with an outline, shifted by `shift` pixels. */
function scene(width: number, height: number, shift: number): Picture {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const away = Math.hypot((x - width / 2 - shift) / (width / 5), (y - height / 2) / (height / 4));
      const line = Math.abs(away - 1) < 0.07;
      const fill = away < 1 ? COAT : y < height / 2 ? SKY : GRASS;
      const shade = 0.92 + (0.08 * ((x * 7 + y * 3) % 40)) / 40;
      for (let part = 0; part < 3; part++)
        data[3 * (y * width + x) + part] = line ? 20 : Math.round((fill[part] as number) * shade);
    }
  return { width, height, data };
}

function gray({ width, height, data }: Picture): Picture {
  const turned = data.map((_, at) => {
    const from = at - (at % 3);
    return Math.round(
      0.299 * (data[from] as number) +
        0.587 * (data[from + 1] as number) +
        0.114 * (data[from + 2] as number),
    );
  });
  return { width, height, data: turned };
}

function request(page: Picture, changes: Partial<ColouringRequest> = {}): ColouringRequest {
  const prepared = preparePage(page);
  const references = describeReferences([scene(200, 160, 20)], [prepared.kind], 1);
  return { page, prepared, references, strength: 1, seed: 1, hints: [], exemplars: [], ...changes };
}

const page = gray(scene(180, 150, -10));

function pixel({ width, data }: Picture, x: number, y: number): readonly number[] {
  return [...data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)];
}

function difference(one: readonly number[], other: readonly number[]): number {
  return Math.max(...one.map((value, at) => Math.abs(value - (other[at] as number))));
}

describe("colouring a page", () => {
  it("gives things the colours they have in the reference", () => {
    const { picture, regions, confidence } = colourPage(request(page));
    const [coatRed = 0, , coatBlue = 0] = pixel(picture, 80, 75);
    expect(coatRed - coatBlue).toBeGreaterThan(60);
    const [skyRed = 0, , skyBlue = 0] = pixel(picture, 15, 15);
    expect(skyBlue - skyRed).toBeGreaterThan(40);
    expect(regions).toBeGreaterThan(100);
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(1);
  });

  it("keeps every byte at strength 0 and goes further with more of it", () => {
    const change = (strength: number) => {
      const { picture } = colourPage(request(page, { strength }));
      return picture.data.reduce((sum, value, at) => sum + Math.abs(value - (page.data[at] as number)), 0);
    };
    const changes = [0, 0.25, 0.6, 1].map(change);
    expect(changes[0]).toBe(0);
    expect([...changes].sort((a, b) => a - b)).toEqual(changes);
  });

  it("yields the same bytes for the same seed, from a model that travelled between threads too", () => {
    const asked = request(page);
    const one = colourPage(asked);
    const other = colourPage({ ...asked, references: structuredClone(asked.references) });
    expect(other).toEqual(one);
  });

  it("keeps lettering and gutters to the byte", () => {
    const asked = request(page);
    const textMask = { ...asked.prepared.textMask, data: asked.prepared.textMask.data.slice() };
    const gutterMask = { ...asked.prepared.gutterMask, data: asked.prepared.gutterMask.data.slice() };
    for (let y = 30; y < 60; y++) textMask.data.fill(1, y * 180 + 40, y * 180 + 90);
    gutterMask.data.fill(1, 0, 5 * 180);
    const prepared: PreparedPage = { ...asked.prepared, textMask, gutterMask };
    const { picture } = colourPage({ ...asked, prepared });
    for (let at = 0; at < textMask.data.length; at++)
      if (textMask.data[at] === 1 || gutterMask.data[at] === 1)
        expect(picture.data.subarray(3 * at, 3 * at + 3)).toEqual(page.data.subarray(3 * at, 3 * at + 3));
    expect(pixel(picture, 65, 100)).not.toEqual(pixel(page, 65, 100));
  });

  it("gives a hinted thing the hint's hue within its outline, and nothing outside", () => {
    const asked = request(page);
    const plain = colourPage(asked).picture;
    const place = { x: 78, y: 75, width: 1, height: 1 };
    const { picture } = colourPage({ ...asked, hints: [{ place, colour: [40, 60, 220] }] });
    for (const [x, y] of [
      [78, 75],
      [66, 90],
      [92, 62],
    ] as const) {
      const [red = 0, , blue = 0] = pixel(picture, x, y);
      expect(blue - red).toBeGreaterThan(40);
    }
    const outside = [20, 130] as const;
    expect(difference(pixel(picture, ...outside), pixel(plain, ...outside))).toBeLessThan(12);
  });

  it("hands on what it settled on, and tells how far a page drifts from it", () => {
    const asked = request(page);
    const first = colourPage(asked);
    expect(first.paletteDrift).toBeNull();
    expect(first.exemplars.length).toBeGreaterThan(3);
    expect(first.exemplars.length).toBeLessThanOrEqual(200);
    const exemplars = JSON.parse(JSON.stringify(first.exemplars)) as typeof first.exemplars;
    const second = colourPage({ ...asked, exemplars });
    expect(second.paletteDrift).toBeGreaterThanOrEqual(0);
    expect(second.paletteDrift).toBeLessThan(12);
  });

  it("gives a locked part of a character its colour on the page where it was shown and on another one", () => {
    const BLUE = [40, 60, 220] as const;
    const asked = request(page);
    const [part] = lookAtPage(page, asked.prepared, colourPage(asked).picture, [
      { x: 78, y: 75, width: 1, height: 1 },
    ]);
    const [, a = 0, b = 0] = part?.colour ?? [];
    expect(Math.hypot(a, b)).toBeGreaterThan(0.05);
    const coat = {
      id: "coat",
      colour: oklabOf(...BLUE),
      locked: true,
      descriptors: part?.descriptors ?? [],
      instead: null,
    };
    for (const other of [page, gray(scene(200, 170, 15))]) {
      const plain = request(other);
      const locked = colourPage({ ...plain, characters: [coat] });
      const middle = [other.width / 2 + (other === page ? -10 : 15), other.height / 2] as const;
      for (const [dx, dy] of [
        [0, 0],
        [14, -10],
        [-14, 12],
      ] as const) {
        const [red = 0, , blue = 0] = pixel(locked.picture, Math.round(middle[0]) + dx, middle[1] + dy);
        expect(blue - red).toBeGreaterThan(60);
      }
      const [seen] = locked.seen;
      expect(seen).toMatchObject({ id: "coat" });
      expect(seen?.share).toBeGreaterThan(0.08);
      const before = colourPage(plain).picture;
      for (const [x, y] of [
        [15, 15],
        [20, 130],
      ] as const)
        expect(difference(pixel(locked.picture, x, y), pixel(before, x, y))).toBeLessThan(12);
    }
  });

  it("gives what would take one colour of the reference another one", () => {
    const asked = request(page);
    const coat = {
      id: "coat",
      colour: oklabOf(40, 160, 60),
      locked: true,
      descriptors: [],
      instead: oklabOf(...COAT),
    };
    const [red = 0, green = 0] = pixel(colourPage({ ...asked, characters: [coat] }).picture, 80, 75);
    expect(green - red).toBeGreaterThan(30);
  });

  it("tells the colour of a part that follows the work, and changes nothing for it", () => {
    const asked = request(page);
    const plain = colourPage(asked);
    const [part] = lookAtPage(page, asked.prepared, plain.picture, [{ x: 78, y: 75, width: 4, height: 4 }]);
    const follower = {
      id: "coat",
      colour: [0.5, 0, 0] as const,
      locked: false,
      descriptors: part?.descriptors ?? [],
      instead: null,
    };
    const { picture, seen } = colourPage({ ...asked, characters: [follower] });
    expect(picture).toEqual(plain.picture);
    expect(seen[0]?.colour[1]).toBeGreaterThan(0.05);
  });

  it.each([
    [1, 1],
    [1, 40],
    [40, 1],
    [7, 3],
  ])("colours a page of %i x %i pixels", (width, height) => {
    const { picture } = colourPage(request(gray(scene(width, height, 0))));
    expect([picture.width, picture.height, picture.data.length]).toEqual([width, height, 3 * width * height]);
  });

  it("colours a strip of 30,000 rows", { timeout: 60_000 }, () => {
    const strip = gray(scene(70, 30_000, 0));
    const { picture, regions } = colourPage(request(strip));
    expect(picture.data.length).toBe(strip.data.length);
    expect(regions).toBeGreaterThan(2000);
  });

  it("colours blank and black pages", () => {
    for (const value of [0, 255]) {
      const blank = { width: 60, height: 80, data: new Uint8Array(3 * 60 * 80).fill(value) };
      expect(colourPage(request(blank)).picture.data.length).toBe(blank.data.length);
    }
  });

  it("refuses references that were described for other kinds of pages", () => {
    const asked = request(page);
    const references = describeReferences([scene(100, 80, 0)], ["ink"], 1);
    expect(() => colourPage({ ...asked, references })).toThrow(RangeError);
  });
});

describe("describing references", () => {
  it("tells a reference without colour", () => {
    expect(describeReferences([gray(scene(120, 90, 0))], ["shaded"], 1).hasColour).toBe(false);
    expect(describeReferences([scene(120, 90, 0)], ["shaded"], 1).hasColour).toBe(true);
  });

  it("has a palette whose shares make a whole", () => {
    const { palette } = describeReferences(
      [scene(120, 90, 0), scene(90, 120, 5)],
      ["shaded", "screentone"],
      3,
    );
    expect(palette.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 4);
    expect(palette.length).toBeLessThanOrEqual(12);
  });

  it("takes references of any size, one pixel too", () => {
    expect(
      describeReferences([{ width: 1, height: 1, data: Uint8Array.of(9, 9, 200) }], ["ink"], 1).regions.count,
    ).toBe(1);
  });

  it("refuses to do without any", () => {
    expect(() => describeReferences([], ["ink"], 1)).toThrow(RangeError);
  });
});
