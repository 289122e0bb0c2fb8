import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NpyError, readNpy } from "./npy.ts";

const vectors = JSON.parse(readFileSync("tests/vectors/site-memory.json", "utf8")) as {
  readonly arrays: readonly { npy: string; shape: number[]; data: number[] | string }[];
  readonly refused: Readonly<Record<string, string>>;
};
const decoded = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));

describe("readNpy", () => {
  it.each(vectors.arrays)("reads what NumPy wrote: $shape", ({ npy, shape, data }) => {
    const read = readNpy(decoded(npy));
    expect(read.shape).toEqual(shape);
    expect(typeof read.data === "string" ? read.data : [...read.data]).toEqual(data);
  });

  it.each(Object.entries(vectors.refused))("refuses %s", (_, npy) => {
    expect(() => readNpy(decoded(npy))).toThrow(NpyError);
  });

  it("refuses a file that is cut, longer, or no file at all, in words", () => {
    const whole = decoded(vectors.arrays[0]!.npy);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => {
        expect(() => readNpy(whole.subarray(0, length))).toThrow(NpyError);
      }),
    );
    expect(() => readNpy(new Uint8Array([...whole, 0]))).toThrow(/17 bytes of data, 16/);
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void expect(() => readNpy(bytes)).toThrow(NpyError)));
  });

  it("never makes more of a lying header than its bytes", () => {
    const whole = Buffer.from(decoded(vectors.arrays[0]!.npy));
    const lying = Buffer.from(whole.toString("latin1").replace("(2, 2), }    ", "(99999999,), "), "latin1");
    expect(() => readNpy(lying)).toThrow(NpyError);
  });
});
