import { describe, expect, it } from "vitest";
import { LIGHTNESS_OF_GRAY } from "../colour/oklab.ts";
import { preparePage } from "./prepare-page.ts";
import { DrawnPage } from "./testing.ts";

const TONE = { x: 30, y: 30, width: 160, height: 140 };

function tonePage(pitch: number, share: number, degrees: number): DrawnPage {
  const page = new DrawnPage(240, 300);
  page.dots(TONE, pitch, share, degrees);
  return page;
}

/** Mean of a plane over a box that lies `inset` pixels within the tone. */
function meanWithin(data: ArrayLike<number>, width: number, inset: number): number {
  let [sum, count] = [0, 0];
  for (let y = TONE.y + inset; y < TONE.y + TONE.height - inset; y++)
    for (let x = TONE.x + inset; x < TONE.x + TONE.width - inset; x++) {
      sum += data[y * width + x] as number;
      count++;
    }
  return sum / count;
}

describe("dots of screentone", () => {
  const cases = [4, 5, 6, 7].flatMap((pitch) =>
    [15, 45].flatMap((degrees) => [0.12, 0.3, 0.5, 0.7].map((share) => ({ pitch, degrees, share }))),
  );
  const white = [4, 4.96, 5, 6].map((pitch) => ({ pitch, degrees: 45, share: 0.85 }));
  it.each([...cases, ...white])(
    "pitch $pitch at $degrees degrees, $share black: found, evened out, and no ink",
    (tone) => {
      const page = tonePage(tone.pitch, tone.share, tone.degrees);
      const result = preparePage(page.picture());
      expect(result.kind).toBe("screentone");
      expect(meanWithin(result.screentone.data, page.width, 0)).toBeGreaterThan(0.93 * 255);
      expect(meanWithin(result.ink.data, page.width, 8)).toBeLessThan(0.02 * 255);
      let coded = 0;
      for (let y = TONE.y; y < TONE.y + TONE.height; y++)
        for (let x = TONE.x; x < TONE.x + TONE.width; x++) coded += page.gray[y * page.width + x] as number;
      const gray = coded / (TONE.width * TONE.height) / 255;
      const lightness = Math.cbrt(((gray + 0.055) / 1.055) ** 2.4);
      const tones = Array.from(result.tone.data, (byte) => LIGHTNESS_OF_GRAY[byte] as number);
      expect(meanWithin(tones, page.width, 10)).toBeCloseTo(lightness, 1);
      const spread = meanWithin(
        tones.map((value) => Math.abs(value - lightness)),
        page.width,
        10,
      );
      expect(spread).toBeLessThan(0.03);
    },
  );

  it("end where they end: white beside them stays white", () => {
    const result = preparePage(tonePage(5, 0.3, 45).picture());
    const at = (x: number, y: number) => LIGHTNESS_OF_GRAY[result.tone.data[y * 240 + x] as number] as number;
    expect(at(TONE.x + TONE.width + 8, 100)).toBeGreaterThan(0.99);
    expect(at(TONE.x + TONE.width - 8, 100)).toBeLessThan(0.92);
  });
});

it("a line across a light screentone stays ink", () => {
  const page = tonePage(5, 0.15, 45);
  page.paint({ x: 100, y: 30, width: 3, height: 140 }, () => 10);
  const { ink } = preparePage(page.picture());
  let dark = 0;
  for (let y = 40; y < 160; y++) dark += (ink.data[y * 240 + 101] as number) > 0.8 * 255 ? 1 : 0;
  expect(dark / 120).toBeGreaterThan(0.95);
});

it.each([0.5, 0.7, 0.85].flatMap((share) => [4, 5, 6].map((pitch) => ({ pitch, share }))))(
  "lines of 4 and 10 pixels across dots at $pitch that leave a web, $share black, stay ink",
  ({ pitch, share }) => {
    const page = tonePage(pitch, share, 45);
    page.paint({ x: 70, y: 30, width: 4, height: 140 }, () => 10);
    page.paint({ x: 110, y: 30, width: 80, height: 140 }, (x, y) => {
      const along = x - (100 + y / 3);
      return along >= 0 && along < 10 ? 10 : null;
    });
    const { ink } = preparePage(page.picture());
    let dark = 0;
    for (let y = 60; y < 160; y++)
      for (const x of [71, Math.round(104 + y / 3)])
        dark += (ink.data[y * page.width + x] as number) > 200 ? 1 : 0;
    expect(dark / 200).toBeGreaterThan(0.95);
  },
);

it("letters, lines and white are no screentone", () => {
  const page = new DrawnPage(240, 300);
  for (let row = 0; row < 5; row++) page.write("WHO TOLD HALENA", 120, 40 + row * 30, 2);
  page.paint({ x: 15, y: 190, width: 210, height: 100 }, (x, y) => ((x + 2 * y) % 40 < 2 ? 10 : null));
  const result = preparePage(page.picture());
  expect(result.kind).toBe("ink");
  expect(result.screentone.data.every((share) => share === 0)).toBe(true);
});
