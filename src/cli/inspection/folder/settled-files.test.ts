import { expect, it } from "vitest";
import { SettledFiles } from "./settled-files.ts";

const file = (name: string, size: number, mtimeMs: number) => ({ name, size, mtimeMs });

it("takes files that stopped growing, oldest first, and no empty ones", () => {
  const files = new SettledFiles();
  expect(files.look([file("b", 5, 2), file("growing", 5, 3), file("empty", 0, 1)])).toEqual([]);
  const second = [file("b", 5, 2), file("growing", 9, 4), file("empty", 0, 1), file("a", 1, 1)];
  expect(files.look(second).map(({ name }) => name)).toEqual(["b"]);
  const third = files.look([file("b", 5, 2), file("growing", 9, 4), file("a", 1, 1)]);
  expect(third.map(({ name }) => name)).toEqual(["a", "b", "growing"]);
});
