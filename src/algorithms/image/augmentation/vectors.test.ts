import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Picture } from "../picture.ts";
import { resample } from "../resample.ts";
import { adjustBrightness, adjustContrast, adjustSaturation, toGray } from "./colour.ts";
import { flip } from "./flip.ts";
import { gaussianBlur } from "./gaussian-blur.ts";
import { adjustHue } from "./hue.ts";
import { normalise } from "./normalise.ts";
import type { PreprocessingOptions } from "./options.ts";
import { rotate } from "./rotate.ts";
import { squareOf } from "./square.ts";

interface Packed {
  width: number;
  height: number;
  rgb: string;
}
type Triple = [number, number, number];
interface Vectors {
  pictures: Record<"wide" | "tall", Packed>;
  resizes: (Packed & { picture: "wide" | "tall"; source: [number, number, number, number] })[];
  squares: {
    picture: "wide" | "tall";
    mode: PreprocessingOptions["resizeMode"];
    size: number;
    rgb: string;
  }[];
  operations: { operation: keyof typeof OPERATIONS; value: number; rgb: string }[];
  normalised: { mean: Triple; std: Triple; input: string };
}

const OPERATIONS = {
  brightness: inPlace(adjustBrightness),
  contrast: inPlace(adjustContrast),
  saturation: inPlace(adjustSaturation),
  hue: inPlace(adjustHue),
  gray: inPlace(toGray),
  flip: (picture: Picture) => {
    flip(picture);
    return picture;
  },
  rotate,
  blur: (picture: Picture, sigma: number) => {
    gaussianBlur(picture, sigma);
    return picture;
  },
};

function inPlace(change: (pixels: Uint8Array, value: number) => void) {
  return (picture: Picture, value: number) => {
    change(picture.data, value);
    return picture;
  };
}

const file = new URL("../../../../tests/vectors/augmentation.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vectors;
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "base64"));

function drawn(name: "wide" | "tall"): Picture {
  const { width, height, rgb } = vectors.pictures[name];
  return { width, height, data: bytes(rgb) };
}

describe("the bytes of Pillow and torchvision", () => {
  it.each(vectors.resizes)("resize of $picture $source to $width x $height", (vector) => {
    const [left, top, right, bottom] = vector.source;
    const source = { left, top, width: right - left, height: bottom - top };
    const { width, height } = vector;
    expect(resample(drawn(vector.picture), { source, width, height })).toEqual({
      width,
      height,
      data: bytes(vector.rgb),
    });
  });

  it.each(vectors.squares)("$mode of $picture to $size", ({ picture, mode, size, rgb }) => {
    const square = squareOf(drawn(picture), { imageSize: size, resizeMode: mode });
    expect(square).toEqual({ width: size, height: size, data: bytes(rgb) });
  });

  it.each(vectors.operations)("$operation $value", ({ operation, value, rgb }) => {
    expect(OPERATIONS[operation](drawn("wide"), value).data).toEqual(bytes(rgb));
  });

  it("ToTensor and Normalize", () => {
    const { mean, std, input } = vectors.normalised;
    const { data } = drawn("wide");
    const target = new Float32Array(data.length);
    normalise(data, { mean, std }, target);
    expect(target).toEqual(new Float32Array(bytes(input).buffer));
  });
});
