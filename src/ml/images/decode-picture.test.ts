import { existsSync, readdirSync, readFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { expect, test } from "vitest";
import { decodePicture, probePicture } from "./decode-picture.ts";

const LIMITS = { maxBytes: 10_000_000, maxPixels: 1_000_000 };

interface Vectors {
  readonly width: number;
  readonly height: number;
  readonly files: readonly { readonly name: string; readonly file: string; readonly rgb: number[] }[];
}

/** Made by tests/vectors/regenerate-pictures.py. */
const vectors: Vectors = JSON.parse(
  readFileSync(new URL("../../../tests/vectors/pictures.json", import.meta.url), "utf8"),
);

test.each(vectors.files)("decodes as Pillow does: $name", async ({ file, rgb }) => {
  const picture = await decodePicture(Buffer.from(file, "base64"), LIMITS);
  expect([picture.width, picture.height]).toEqual([vectors.width, vectors.height]);
  expect([...picture.data]).toEqual(rgb);
});

test.each(vectors.files)("the header alone tells the size: $name", async ({ name, file }) => {
  const { width, height } = vectors;
  const [format] = name.split(",");
  expect(await probePicture(Buffer.from(file, "base64"))).toEqual({ format, width, height });
});

/** A blue picture, 8 x 4, with a red left half. */
function halves() {
  const data = Buffer.from(
    Array.from({ length: 32 }, (_, i) => (i % 8 < 4 ? [255, 0, 0] : [0, 0, 255])).flat(),
  );
  return sharp(data, { raw: { width: 8, height: 4, channels: 3 } });
}

function pixel(picture: { width: number; data: Uint8Array }, x: number, y: number): number[] {
  return [...picture.data.subarray(3 * (y * picture.width + x)).subarray(0, 3)];
}

test("the Exif orientation is applied, to the header's size too", async () => {
  const bytes = await halves().withMetadata({ orientation: 6 }).png().toBuffer();
  expect(await probePicture(bytes)).toEqual({ format: "png", width: 4, height: 8 });
  const picture = await decodePicture(bytes, LIMITS);
  expect([picture.width, picture.height]).toEqual([4, 8]);
  expect([pixel(picture, 0, 0), pixel(picture, 0, 7)]).toEqual([
    [255, 0, 0],
    [0, 0, 255],
  ]);
});

test("16 bit samples are scaled, not clipped", async () => {
  const samples = Uint16Array.of(0, 0x1234, 0x8000, 0xffff);
  const raw = { width: 4, height: 1, channels: 1 } as const;
  const bytes = await sharp(samples, { raw }).toColourspace("grey16").png().toBuffer();
  expect((await sharp(bytes).metadata()).depth).toBe("ushort");
  const picture = await decodePicture(bytes, LIMITS);
  expect([0, 1, 2, 3].map((x) => pixel(picture, x, 0))).toEqual([0, 0x12, 0x80, 0xff].map((v) => [v, v, v]));
});

test("CMYK becomes sRGB", async () => {
  const bytes = await halves().toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer();
  expect((await sharp(bytes).metadata()).channels).toBe(4);
  const [red = 0, green = 0, blue = 0] = pixel(await decodePicture(bytes, LIMITS), 0, 0);
  expect(red).toBeGreaterThan(180);
  expect(Math.max(green, blue)).toBeLessThan(80);
});

test("an embedded colour profile is followed", async () => {
  const bytes = await halves().withIccProfile("p3").png().toBuffer();
  const picture = await decodePicture(bytes, LIMITS);
  for (const [channel, value] of [255, 0, 0].entries())
    expect(Math.abs((picture.data[channel] ?? 0) - value)).toBeLessThan(6);
});

test("an animation yields its first frame", async () => {
  const [red, blue] = ["#ff0000", "#0000ff"].map((background) => ({
    create: { width: 3, height: 2, channels: 3 as const, background },
  }));
  const frames = await Promise.all([red, blue].map((input) => sharp(input).png().toBuffer()));
  const bytes = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
  const picture = await decodePicture(bytes, LIMITS);
  expect([picture.width, picture.height, pixel(picture, 0, 0)]).toEqual([3, 2, [255, 0, 0]]);
});

const ENCODERS = {
  png: () => noise().png(),
  jpeg: () => noise().jpeg(),
  webp: () => noise().webp({ lossless: true }),
  tiff: () => noise().tiff({ compression: "lzw" }),
  gif: () => noise().gif(),
};

function noise() {
  const data = Buffer.from(
    Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919 + (i >> 5) * 104729) % 256),
  );
  return sharp(data, { raw: { width: 64, height: 64, channels: 3 } });
}

test.each(Object.entries(ENCODERS))("a truncated %s is refused", async (_format, encoded) => {
  const bytes = await encoded().toBuffer();
  await expect(decodePicture(bytes, LIMITS)).resolves.toHaveProperty("width", 64);
  for (const share of [0.1, 0.5, 0.9])
    await expect(
      decodePicture(bytes.subarray(0, Math.floor(share * bytes.length)), LIMITS),
    ).rejects.toMatchObject({
      code: "undecodable_image",
      status: 400,
    });
});

