import { expect, test } from "vitest";
import { userError } from "../../platform/errors/quatrain-error.ts";
import { namingPicture, spokenName } from "./name-picture.ts";

test.each([
  ["../../etc/a.png", "a.png"],
  ["C:\\parts\\ñandú 🚀.png", "ñandú 🚀.png"],
  ["a\u0000\u001bb.png", "ab.png"],
  ["\ud800.png", "\ufffd.png"],
  ["", "picture 3"],
  ["dir/", "picture 3"],
  ["\r\n", "picture 3"],
  ["x".repeat(3_000), "x".repeat(100)],
])("%j is spoken of as %j", (filename, name) => {
  expect(spokenName(filename, 2)).toBe(name);
});

test("the user's faults get the picture's name, ours stay as they are", async () => {
  const fault = userError("undecodable_image", 400, "damaged");
  await expect(namingPicture("a.png", () => Promise.reject(fault))).rejects.toMatchObject({
    code: "undecodable_image",
    status: 400,
    message: "a.png: damaged",
  });
  const ours = userError("storage_unavailable", 503, "no disk");
  await expect(namingPicture("a.png", () => Promise.reject(ours))).rejects.toBe(ours);
});
