import { expect, test } from "vitest";
import { decodePicture } from "./decode-picture.ts";
import { encodePng } from "./edit-picture.ts";
import { smallPicture } from "./small-picture.ts";

const LIMITS = { maxBytes: 1e6, maxPixels: 1e6 };

test("a small picture is no wider than asked for, keeps its form and is never enlarged", async () => {
  const png = await encodePng({ width: 200, height: 100, data: new Uint8Array(200 * 100 * 3).fill(90) });
  const small = await decodePicture(await smallPicture(png, 50, LIMITS), LIMITS);
  expect([small.width, small.height]).toEqual([50, 25]);
  const whole = await decodePicture(await smallPicture(png, 400, LIMITS), LIMITS);
  expect([whole.width, whole.height]).toEqual([200, 100]);
});

test("what is no picture is refused", async () => {
  await expect(smallPicture(Buffer.from("text"), 50, LIMITS)).rejects.toMatchObject({ status: 400 });
});
