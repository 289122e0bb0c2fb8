import { describe, expect, it } from "vitest";
import { exactDuplicates, type HashedImage } from "./exact-duplicates.ts";
import { nearDuplicates } from "./near-duplicates.ts";

const image = (path: string, facts: Partial<HashedImage>): HashedImage => {
  return { path, split: "train", label: 0, sha256: path, perceptualHash: null, ...facts };
};
/** A hash of which so many bits are another's. */
const hash = (bits: bigint) => (0x0123456789abcdefn ^ bits).toString(16).padStart(16, "0");

describe("exactDuplicates", () => {
  it("lists files with the same bytes in several splits, or with several classes", async () => {
    const images = [
      image("a", { sha256: "1" }),
      image("b", { sha256: "1", split: "val" }),
      image("c", { sha256: "2" }),
      image("d", { sha256: "2", label: 1 }),
      image("e", { sha256: "3" }),
      image("f", { sha256: "3" }),
    ];
    expect(await exactDuplicates(images)).toEqual({
      total: 2,
      groups: [
        { sha256: "1", count: 2, paths: ["a", "b"], acrossSplits: true, labelsDiffer: false },
        { sha256: "2", count: 2, paths: ["c", "d"], acrossSplits: false, labelsDiffer: true },
      ],
    });
  });
});

describe("nearDuplicates", () => {
  it("finds pictures of different splits up to 4 bits apart, wherever the bits are", async () => {
    const images = [
      image("here", { perceptualHash: hash(0n) }),
      image("four", { perceptualHash: hash(0x8000_0800_0080_0001n), split: "val" }),
      image("five", { perceptualHash: hash(0x7c00n), split: "val" }),
      image("same split", { perceptualHash: hash(1n) }),
      image("same file", { perceptualHash: hash(0n), sha256: "here", split: "test" }),
    ];
    const { pairs, complete } = await nearDuplicates(images);
    expect(complete).toBe(true);
    expect(pairs.map(({ paths, distance }) => `${distance} ${paths.join(", ")}`).sort()).toEqual([
      "1 same split, same file",
      "3 four, same split",
      "4 four, same file",
      "4 here, four",
    ]);
  });

  it("gives up in time where everything looks alike, and says so", async () => {
    const many = Array.from({ length: 20_000 }, (_, at) =>
      image(`${at}`, { perceptualHash: hash(BigInt(at) << 30n), split: at % 2 === 0 ? "train" : "val" }),
    );
    const { pairs, complete } = await nearDuplicates(many);
    expect(pairs.length).toBe(1000);
    expect(complete).toBe(false);
  });
});
