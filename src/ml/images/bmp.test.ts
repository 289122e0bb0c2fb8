import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePicture, probePicture } from "./decode-picture.ts";

const LIMITS = { maxBytes: 1_000_000, maxPixels: 1_000_000 };

interface BmpParts {
  readonly width: number;
  /** Negative: the rows run from top to bottom. */
  readonly height: number;
  readonly bitsPerPixel: number;
  readonly compression?: number;
  /** Bit masks or colour table, between header and pixels. */
  readonly extra?: readonly number[];
  readonly rows: readonly (readonly number[])[];
}

/** A BMP file of the rows in the order in which they are stored, each padded to four bytes. */
function bmp({ width, height, bitsPerPixel, compression = 0, extra = [], rows }: BmpParts): Buffer {
  const header = Buffer.alloc(54);
  header.write("BM", 0, "latin1");
  header.writeUInt32LE(54 + extra.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bitsPerPixel, 28);
  header.writeUInt32LE(compression, 30);
  const padded = rows.map((row) => [...row, ...new Array((4 - (row.length % 4)) % 4).fill(0)]);
  return Buffer.concat([header, Buffer.from([...extra, ...padded.flat()])]);
}

const uint32 = (...values: readonly number[]) => [...Buffer.from(Uint32Array.from(values).buffer)];

test("24 bit: any size, bottom-up and top-down", () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 5 }),
      async (width, height) => {
        const rgb = Array.from({ length: height }, (_, y) =>
          Array.from({ length: width }, (_, x) => [10 * x, 20 * y, 7 * x + y]),
        );
        const topDown = rgb.map((row) => row.flatMap(([red = 0, green = 0, blue = 0]) => [blue, green, red]));
        for (const [signed, rows] of [
          [-height, topDown],
          [height, topDown.toReversed()],
        ] as const) {
          const picture = await decodePicture(bmp({ width, height: signed, bitsPerPixel: 24, rows }), LIMITS);
          expect([...picture.data]).toEqual(rgb.flat(2));
        }
      },
    ),
    { numRuns: 20 },
  ));

test("1 and 4 bit: indices from the high bits down, into the colour table", async () => {
  const palette = (count: number) => Array.from({ length: count }, (_, i) => [3 * i, 2 * i, i, 0]).flat();
  const one = bmp({ width: 3, height: 1, bitsPerPixel: 1, extra: palette(2), rows: [[0b10100000]] });
  expect([...(await decodePicture(one, LIMITS)).data]).toEqual([1, 2, 3, 0, 0, 0, 1, 2, 3]);
  const four = bmp({ width: 3, height: 1, bitsPerPixel: 4, extra: palette(16), rows: [[0x1f, 0x20]] });
  expect([...(await decodePicture(four, LIMITS)).data]).toEqual([1, 2, 3, 15, 30, 45, 2, 4, 6]);
});

test("bit fields of 16 and 32 bits are scaled to the whole range", async () => {
  const masks = uint32(0xf800, 0x07e0, 0x001f);
  const rows = [[0x00, 0xf8, 0x1f, 0x00]];
  const wide = bmp({ width: 2, height: 1, bitsPerPixel: 16, compression: 3, extra: masks, rows });
  expect([...(await decodePicture(wide, LIMITS)).data]).toEqual([255, 0, 0, 0, 0, 255]);
  const highFirst = uint32(0xff000000, 0x00ff0000, 0x0000ff00);
  const [pixel] = [[99, 3, 2, 1]];
  const full = bmp({
    width: 1,
    height: 1,
    bitsPerPixel: 32,
    compression: 3,
    extra: highFirst,
    rows: [pixel ?? []],
  });
  expect([...(await decodePicture(full, LIMITS)).data]).toEqual([1, 2, 3]);
});

test("the oldest header, of 12 bytes, is read too", async () => {
  const bytes = Buffer.from([
    ...Buffer.from("BM"),
    ...uint32(0, 0, 26, 12),
    2,
    0,
    1,
    0,
    1,
    0,
    24,
    0,
    3,
    2,
    1,
    6,
    5,
    4,
    0,
    0,
  ]);
  expect([...(await decodePicture(bytes, LIMITS)).data]).toEqual([1, 2, 3, 4, 5, 6]);
});

const refused = (parts: BmpParts) => expect(decodePicture(bmp(parts), LIMITS)).rejects;

test("compressed files are refused with a way out", async () => {
  const rows = [[1, 0, 0, 0]];
  await refused({ width: 1, height: 1, bitsPerPixel: 8, compression: 1, rows }).toThrow(
    "a BMP compressed with RLE8: save it uncompressed, or as PNG",
  );
});

test("files that contradict themselves are refused, not guessed at", async () => {
  const rows = [[1, 2, 3]];
  await refused({ width: 2, height: 2, bitsPerPixel: 24, rows }).toThrow("truncated");
  await refused({ width: 0, height: 1, bitsPerPixel: 24, rows }).toThrow("0 x 1 pixels");
  await refused({ width: 1, height: 1, bitsPerPixel: 5, rows }).toThrow("5 bits per pixel");
  await refused({ width: 1, height: 1, bitsPerPixel: 8, rows }).toThrow("truncated");
  const overlap = uint32(0xff, 0xff, 0xff00);
  await refused({
    width: 1,
    height: 1,
    bitsPerPixel: 32,
    compression: 3,
    extra: overlap,
    rows: [[1, 2, 3, 4]],
  }).toThrow("colour masks");
});

test("no bytes whatever crash the reader: they are a picture or undecodable", () =>
  fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 90 }), async (tail) => {
      const bytes = Buffer.concat([Buffer.from("BM"), tail]);
      const outcome = await decodePicture(bytes, LIMITS).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toMatchObject({ status: 400 });
    }),
    { numRuns: 200 },
  ));

test("a huge size in the header costs nothing", async () => {
  const bytes = bmp({ width: 2 ** 30, height: 2 ** 30, bitsPerPixel: 24, rows: [[1, 2, 3]] });
  await expect(probePicture(bytes)).rejects.toThrow("truncated");
});
