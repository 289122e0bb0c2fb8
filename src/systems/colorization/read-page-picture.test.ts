import { expect, test } from "vitest";
import { readPagePicture } from "./read-page-picture.ts";

/** A clear pixel, a black one and a half clear one; written by Pillow. */
const LINES =
  "iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAQAAACx6dw/AAAAD0lEQVR42mNmYGD4n8IIAAPiAWj674hMAAAAAElFTkSuQmCC";

test("lines drawn on nothing are lines on white paper", async () => {
  const limits = { maxBytes: 1_000, maxPixels: 10 };
  const { data } = await readPagePicture(Buffer.from(LINES, "base64"), limits);
  expect([...data.subarray(0, 6)]).toEqual([255, 255, 255, 0, 0, 0]);
});
