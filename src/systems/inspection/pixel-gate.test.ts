import { expect, test } from "vitest";
import { PixelGate } from "./pixel-gate.ts";

/** Work that lasts until it is told to end. */
function openWork() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
  };
  return { begun, work, end: (name: string) => ends.get(name)?.() };
}

test("pictures pass together while they have room, the others in their order", async () => {
  const gate = new PixelGate(100);
  const { begun, work, end } = openWork();
  const [a, b, c, d] = [
    gate.pass(60, work("a")),
    gate.pass(40, work("b")),
    gate.pass(70, work("c")),
    gate.pass(10, work("d")),
  ];
  await Promise.resolve();
  expect(begun).toEqual(["a", "b"]);
  end("b");
  expect(await b).toBe("b");
  expect(begun).toEqual(["a", "b"]);
  end("a");
  await a;
  await Promise.resolve();
  expect(begun).toEqual(["a", "b", "c", "d"]);
  end("c");
  end("d");
  expect(await Promise.all([c, d])).toEqual(["c", "d"]);
});

test("a picture larger than the gate passes alone", async () => {
  const gate = new PixelGate(100);
  const { begun, work, end } = openWork();
  const [small, large] = [gate.pass(1, work("small")), gate.pass(500, work("large"))];
  await Promise.resolve();
  expect(begun).toEqual(["small"]);
  end("small");
  await small;
  await Promise.resolve();
  expect(begun).toEqual(["small", "large"]);
  end("large");
  await large;
});

test("work that fails makes room too", async () => {
  const gate = new PixelGate(100);
  await expect(gate.pass(100, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await gate.pass(100, async () => "next")).toBe("next");
});
