import { z } from "zod";
import type { RouteContract } from "../../contracts/route.ts";
import { type FieldFault, InvalidInput } from "../errors/invalid-input.ts";

/** The untyped pieces of a request, before the contract's schemas have seen them. */
export interface RawInput {
  readonly path: unknown;
  readonly query: unknown;
  readonly body: Readonly<Record<string, unknown>>;
  /** The body came as JSON, also where a form was expected. */
  readonly isJson: boolean;
  /** By the name of their field. */
  readonly files: Readonly<Record<string, readonly unknown[]>>;
}

/** Nobody reads more of them, and hostile input could have a million. */
const MAX_FAULTS = 50;

/**
 * Checks path, query and body against the contract and joins them; body fields win over query fields.
 * @throws InvalidInput (422) with every fault at once
 */
export function parseInput(contract: RouteContract, raw: RawInput): Record<string, unknown> {
  const faults: FieldFault[] = [];
  const body = bodySchema(contract);
  const input = {
    ...parsePart("path", contract.params, raw.path, faults),
    ...parsePart("query", contract.query, raw.query, faults),
    ...parsePart(
      "body",
      body,
      contract.body.kind === "form" && !raw.isJson ? shapeLists(contract.body.fields, raw.body) : raw.body,
      faults,
    ),
  };
  faults.push(...missingFiles(contract, raw.files));
  if (faults.length > 0) throw new InvalidInput(shortened(faults));
  return input;
}

function missingFiles({ body }: RouteContract, files: RawInput["files"]): FieldFault[] {
  return Object.entries((body.kind === "form" && body.files) || {})
    .filter(([name, field]) => (files[name]?.length ?? 0) < field.min)
    .map(([name]) => ({ loc: ["body", name], msg: "Field required", type: "missing" }));
}

function shortened(faults: readonly FieldFault[]): readonly FieldFault[] {
  const more = faults.length - MAX_FAULTS;
  if (more <= 0) return faults;
  return [...faults.slice(0, MAX_FAULTS), { loc: ["body"], msg: `${more} more faults`, type: "value_error" }];
}

function bodySchema(contract: RouteContract): z.ZodType | undefined {
  if (contract.body.kind === "json") return contract.body.schema;
  return contract.body.kind === "form" ? contract.body.fields : undefined;
}

function parsePart(
  place: "path" | "query" | "body",
  schema: z.ZodType | undefined,
  value: unknown,
  faults: FieldFault[],
): Record<string, unknown> {
  if (schema === undefined) return {};
  const given = place === "body" ? value : lastOfEach(value);
  const result = schema.safeParse(given);
  if (result.success) return definedOnly(result.data as Record<string, unknown>);
  for (const issue of result.error.issues) {
    const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
    const missing = valueAt(given, path) === undefined;
    faults.push({
      loc: [place, ...path],
      msg: missing ? "Field required" : issue.message,
      type: missing ? "missing" : "value_error",
    });
  }
  return {};
}

/** A repeated query parameter counts once, by its last value. */
function lastOfEach(query: unknown): Record<string, unknown> {
  return givenOnly(Object.entries((query ?? {}) as Record<string, unknown>).map(lastOfOne));
}

function lastOfOne([name, value]: [string, unknown]): [string, unknown] {
  return [name, Array.isArray(value) ? value.at(-1) : value];
}

/** A field sent empty counts as absent, as in FastAPI's forms: toolkits send every field that they have. */
function givenOnly(fields: readonly [string, unknown][]): Record<string, unknown> {
  return Object.fromEntries(fields.filter(([, value]) => value !== ""));
}

/** In a form nothing tells one value from a list of one: the schema does. */
function shapeLists(schema: z.ZodObject, fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return givenOnly(
    Object.entries(fields).map(([name, value]) => {
      if (!isList(schema.shape[name])) return lastOfOne([name, value]);
      return [name, Array.isArray(value) ? value : [value]];
    }),
  );
}

function isList(schema: z.core.$ZodType | undefined): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return isList(schema.unwrap());
  return schema instanceof z.ZodArray;
}

/** Absent optional fields stay absent, so that they do not hide the same name in the query. */
function definedOnly(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === "object" && inner !== null
        ? (inner as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );
}
