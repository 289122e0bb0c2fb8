import { z } from "zod";

/*
 * Fields as they arrive in forms and query strings: text that means a number or a truth value.
 * JSON bodies of existing clients also carry numbers as text, so the same fields serve there.
 */

const TRUE = new Set(["true", "1", "on", "yes", "t", "y"]);
const FALSE = new Set(["false", "0", "off", "no", "f", "n"]);
const NOT_A_NUMBER = /^[+-]?nan$/i;
const INFINITE = /^([+-]?)inf(inity)?$/i;
// written so that no text can be matched in two ways: a megabyte of digits is refused in linear time
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

const NO_BOOLEAN = "Input should be a valid boolean";
const NO_NUMBER = "Input should be a valid number";
const NO_LIST = "Input should be a valid list";

/** `true/false/1/0/on/off/yes/no/t/f/y/n` in any case, or a real boolean. */
export const truth = () =>
  z
    .union([z.boolean(), z.string(), z.number()], NO_BOOLEAN)
    .transform((value, context) => {
      const word = String(value).trim().toLowerCase();
      if (TRUE.has(word)) return true;
      if (FALSE.has(word)) return false;
      context.issues.push({ code: "custom", message: NO_BOOLEAN, input: value });
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

function toNumber(value: unknown): number | null {
  if (typeof value === "number") return value;
  return typeof value === "string" ? numberFromText(value) : null;
}

/** Any number, NaN and infinities included: where those need an answer of their own, the action gives it. */
export const anyNumber = () =>
  z
    .union([z.custom<number>((value) => typeof value === "number"), z.string()], NO_NUMBER)
    .transform((value, context) => {
      const number = toNumber(value);
      if (number !== null) return number;
      context.issues.push({ code: "custom", message: NO_NUMBER, input: value });
      return z.NEVER;
    })
    .meta({ type: "number" });

/** What a list of at most `maxItems` is; refused by its length before anybody looks at its items. */
const boundedList = <Item>(maxItems: number) =>
  z
    .custom<readonly Item[]>(Array.isArray, NO_LIST)
    .refine((items) => items.length <= maxItems, `Input should have at most ${maxItems} items`);

/** A list of any numbers, NaN and infinities included. Only the first item that is none is reported. O(items). */
export const numberList = (maxItems: number) =>
  boundedList<number | string>(maxItems)
    .transform((items, context): number[] => {
      const numbers: number[] = [];
      for (const [index, item] of items.entries()) {
        const number = toNumber(item);
        if (number === null) {
          context.issues.push({ code: "custom", message: NO_NUMBER, input: item, path: [index] });
          return z.NEVER;
        }
        numbers.push(number);
      }
      return numbers;
    })
    .meta({ type: "array", items: { type: "number" }, maxItems });

/** A list of texts. */
export const textList = (maxItems: number) =>
  boundedList<string>(maxItems)
    .refine((items) => items.every((item) => typeof item === "string"), "Input should be a list of strings")
    .meta({ type: "array", items: { type: "string" }, maxItems });

interface Bounds {
  readonly min?: number;
  readonly max?: number;
  /** It must be greater than that. */
  readonly above?: number;
}

function boundedNumber(isValid: (value: number) => boolean, kind: string, { min, max, above }: Bounds) {
  const limits = [
    above === undefined ? "" : `above ${above}`,
    min === undefined ? "" : `at least ${min}`,
    max === undefined ? "" : `at most ${max}`,
  ]
    .filter((limit) => limit !== "")
    .join(" and ");
  return anyNumber().refine(
    (value) =>
      isValid(value) &&
      value >= (min ?? -Infinity) &&
      value <= (max ?? Infinity) &&
      !(above !== undefined && value <= above),
    `Input should be a valid ${kind}${limits === "" ? "" : `, ${limits}`}`,
  );
}

function boundsMeta({ min, max, above }: Bounds) {
  return {
    ...(above === undefined ? {} : { exclusiveMinimum: above }),
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
  };
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
