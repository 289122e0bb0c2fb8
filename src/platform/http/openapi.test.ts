import { describe, expect, test } from "vitest";
import * as inspection from "../../contracts/inspection/index.ts";
import * as integrity from "../../contracts/integrity/index.ts";
import * as platform from "../../contracts/platform/index.ts";
import type { RouteContract } from "../../contracts/route.ts";
import { openApiDocument } from "./openapi.ts";

type Json = Readonly<Record<string, unknown>>;

const contracts = [
  ...Object.values(inspection),
  ...Object.values(integrity),
  ...Object.values(platform),
].filter((exported) => "method" in exported) as unknown as readonly RouteContract[];

const document = JSON.parse(JSON.stringify(openApiDocument("Quatrain", "1.2.3", contracts))) as {
  openapi: string;
  info: Json;
  paths: Record<string, Record<string, Operation>>;
};

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: Json }[];
  readonly requestBody?: { content: Record<string, { schema: Json }> };
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
  readonly "x-quatrain"?: boolean;
}

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

function operationOf(id: string): Operation {
  const found = operations.find(({ operation }) => operation.operationId === id);
  if (found === undefined) throw new Error(`no operation ${id}`);
  return found.operation;
}

/** Keywords that OpenAPI 3.0.3 knows in a schema ("Schema Object"), and our mark. */
const KEYWORDS = new Set(
  (
    "title multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems " +
    "minItems uniqueItems maxProperties minProperties required enum type allOf oneOf anyOf not items properties " +
    "additionalProperties description format default nullable discriminator readOnly example deprecated x-quatrain"
  ).split(" "),
);

/** Every schema inside a schema, itself included. */
function schemasIn(schema: Json): Json[] {
  const children = [
    ...Object.values((schema.properties ?? {}) as Json),
    ...["items", "additionalProperties", "not"].map((name) => schema[name]),
    ...["allOf", "oneOf", "anyOf"].flatMap((name) => (schema[name] ?? []) as unknown[]),
  ];
  return [schema, ...children.flatMap((child) => (isObject(child) ? schemasIn(child) : []))];
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

const schemas = operations.flatMap(({ operation }) => [
  ...operation.parameters.map(({ schema }) => schema),
  ...[operation.requestBody?.content, ...Object.values(operation.responses).map(({ content }) => content)]
    .flatMap((content) => Object.values(content ?? {}))
    .map(({ schema }) => schema),
]);

test("is OpenAPI 3.0.3 and lists every route once", () => {
  expect(document.openapi).toBe("3.0.3");
  expect(document.info).toMatchObject({ title: "Quatrain", version: "1.2.3" });
  const listed = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort();
  const known = contracts.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`).sort();
  expect(listed).toEqual([...new Set(known)]); // several contracts claim GET /health
});

test("every parameter of a path is declared and required, and nothing is declared twice", () => {
  for (const { path, operation } of operations) {
    const inPath = operation.parameters.filter((parameter) => parameter.in === "path");
    expect(inPath.map(({ name }) => name).sort()).toEqual(
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(),
    );
    expect(inPath.every(({ required }) => required)).toBe(true);
    const names = operation.parameters.map(({ name, in: place }) => `${place} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  }
});

test("every schema uses what OpenAPI 3.0.3 knows, arrays have items, and required properties exist", () => {
  for (const schema of schemas.flatMap(schemasIn)) {
    expect(Object.keys(schema).filter((key) => !KEYWORDS.has(key))).toEqual([]);
    expect(Array.isArray(schema.type)).toBe(false);
    if (schema.type === "array") expect(isObject(schema.items)).toBe(true);
    if (schema.additionalProperties !== undefined) {
      expect(["boolean", "object"]).toContain(typeof schema.additionalProperties);
    }
    const properties = Object.keys((schema.properties ?? {}) as Json);
    expect(((schema.required ?? []) as string[]).filter((name) => !properties.includes(name))).toEqual([]);
  }
});

test("a field that is read from text shows the type it means, not the union behind it", () => {
  const requests = operations.flatMap(({ operation }) => [
    ...operation.parameters.map(({ schema }) => schema),
    ...Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => schema),
  ]);
  for (const schema of requests.flatMap(schemasIn)) {
    expect(schema).not.toHaveProperty("anyOf");
    expect(schema).not.toHaveProperty("allOf");
  }
  const fit = operationOf("inspectionFitOk").requestBody?.content["multipart/form-data"]?.schema;
  expect(fit).toMatchObject({
    required: ["role_id", "roi_id", "mm_per_px"],
    properties: {
      mm_per_px: { type: "number" },
      memory_fit: { type: "boolean" },
      images: { type: "array", items: { type: "string", format: "binary" } },
    },
  });
});

test("fields that may be null say so, with their type", () => {
  const calibrate = operationOf("inspectionCalibrateNg").requestBody?.content["application/json"]?.schema;
  expect(calibrate).toMatchObject({
    properties: {
      mm_per_px: { type: "number", nullable: true },
      ok_scores: { type: "array", items: { type: "number" }, maxItems: 1_000_000 },
      ng_scores: { type: "array", nullable: true },
    },
  });
});

describe("x-quatrain", () => {
  test("marks our additions inside a contract", () => {
    const infer = operationOf("inspectionInfer").requestBody?.content["multipart/form-data"]?.schema;
    expect(infer).toMatchObject({ properties: { allow_uncalibrated: { "x-quatrain": true } } });
    expect(infer).not.toMatchObject({ properties: { role_id: { "x-quatrain": true } } });
    expect(operationOf("listUsers")["x-quatrain"]).toBe(true);
    expect(operationOf("inspectionInfer")).not.toHaveProperty("x-quatrain");
  });
});