test("an empty file, a foreign file and a picture in disguise are refused in words", async () => {
  await expect(decodePicture(new Uint8Array(), LIMITS)).rejects.toMatchObject({
    code: "empty_file",
    status: 400,
  });
  const foreign = new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'/>");
  await expect(decodePicture(foreign, LIMITS)).rejects.toThrow("none of png, jpg, bmp, webp, tif and gif");
  await expect(probePicture(Uint8Array.of(0xff, 0xd8, 0xff))).rejects.toMatchObject({
    code: "undecodable_image",
  });
});

test("floating point samples have no range and are refused", async () => {
  const raw = { width: 2, height: 1, channels: 1 } as const;
  const bytes = await sharp(Float32Array.of(0, 1e6), { raw })
    .toColourspace("b-w")
    .raw({ depth: "float" })
    .toBuffer();
  const tiff = floatTiff(bytes);
  await expect(decodePicture(tiff, LIMITS)).rejects.toThrow("its samples are of type float");
});

test("bytes and pixels beyond the limits are refused", async () => {
  const bytes = await noise().png().toBuffer();
  await expect(decodePicture(bytes, { ...LIMITS, maxBytes: 100 })).rejects.toMatchObject({
    code: "image_too_large",
    details: { bytes: bytes.length, maxBytes: 100 },
  });
  await expect(decodePicture(bytes, { ...LIMITS, maxPixels: 4095 })).rejects.toMatchObject({
    code: "image_too_large",
    details: { width: 64, height: 64, maxPixels: 4095 },
  });
});

test("a PNG of 20,000 x 20,000 pixels is refused by its header alone: its pixels are not even there", async () => {
  const bomb = pngOf(20_000, 20_000);
  await expect(decodePicture(bomb, LIMITS)).rejects.toMatchObject({
    code: "image_too_large",
    status: 400,
    details: { width: 20_000, height: 20_000 },
  });
});

const samples = "../shared/samples/inspection/pcb/ok";

test.skipIf(!existsSync(samples))("real photographs decode", async () => {
  for (const name of readdirSync(samples).slice(0, 3)) {
    const picture = await decodePicture(readFileSync(`${samples}/${name}`), LIMITS);
    expect(picture.data.length).toBe(picture.width * picture.height * 3);
  }
});

/** A well-formed PNG whose data ends at once. */
function pngOf(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.alloc(1000));
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A TIFF of 2 x 1 float32 samples: eight tags of one value each. */
function floatTiff(data: Buffer): Buffer {
  const tags = [
    [256, 2],
    [257, 1],
    [258, 32],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [279, data.length],
    [339, 3],
  ];
  const directory = Buffer.alloc(2 + 12 * tags.length + 4);
  directory.writeUInt16LE(tags.length, 0);
  tags.forEach(([tag = 0, value = 0], index) => {
    const at = 2 + 12 * index;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(4, at + 2);
    directory.writeUInt32LE(1, at + 4);
    directory.writeUInt32LE(value, at + 8);
  });
  const head = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0]);
  head.writeUInt32LE(8 + data.length, 4);
  return Buffer.concat([head, data, directory]);
}

/** Clear black, black, and a half clear tone; written by Pillow. */
test.each([
  [
    "colours",
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAYAAAAb4BS0AAAAEElEQVR42mNmgID/J1IYGAEJfAIw6tWhHwAAAABJRU5ErkJggg==",
    [227, 177, 127],
  ],
  [
    "grays",
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAQAAACx6dw/AAAAD0lEQVR42mNmYGD4n8IIAAPiAWj674hMAAAAAElFTkSuQmCC",
    [177, 177, 177],
  ],
  [
    "a palette",
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABAQMAAADO7O3JAAAABlBMVEUAAAAJCAf8C53rAAAAAXRSTlMAQObYZgAAAApJREFUeNpjcAAAAEIAQYS/jmIAAAAASUVORK5CYII=",
    null,
  ],
] as const)("transparent %s are dropped to what lies below, or laid on white", async (_, file, half) => {
  const bytes = Buffer.from(file, "base64");
  const dropped = await decodePicture(bytes, LIMITS);
  expect(pixel(dropped, 0, 0)).toEqual([0, 0, 0]);
  const onWhite = await decodePicture(bytes, LIMITS, "on-white");
  expect(pixel(onWhite, 0, 0)).toEqual([255, 255, 255]);
  expect(pixel(onWhite, 1, 0)).toEqual(pixel(dropped, 1, 0));
  if (half === null) return;
  for (const [at, value] of half.entries())
    expect(Math.abs(pixel(onWhite, 2, 0)[at]! - value)).toBeLessThanOrEqual(1);
});
