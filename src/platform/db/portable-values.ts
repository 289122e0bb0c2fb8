import { userError } from "../errors/quatrain-error.ts";

/** What a statement may be given, on both dialects. */
export type PortableValue = null | number | bigint | string | Uint8Array;

/**
 * Lets through what both dialects store alike and refuses the rest, so that a query that works on one database
 * works on the other: no booleans (use 0 and 1), dates (use milliseconds) or objects (use JSON text), no NaN or
 * infinity, no integer beyond 2^53 - 1, no NUL in text (PostgreSQL cannot store it).
 *
 * @throws QuatrainError `invalid_text` (400) for a NUL in text, which only a client can have sent
 * @throws TypeError for everything else, which is a fault of ours
 */
export function checkPortable(parameters: readonly unknown[]): PortableValue[] {
  return parameters.map(portable);
}

function portable(value: unknown, index: number): PortableValue {
  if (value === null || value instanceof Uint8Array) return value;
  if (typeof value === "string") return withoutNul(value);
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "bigint" && BigInt(Number(value)) === value) return value;
  const shown = typeof value === "object" ? value?.constructor.name : `${typeof value} ${String(value)}`;
  throw new TypeError(
    `parameter ${index + 1} is not portable (${shown}): use null, a finite number, text or a Uint8Array`,
  );
}

function withoutNul(text: string): string {
  if (!text.includes("\u0000")) return text;
  throw userError(
    "invalid_text",
    400,
    "Text may not contain the character NUL (U+0000): remove it and try again.",
  );
}

/** Parses a decimal integer of the database. @throws RangeError beyond 2^53 - 1 */
export function safeInteger(digits: string): number {
  const value = Number(digits);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`the integer ${digits} is beyond 2^53 - 1 and cannot be read exactly`);
}
