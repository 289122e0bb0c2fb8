import { existsSync, readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { cielabOf } from "../../src/algorithms/colour/ciede2000.ts";
import { colourPage } from "../../src/algorithms/colouring/colour-page.ts";
import { describeReferences } from "../../src/algorithms/colouring/describe-references.ts";
import type { ColouringRequest } from "../../src/algorithms/colouring/port.ts";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { pageLight } from "../../src/algorithms/page/page-light.ts";
import { preparePage } from "../../src/algorithms/page/prepare-page.ts";
import { structureCheck } from "../../src/algorithms/page/structure-check.ts";
import { DrawnPage, within } from "../../src/algorithms/page/testing.ts";
import { decodePicture } from "../../src/ml/images/decode-picture.ts";

/** A painted comic's page, which stays outside the repository: skipped where it is not there. */

const SAMPLES = new URL("../../../shared/samples/colorization/pepper-carrot/", import.meta.url);

async function sample(name: string): Promise<Picture> {
  const bytes = new Uint8Array(readFileSync(new URL(name, SAMPLES)));
  return decodePicture(bytes, { maxBytes: 2 ** 24, maxPixels: 2 ** 24 });
}

describe.skipIf(!existsSync(SAMPLES))("a painted page turned gray, with a balloon drawn on it", () => {
  const balloon = { x: 600, y: 820, radiusX: 150, radiusY: 80 };
  let truth: Picture;
  let request: ColouringRequest;
  let result: Picture;

  beforeAll(async () => {
    truth = await sample("E05P02.png");
    const drawn = new DrawnPage(truth.width, truth.height);
    for (let pixel = 0, at = 0; pixel < drawn.gray.length; pixel++, at += 3)
      drawn.gray[pixel] = Math.round(
        0.299 * truth.data[at]! + 0.587 * truth.data[at + 1]! + 0.114 * truth.data[at + 2]!,
      );
    drawn.ellipse(balloon, 3);
    drawn.write("HELLO", balloon.x, balloon.y - 20, 4);
    drawn.write("WHALE!", balloon.x, balloon.y + 22, 4);
    const page = drawn.picture();
    const prepared = preparePage(page);
    const references = describeReferences([await sample("E05.png")], [prepared.kind], 7);
    request = { page, prepared, references, strength: 1, seed: 7, hints: [], exemplars: [] };
    result = colourPage(request).picture;
  }, 60_000);

  it("gets the truth's hues where there are any", () => {
    let [coloured, right] = [0, 0];
    for (let at = 0; at < truth.data.length; at += 300) {
      const [, a, b] = labAt(truth, at);
      const [, ownA, ownB] = labAt(result, at);
      if (Math.hypot(a, b) < 8) continue;
      coloured++;
      const turn = Math.abs(Math.atan2(ownB, ownA) - Math.atan2(b, a)) * (180 / Math.PI);
      if (Math.min(turn, 360 - turn) <= 30 && Math.hypot(ownA, ownB) >= 2) right++;
    }
    expect(right / coloured).toBeGreaterThan(0.75);
  });

  it("keeps every byte inside of the balloon", () => {
    for (let y = balloon.y - balloon.radiusY; y < balloon.y + balloon.radiusY; y++)
      for (let x = balloon.x - balloon.radiusX; x < balloon.x + balloon.radiusX; x++) {
        if (!within(balloon, x, y)) continue;
        const at = 3 * (y * truth.width + x);
        for (let part = at; part < at + 3; part++)
          if (result.data[part] !== request.page.data[part])
            throw new Error(`the balloon's pixel ${x}, ${y} was changed`);
      }
  });

  it("raises no structural alert", () => {
    expect(structureCheck(request.page, result).hasAlert).toBe(false);
  });

  it("gets the same bytes again", () => {
    expect(Buffer.compare(colourPage(request).picture.data, result.data)).toBe(0);
  }, 60_000);

  it("stays as it is at strength 0", () => {
    const { picture } = colourPage({ ...request, strength: 0 });
    expect(Buffer.compare(picture.data, request.page.data)).toBe(0);
  }, 60_000);
});

describe.skipIf(!existsSync(SAMPLES))("whether a page has colours", () => {
  it("each painted page has, and none turned gray on paper that yellows to its right", async () => {
    for (const name of readdirSync(SAMPLES).filter((file) => file.endsWith(".png"))) {
      const { width, height, data } = await sample(name);
      expect([name, pageLight({ width, height, data }).coloured]).toEqual([name, true]);
      const yellowed = Uint8Array.from(data, (_, byte) => {
        const [part, pixel] = [byte % 3, Math.floor(byte / 3)];
        const gray = 0.299 * data[3 * pixel]! + 0.587 * data[3 * pixel + 1]! + 0.114 * data[3 * pixel + 2]!;
        return Math.round(gray * (1 - ([0.08, 0.2, 0.41][part]! * (pixel % width)) / width));
      });
      expect([name, pageLight({ width, height, data: yellowed }).coloured]).toEqual([name, false]);
    }
  }, 60_000);
});

function labAt({ data }: Picture, at: number) {
  return cielabOf(data[at]!, data[at + 1]!, data[at + 2]!);
}
