/**
 * Letters of Latin scripts in a few ranges. Unicode's own classes have hundreds, and the many expressions of this folder
 * would take a quarter of a second to compile with them. Names in other scripts are not read. Latin Extended-A alternates
 * between the cases, so its letters count as both.
 */
const EXTENDED = "\\u0100-\\u017F";
const RANGES: Readonly<Record<string, string>> = {
  Lu: `A-Z\\u00C0-\\u00D6\\u00D8-\\u00DE${EXTENDED}`,
  Ll: `a-z\\u00DF-\\u00F6\\u00F8-\\u00FF${EXTENDED}`,
  L: `A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u00FF${EXTENDED}`,
  M: "\\u0300-\\u036F",
  N: "0-9",
};

/** An expression in which `\p{L}`, `\p{Lu}`, `\p{Ll}`, `\p{M}` and `\p{N}` mean Latin letters, marks and digits. */
export function latin(source: string, flags = ""): RegExp {
  let inside = false;
  const expanded = source.replace(/\\p\{(\w+)\}|\\.|[[\]]/g, (token, name: string | undefined) => {
    if (name !== undefined) return inside ? RANGES[name]! : `[${RANGES[name]}]`;
    if (token === "[") inside = true;
    else if (token === "]") inside = false;
    return token;
  });
  return new RegExp(expanded, flags);
}
