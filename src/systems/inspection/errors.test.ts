import type { IncomingHttpHeaders } from "node:http";
import { expect, test } from "vitest";
import { InvalidInput } from "../../platform/errors/invalid-input.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";
import { presentInspectionError } from "./errors.ts";

const situation = { requestId: "id-1", headers: {}, fields: {}, path: "/infer" };
const echo = { request_id: "id-1", recipe_id: "default" };

test("most errors are flat", () => {
  expect(presentInspectionError(userError("no_images", 400, "No images"), situation)).toEqual({
    error: "No images",
    code: "no_images",
    ...echo,
  });
});

test.each(["invalid_recipe_id", "mm_per_px_mismatch"])("%s is nested under detail as well", (code) => {
  expect(presentInspectionError(userError(code, 409, "x"), situation)).toEqual({
    error: "x",
    detail: { error: "x", ...echo },
    code,
    ...echo,
  });
});

test.each(["invalid_mm_per_px", "invalid_metas", "file_not_found", "meta_not_found", "not_found"])(
  "%s is a text under detail",
  (code) => {
    expect(presentInspectionError(userError(code, 404, "x"), situation)).toMatchObject({
      error: "x",
      detail: "x",
    });
  },
);

test("faults of fields are listed under detail, and in words under error", () => {
  const faults = [{ loc: ["body", "roi_id"], msg: "Field required", type: "missing" }];
  expect(presentInspectionError(new InvalidInput(faults), situation)).toMatchObject({
    error: "roi_id: Field required",
    detail: faults,
  });
});

test("the recipe is the request's, as it came where it is none", () => {
  const recipeIn = (fields: object, headers: IncomingHttpHeaders = {}) =>
    presentInspectionError(userError("x", 400, "x"), {
      requestId: "",
      headers,
      fields: { ...fields },
      path: "/infer",
    }).recipe_id;
  expect(recipeIn({ recipe_id: " A1 " }, { "x-recipe-id": "b" })).toBe("a1");
  expect(recipeIn({}, { "x-recipe-id": "B" })).toBe("b");
  expect(recipeIn({ recipe_id: " LAST " })).toBe("LAST");
  expect(recipeIn({ recipe_id: 5 })).toBe("default");
  expect(recipeIn({ recipe_id: "z".repeat(1_000) })).toHaveLength(64);
});
