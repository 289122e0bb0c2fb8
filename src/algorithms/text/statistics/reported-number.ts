/** A number as a text gives it: what was rounded to it lies within `half` on both sides. */
export interface ReportedNumber {
  readonly value: number;
  /** Half a unit of the last digit written. */
  readonly half: number;
}

/**
 * An unsigned number, decimal comma, point or raised point, with or without the zero before it, grouped by thousands
 * only where a decimal mark of the other kind follows. Source of a regular expression without groups.
 */
export const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3})+\.\d{1,9}|\d{1,3}(?:\.\d{3})+,\d{1,9}|\d{1,9}(?:[.,·]\d{1,12})?|[.,·]\d{1,12})(?!\d)`;

/** Hyphen, minus and dashes before a number; one space may follow. */
export const MINUS = String.raw`[-\u2212\u2010-\u2013]\s?`;

/** `× 10^-5`, `e-5`, `·10⁻⁵` after a number. */
export const EXPONENT = String.raw`(?:[eE][-\u2212+]?\d{1,3}|\s?[×x·*]\s?10\s?\^?\s?(?:[-\u2212\u2013]\s?\d{1,3}|⁻[⁰¹²³⁴-⁹]{1,3}))`;

const PARTS = new RegExp(`^(${MINUS})?(${NUMBER})(${EXPONENT})?$`, "u");
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Reads what the sources above match; null for anything else. */
export function readNumber(written: string): ReportedNumber | null {
  const match = PARTS.exec(written);
  if (match === null) return null;
  const [, minus, digits = "", power = ""] = match;
  const mark = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","), digits.lastIndexOf("·"));
  const decimals = mark < 0 ? 0 : digits.length - mark - 1;
  const whole = (mark < 0 ? digits : digits.slice(0, mark)).replace(/[.,]/g, "");
  const scale = 10 ** exponentOf(power);
  const size = Number(`${whole}.${mark < 0 ? "" : digits.slice(mark + 1)}`) * scale;
  return { value: minus === undefined ? size : -size, half: 0.5 * 10 ** -decimals * scale };
}

function exponentOf(power: string): number {
  if (power === "") return 0;
  const plain = power.replace(/[⁰¹²³⁴-⁹]/g, (digit) => String(RAISED.indexOf(digit)));
  const [, minus, digits] = /(?:[eE]|10\s?\^?\s?)([-\u2212\u2013⁻]?)\s?\+?(\d+)$/u.exec(plain) ?? [];
  return (minus === "" ? 1 : -1) * Number(digits ?? 0);
}

/** A count as a text gives it, thousands grouped or not. Source of a regular expression without groups. */
export const COUNT = String.raw`(?:\d{1,3}(?:[.,\u202f\u00a0]\d{3})+|\d{1,7})(?![\d])`;

export function readCount(written: string): number {
  return Number(written.replace(/\D/g, ""));
}
