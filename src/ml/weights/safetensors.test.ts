import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSafetensors, type StoredTensor, writeSafetensors } from "./safetensors.ts";
import { SafetensorsError } from "./safetensors-error.ts";

const tensor = (type: StoredTensor["type"], shape: number[], ...bytes: number[]): StoredTensor => ({
  type,
  shape,
  bytes: Uint8Array.from(bytes),
});

const file = (header: unknown, data: number[] = []) => {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
};
const entry = (dtype: string, shape: number[], begin: number, end: number) => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

describe("writeSafetensors and readSafetensors", () => {
  const tensors = new Map([
    ["b", tensor("U8", [3], 1, 2, 3)],
    ["a", tensor("F32", [1, 2], 0, 0, 128, 63, 0, 0, 0, 64)],
    ["none", tensor("F32", [0, 4])],
  ]);

  it("give back what was written", () => {
    const read = readSafetensors(writeSafetensors({ tensors, metadata: { made: "by us" } }));
    expect(read.metadata).toEqual({ made: "by us" });
    expect(new Map([...read.tensors].sort())).toEqual(new Map([...tensors].sort()));
  });

  it("write the same bytes whatever the order", () => {
    const turned = new Map([...tensors].reverse());
    expect(writeSafetensors({ tensors: turned, metadata: { b: "1", a: "2" } })).toEqual(
      writeSafetensors({ tensors, metadata: { a: "2", b: "1" } }),
    );
  });

  it("align every tensor to its elements", () => {
    for (const { bytes, type } of readSafetensors(
      writeSafetensors({ tensors, metadata: {} }),
    ).tensors.values())
      if (type === "F32") expect(bytes.byteOffset % 4).toBe(0);
  });

  it("refuse to write bytes that do not fit the shape", () => {
    const wrong = new Map([["x", tensor("F32", [2], 1, 2, 3, 4)]]);
    expect(() => writeSafetensors({ tensors: wrong, metadata: {} })).toThrow(SafetensorsError);
  });
});

describe("readSafetensors", () => {
  it("reads a file of another writer", () => {
    const read = readSafetensors(file({ x: entry("I32", [1], 0, 4) }, [7, 0, 0, 0]));
    expect(read.tensors.get("x")).toEqual(tensor("I32", [1], 7, 0, 0, 0));
  });

  it.each([
    ["fewer bytes than the length takes", new Uint8Array(5)],
    ["a header longer than the file", Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 123)],
    ["an absurd header length", Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 123)],
    ["no JSON", file("{")],
    ["a header that is a list", file([])],
    ["metadata that is no text", file({ __metadata__: { a: 1 } })],
    ["an unknown type", file({ x: entry("F8", [1], 0, 1) }, [0])],
    ["a negative size", file({ x: entry("U8", [-1], 0, 1) }, [0])],
    ["sizes whose product overflows", file({ x: entry("U8", [2 ** 40, 2 ** 40], 0, 1) }, [0])],
    ["offsets that do not fit the shape", file({ x: entry("U8", [2], 0, 1) }, [0])],
    ["offsets beyond the data", file({ x: entry("U8", [2], 0, 2) }, [0])],
    ["overlapping tensors", file({ x: entry("U8", [2], 0, 2), y: entry("U8", [2], 1, 3) }, [0, 0, 0])],
    ["a gap", file({ x: entry("U8", [1], 0, 1), y: entry("U8", [1], 2, 3) }, [0, 0, 0])],
    ["data that no tensor covers", file({ x: entry("U8", [1], 0, 1) }, [0, 0])],
  ])("refuses %s", (_, bytes) => {
    expect(() => readSafetensors(bytes)).toThrow(SafetensorsError);
  });

  it("either reads or refuses a damaged file, and never anything else", () => {
    const sound = writeSafetensors({
      tensors: new Map([["x", tensor("U8", [4], 1, 2, 3, 4)]]),
      metadata: {},
    });
    const changes = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 4 });
    fc.assert(
      fc.property(changes, fc.nat(sound.length), (bytes, length) => {
        const damaged = sound.slice(0, length);
        for (const [at, value] of bytes) if (at < length) damaged[at] = value;
        try {
          for (const { bytes: data } of readSafetensors(damaged).tensors.values())
            expect(data.length).toBeLessThanOrEqual(length);
        } catch (error) {
          expect(error).toBeInstanceOf(SafetensorsError);
        }
      }),
    );
  });
});
