import { expect, test } from "vitest";
import { chapterNameOf, orderOf } from "./order.ts";

const given = (path: string) => ({ path, file: new File([], path) });

test.each([
  [["ch 12.cbz"], "ch 12"],
  [["One/Two/001.png", "One/Two/002.png"], "Two"],
  [["001.png"], "chapter"],
  [[], "chapter"],
])("%j is the chapter %s", (paths, name) => {
  expect(chapterNameOf(paths.map(given))).toBe(name);
});

test("a job's body has what was chosen, and no seed where none was", () => {
  const form = new FormData();
  form.set("engine", "flux");
  form.set("seed", "");
  const parts = { chapter: "c", pages: "upl_1", references: ["a", "b"], strength: 0.5 };
  expect(orderOf(form, parts)).toEqual({
    chapter_id: "c",
    input_mode: "batch",
    input_dir: "upl_1",
    style_reference: "a",
    style_references: ["b"],
    engine: "flux",
    options: { strength: 0.5, skip_colored: false },
  });
  form.set("seed", "7");
  form.set("skip", "on");
  expect(orderOf(form, { ...parts, references: ["a"] })).toMatchObject({
    options: { skip_colored: true, seed_mode: "fixed", seed: 7 },
  });
});
