import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawDisc } from "../../../algorithms/image/drawn-discs/index.ts";
import { hammingDistance } from "../../../algorithms/image/perceptual-hash.ts";
import { encodePng } from "../../../ml/images/edit-picture.ts";
import { examineImage, isImageName } from "./examine-image.ts";

const limits = { maxBytes: 20_000_000, maxPixels: 20_000_000 };
const png = (size: number) => encodePng(drawDisc(1, { size }).picture);

describe("examineImage", () => {
  it("tells size, format and perceptual hash", async () => {
    const examined = await examineImage(await png(96), "a.PNG", limits);
    expect(examined).toEqual({
      width: 96,
      height: 96,
      format: "png",
      mislabelled: false,
      perceptualHash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it("has nearly the same hash for a large copy, of which it looks at some pixels only", async () => {
    const small = await png(96);
    const large = await sharp(small).resize(2400, 2400).jpeg().toBuffer();
    const [one, other] = [
      await examineImage(small, "a.png", limits),
      await examineImage(large, "b.jpg", limits),
    ];
    if (!("perceptualHash" in one && "perceptualHash" in other))
      throw new Error("a picture was not examined");
    expect(other).toMatchObject({ width: 2400, height: 2400, format: "jpeg" });
    expect(hammingDistance(one.perceptualHash ?? "", other.perceptualHash ?? "")).toBeLessThanOrEqual(4);
  });

  it("takes a picture under another format's name, and notes it", async () => {
    expect(await examineImage(await png(40), "a.jpg", limits)).toMatchObject({
      format: "png",
      mislabelled: true,
    });
    expect(await examineImage(await png(40), "a", limits)).toMatchObject({ mislabelled: false });
  });

  it("reads GIF, CMYK and turned pictures upright", async () => {
    const drawn = sharp(await png(64)).extract({ left: 0, top: 0, width: 64, height: 40 });
    const gif = await drawn.clone().gif().toBuffer();
    expect(await examineImage(gif, "a.gif", limits)).toMatchObject({ format: "gif", width: 64 });
    const cmyk = await drawn.clone().toColourspace("cmyk").jpeg().toBuffer();
    expect(await examineImage(cmyk, "a.jpg", limits)).toMatchObject({ format: "jpeg", width: 64 });
    const turned = await drawn.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await examineImage(turned, "a.jpg", limits)).toMatchObject({ width: 40, height: 64 });
  });

  it.each([
    ["corrupt", "cut off", async () => (await png(96)).slice(0, 2000)],
    ["corrupt", "empty", async () => new Uint8Array()],
    ["unsupported", "a text", async () => Buffer.from("hello, I am a text")],
    ["too_large", "of too many pixels", () => png(200)],
  ])("says %s of a picture that is %s", async (code, _, bytes) => {
    const examined = await examineImage(await bytes(), "a.png", { maxBytes: 1_000_000, maxPixels: 20_000 });
    expect(examined).toEqual({ code, message: expect.stringMatching(/.{20}/) });
  });

  it("knows pictures by their names, also those that it cannot read", () => {
    expect(["a.JPG", "b/c.tiff", "d.heic"].every(isImageName)).toBe(true);
    expect(["a.txt", "b.png/c", "png", "LICENSE"].some(isImageName)).toBe(false);
  });
});
