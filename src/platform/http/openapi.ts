import { z } from "zod";
import type { BodyContract, FileField, RouteContract } from "../../contracts/route.ts";

type Json = Record<string, unknown>;

/** OpenAPI 3.0.3 of a listener, from the contracts of its routes. Existing clients check that version. */
export function openApiDocument(title: string, version: string, contracts: readonly RouteContract[]): Json {
  const paths: Record<string, Json> = {};
  for (const contract of contracts) {
    const path = contract.path.replace(/[:*]([A-Za-z_]+)/g, "{$1}");
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operation(contract) };
  }
  return {
    openapi: "3.0.3",
    info: { title, version, license: { name: "Apache-2.0" } },
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
        bearer: { type: "http", scheme: "bearer" },
      },
    },
  };
}

function operation(contract: RouteContract): Json {
  const body = requestBody(contract.body);
  return {
    operationId: contract.id,
    tags: [contract.tag],
    summary: contract.summary,
    parameters: [
      ...parameters("path", contract.params),
      ...parameters("query", contract.query),
      ...headerParameters(contract.headers),
    ],
    ...(body === undefined ? {} : { requestBody: body }),
    responses: Object.fromEntries(
      Object.entries(contract.responses).map(([status, answer]) => [
        status,
        {
          description: answer.description,
          content: answer.schema
            ? { "application/json": { schema: jsonSchema(answer.schema, "output") } }
            : {
                [answer.contentType ?? "application/octet-stream"]: {
                  schema: { type: "string", format: "binary" },
                },
              },
        },
      ]),
    ),
    security: contract.access === "none" ? [] : [{ apiKey: [] }, { bearer: [] }, {}],
    ...(contract.extra ? { "x-quatrain": true } : {}),
  };
}

function parameters(place: "path" | "query", schema: z.ZodObject | undefined): Json[] {
  if (schema === undefined) return [];
  const object = jsonSchema(schema, "input");
  const required = (object.required ?? []) as readonly string[];
  return Object.entries((object.properties ?? {}) as Record<string, Json>).map(([name, property]) => {
    const { description, ...rest } = property;
    return {
      name,
      in: place,
      required: place === "path" || required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
}

function headerParameters(headers: RouteContract["headers"]): Json[] {
  return Object.entries(headers ?? {}).map(([name, description]) => ({
    name,
    in: "header",
    required: false,
    description,
    schema: { type: "string" },
  }));
}

function requestBody(body: BodyContract): Json | undefined {
  if (body.kind === "none") return undefined;
  if (body.kind === "bytes") {
    const schema = { type: "string", format: "binary", description: body.description };
    return { required: true, content: { "application/octet-stream": { schema } } };
  }
  if (body.kind === "json") {
    return { required: true, content: { "application/json": { schema: jsonSchema(body.schema, "input") } } };
  }
  const object = jsonSchema(body.fields, "input");
  const files = Object.entries(body.files ?? {});
  const required = [
    ...((object.required ?? []) as readonly string[]),
    ...files.filter(([, field]) => field.min > 0).map(([name]) => name),
  ];
  const properties = {
    ...(object.properties as Json),
    ...Object.fromEntries(files.map(([name, field]) => [name, fileSchema(field)])),
  };
  const schema = { type: "object", properties, ...(required.length > 0 ? { required } : {}) };
  const asJson = body.json === undefined ? {} : { "application/json": { schema: object } };
  return { required: true, content: { "multipart/form-data": { schema }, ...asJson } };
}

function fileSchema(field: FileField): Json {
  const file = { type: "string", format: "binary" };
  return field.max === 1
    ? { ...file, description: field.description }
    : { type: "array", items: file, description: field.description };
}

/** A field that is read from text says so in its `meta({type})`: the union behind it is nobody's business. */
function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  return z.toJSONSchema(schema, {
    target: "openapi-3.0",
    io,
    unrepresentable: "any",
    override: ({ jsonSchema: node }) => {
      if (node.type !== undefined && node.anyOf !== undefined) delete node.anyOf;
      delete node.$schema;
    },
  }) as Json;
}
