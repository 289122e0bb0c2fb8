import { z } from "zod";
import { type QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";

const SHOWN_FAULTS = 3;

/** Any value of JSON, the keys of its objects sorted: what a user wrote in another order gives the same bytes. */
export const SortedJson = z.record(z.string(), z.json()).transform((value) => sorted(value) as typeof value);

/**
 * The text of a JSON file: two spaces, a line feed at its end, keys in the schema's order and after them, sorted, those
 * that it does not name. The same value gives the same bytes.
 * @throws ZodError where the value is not of the schema: a mistake of the code
 */
export function formatJson<T extends z.ZodObject>(schema: T, value: z.input<T>): string {
  return `${JSON.stringify(ordered(schema, value), null, 2)}\n`;
}

/** The same for a list. */
export function formatJsonList<T extends z.ZodObject>(schema: T, values: readonly z.input<T>[]): string {
  return `${JSON.stringify(
    values.map((value) => ordered(schema, value)),
    null,
    2,
  )}\n`;
}

/**
 * A JSON file that came from outside.
 * @param name of the file, for the message
 * @throws QuatrainError `invalid_metadata` (400), with the first faults
 */
export function parseJson<T extends z.ZodType>(schema: T, text: string, name: string): z.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(name, "it is no JSON");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "file"}: ${message}`);
  throw invalid(name, faults.slice(0, SHOWN_FAULTS).join("; "));
}

function invalid(name: string, fault: string): QuatrainError {
  return userError(
    "invalid_metadata",
    400,
    `${JSON.stringify(name)} cannot be used: ${fault.slice(0, 500)}. Mend it, or run pass 1 again.`,
    { file: name },
  );
}

function ordered<T extends z.ZodObject>(schema: T, value: z.input<T>): Record<string, unknown> {
  const parsed: Record<string, unknown> = schema.parse(value);
  const named = Object.keys(schema.shape).filter((key) => parsed[key] !== undefined);
  const others = Object.keys(parsed).filter((key) => !(key in schema.shape));
  return {
    ...Object.fromEntries(named.map((key) => [key, parsed[key]])),
    ...Object.fromEntries(others.sort().map((key) => [key, sorted(parsed[key])])),
  };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
