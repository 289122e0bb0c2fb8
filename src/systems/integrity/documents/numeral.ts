const ROMAN: readonly (readonly [number, string])[] = [
  [1000, "m"],
  [900, "cm"],
  [500, "d"],
  [400, "cd"],
  [100, "c"],
  [90, "xc"],
  [50, "l"],
  [40, "xl"],
  [10, "x"],
  [9, "ix"],
  [5, "v"],
  [4, "iv"],
  [1, "i"],
];

/** A number as lists write it: Word's names of formats and OpenDocument's; others are decimal. */
export function numeral(count: number, format: string): string {
  if (!Number.isInteger(count) || count < 0) return "";
  if (format === "none" || format === "") return "";
  if (format === "lowerLetter" || format === "a") return letter(count);
  if (format === "upperLetter" || format === "A") return letter(count).toUpperCase();
  if (format === "lowerRoman" || format === "i") return roman(count);
  if (format === "upperRoman" || format === "I") return roman(count).toUpperCase();
  return format === "decimalZero" ? String(count).padStart(2, "0") : String(count);
}

/** a, b, ... z, aa, bb, ... as Word goes on. */
function letter(count: number): string {
  if (count === 0) return "";
  const times = Math.min(10, Math.floor((count - 1) / 26) + 1);
  return String.fromCharCode(97 + ((count - 1) % 26)).repeat(times);
}

function roman(count: number): string {
  if (count > 3999) return String(count);
  let rest = count;
  let digits = "";
  for (const [value, digit] of ROMAN)
    while (rest >= value) {
      digits += digit;
      rest -= value;
    }
  return digits;
}
