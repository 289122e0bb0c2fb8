import { z } from "zod";

/*
 * Fields as they arrive in forms and query strings: text that means a number or a truth value.
 * JSON bodies of existing clients also carry numbers as text, so the same fields serve there.
 */

const TRUE = new Set(["true", "1", "on", "yes", "t", "y"]);
const FALSE = new Set(["false", "0", "off", "no", "f", "n"]);
const NOT_A_NUMBER = /^[+-]?nan$/i;
const INFINITE = /^([+-]?)inf(inity)?$/i;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** `true/false/1/0/on/off/yes/no/t/f/y/n` in any case, or a real boolean. */
export const truth = () =>
  z
    .union([z.boolean(), z.string(), z.number()])
    .transform((value, context) => {
      const word = String(value).trim().toLowerCase();
      if (TRUE.has(word)) return true;
      if (FALSE.has(word)) return false;
      context.issues.push({ code: "custom", message: "Input should be a valid boolean", input: value });
      return z.NEVER;
    })
    .meta({ type: "boolean" });

/** The number that a text stands for, NaN and infinities included; null when it stands for none. */
function numberFromText(text: string): number | null {
  const trimmed = text.trim();
  if (NOT_A_NUMBER.test(trimmed)) return Number.NaN;
  const infinite = INFINITE.exec(trimmed);
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  return DECIMAL.test(trimmed) ? Number(trimmed) : null;
}

/** Any number, NaN and infinities included: where those need an answer of their own, the action gives it. */
export const anyNumber = () =>
  z
    .union([z.custom<number>((value) => typeof value === "number"), z.string()])
    .transform((value, context) => {
      const number = typeof value === "number" ? value : numberFromText(value);
      if (number !== null) return number;
      context.issues.push({ code: "custom", message: "Input should be a valid number", input: value });
      return z.NEVER;
    })
    .meta({ type: "number" });

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

function boundedNumber(isValid: (value: number) => boolean, kind: string, { min, max }: Bounds) {
  const limits = [min === undefined ? "" : `at least ${min}`, max === undefined ? "" : `at most ${max}`]
    .filter((limit) => limit !== "")
    .join(" and ");
  return anyNumber().refine(
    (value) => isValid(value) && value >= (min ?? -Infinity) && value <= (max ?? Infinity),
    `Input should be a valid ${kind}${limits === "" ? "" : `, ${limits}`}`,
  );
}

function boundsMeta({ min, max }: Bounds) {
  return { ...(min === undefined ? {} : { minimum: min }), ...(max === undefined ? {} : { maximum: max }) };
}

/** A finite number within bounds. */
export const finiteNumber = (bounds: Bounds = {}) =>
  boundedNumber(Number.isFinite, "number", bounds).meta({ type: "number", ...boundsMeta(bounds) });

/** A whole number within bounds. */
export const wholeNumber = (bounds: Bounds = {}) =>
  boundedNumber(Number.isSafeInteger, "integer", bounds).meta({ type: "integer", ...boundsMeta(bounds) });

/** Text as people write it: no control characters (they mean no good in names, logs and databases). */
export const plainText = (maxLength = 1_000) =>
  z
    .string("Input should be a valid string")
    .max(maxLength, `Input should have at most ${maxLength} characters`)
    .refine(
      (value) => value.isWellFormed() && !/\p{Cc}/u.test(value),
      "Input should not contain control characters or broken Unicode",
    );

/** The same with something in it. */
export const filledText = (maxLength = 1_000) =>
  plainText(maxLength).refine((value) => value.trim() !== "", "Input should not be blank");

/** Marks a field that is ours, not the contract's, in the OpenAPI document. */
export function ours<Schema extends z.ZodType>(schema: Schema, description: string): Schema {
  return schema.meta({ ...schema.meta(), description, "x-quatrain": true }) as Schema;
}
