import { describe, expect, test } from "vitest";
import { labelOf, readingOrder, resolveRecipe, roiOf } from "./roi.ts";

describe("a recipe", () => {
  test("comes from the payload, then the header, then is default; blank counts as absent", () => {
    expect(resolveRecipe(" Line-A ", "b")).toBe("line-a");
    expect(resolveRecipe("  ", "B_2")).toBe("b_2");
    expect(resolveRecipe(null, ["first", "second"])).toBe("first");
    expect(resolveRecipe(undefined, undefined)).toBe("default");
  });

  test.each(["last", " LAST", "-a", "_a", "a b", "a/b", "..", "x".repeat(65), "ñ", "a\u0000"])(
    "is refused as %j, in the payload and in the header",
    (recipe) => {
      const refusal = { code: "invalid_recipe_id", status: 400 };
      expect(() => resolveRecipe(recipe, undefined)).toThrow(expect.objectContaining(refusal));
      expect(() => resolveRecipe("fine", recipe)).toThrow(expect.objectContaining(refusal));
    },
  );

  test("is read from itself, then from default", () => {
    const place = { recipeId: "a", roleId: "r", roiId: "i" };
    const fallback = { ...place, recipeId: "default" };
    expect(readingOrder(place)).toEqual([place, fallback]);
    expect(readingOrder(fallback)).toEqual([fallback]);
  });
});

test("the model's key is the ROI's id unless one is given, and is taken as it is", () => {
  const input = { role_id: "r", roi_id: " i " };
  expect(roiOf(input, undefined).modelKey).toBe(" i ");
  expect(roiOf({ ...input, model_key: " " }, undefined).modelKey).toBe(" i ");
  expect(roiOf({ ...input, model_key: " i " }, undefined)).toEqual(roiOf(input, undefined));
});

test("labels are ok and ng in any case", () => {
  expect([" OK", "nG "].map(labelOf)).toEqual(["ok", "ng"]);
  for (const word of ["", "good", "0"]) {
    expect(() => labelOf(word)).toThrow(expect.objectContaining({ code: "invalid_label", status: 400 }));
  }
});
