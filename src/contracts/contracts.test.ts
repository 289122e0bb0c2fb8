import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import * as colorization from "./colorization/index.ts";
import * as inspection from "./inspection/index.ts";
import * as integrity from "./integrity/index.ts";
import * as platform from "./platform/index.ts";
import type { AnswerOf, ClientInputOf, FileFieldsOf, InputOf, RouteContract } from "./route.ts";
import * as training from "./training/index.ts";

const contracts = [
  ...Object.values(inspection),
  ...Object.values(integrity),
  ...Object.values(training),
  ...Object.values(colorization),
  ...Object.values(platform),
].filter(
  (exported): exported is Extract<typeof exported, RouteContract> => "method" in exported,
) as readonly RouteContract[];

test("every id is given once, and every method and path too, but for the health that several claim", () => {
  expect(new Set(contracts.map(({ id }) => id)).size).toBe(contracts.length);
  const places = contracts.map(({ method, path }) => `${method} ${path}`);
  const twice = places.filter((place, index) => places.indexOf(place) !== index);
  expect([...new Set(twice)]).toEqual(["GET /health"]);
});

describe.each(contracts.map((contract) => [contract.id, contract] as const))("%s", (_id, contract) => {
  test("has a schema for exactly the parameters of its path", () => {
    const inPath = [...contract.path.matchAll(/[:*]([a-z_]+)/g)].map(([, name]) => name);
    expect(Object.keys(contract.params?.shape ?? {}).sort()).toEqual(inPath.sort());
  });

  test("names each field in one place only, so that none hides another", () => {
    const files = contract.body.kind === "form" ? Object.keys(contract.body.files ?? {}) : [];
    const fields = contract.body.kind === "form" ? Object.keys(contract.body.fields.shape) : [];
    expect(fields.filter((name) => files.includes(name))).toEqual([]);
    expect(Object.keys(contract.params?.shape ?? {}).filter((name) => fields.includes(name))).toEqual([]);
  });

  test("answers with what JSON Schema can say, and says it in words", () => {
    expect(Object.keys(contract.responses).some((status) => Number(status) < 300)).toBe(true);
    for (const { schema, contentType, description } of Object.values(contract.responses)) {
      expect(description).not.toBe("");
      expect(schema === undefined).toBe(contentType !== undefined);
      if (schema) expect(() => z.toJSONSchema(schema, { target: "openapi-3.0", io: "output" })).not.toThrow();
    }
  });
});

test("the types of a route follow from its contract", () => {
  expectTypeOf<InputOf<typeof inspection.infer>["mm_per_px"]>().toEqualTypeOf<number>();
  expectTypeOf<InputOf<typeof inspection.infer>["allow_uncalibrated"]>().toEqualTypeOf<boolean>();
  expectTypeOf<InputOf<typeof inspection.manifestByPath>>().toExtend<{
    role_id: string;
    recipe_id?: string;
  }>();
  expectTypeOf<ClientInputOf<typeof inspection.infer>["mm_per_px"]>().toEqualTypeOf<number | string>();
  expectTypeOf<FileFieldsOf<typeof inspection.fitOk>>().toEqualTypeOf<"images">();
  expectTypeOf<FileFieldsOf<typeof platform.login>>().toEqualTypeOf<never>();
  expectTypeOf<AnswerOf<typeof inspection.fitOk>>().toExtend<{ n_embeddings: number }>();
  expectTypeOf<AnswerOf<typeof platform.createKey>>().toExtend<{ key: string }>();
  expectTypeOf<AnswerOf<typeof inspection.getDatasetFile>>().toEqualTypeOf<unknown>();
});
