/** A text, a list of texts, or texts by their keys. */
export type YamlValue = string | readonly string[] | ReadonlyMap<string, string>;

const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s:#"'[\]{},-](?:[^:#]*[^\s:#])?)\s*:(?:\s+(.*))?$/s;

/**
 * As much of YAML as files that describe datasets use: keys at the margin with a text, a list (`[a, b]` or `- a`) or
 * a map of texts (`{0: a}` or `0: a`), quotes of both kinds, comments. Anything deeper is passed over; nothing is
 * refused. O(length).
 */
export function parseYamlSubset(text: string): Map<string, YamlValue> {
  const values = new Map<string, YamlValue>();
  const lines = text.split(/\r?\n/).map(withoutComment);
  for (let at = 0; at < lines.length; at++) {
    const [, key, rest = ""] = KEY.exec(lines[at] ?? "") ?? [];
    if (key === undefined) continue;
    if (/^[[{]/.test(rest)) {
      const collected = [rest];
      const depth = { brackets: 0 };
      for (countBrackets(rest, depth); depth.brackets > 0 && at + 1 < lines.length; ) {
        const line = lines[++at] ?? "";
        collected.push(line);
        countBrackets(line, depth);
      }
      values.set(plain(key), flow(collected.join(" ").trim()));
    } else if (rest !== "") values.set(plain(key), plain(rest));
    else {
      const block: string[] = [];
      while (/^(\s+\S|-\s|\s*$)/.test(lines[at + 1] ?? "end")) block.push(lines[++at] ?? "");
      values.set(plain(key), blockOf(block.filter((line) => line.trim() !== "")));
    }
  }
  return values;
}

function blockOf(lines: readonly string[]): YamlValue {
  if (lines.every((line) => /^\s*-\s/.test(line)))
    return lines.map((line) => plain(line.replace(/^\s*-\s+/, "")));
  const indent = /^\s*/.exec(lines[0] ?? "")?.[0] ?? "";
  const entries = lines
    .filter((line) => line.startsWith(indent) && /\S/.test(line[indent.length] ?? ""))
    .map(entryOf);
  return new Map(entries.filter((entry) => entry !== null));
}

function flow(text: string): YamlValue {
  const pieces = splitOutsideQuotes(text.slice(1).replace(/[\]}]\s*$/, ""));
  if (text.startsWith("[")) return pieces.map(plain);
  return new Map(pieces.map(entryOf).filter((entry) => entry !== null));
}

function entryOf(text: string): [string, string] | null {
  const [, key, value = ""] = KEY.exec(text.trim()) ?? [];
  return key === undefined ? null : [plain(key), plain(value)];
}

/** A text without its quotes. */
function plain(text: string): string {
  const trimmed = text.trim();
  if (/^'.*'$/s.test(trimmed)) return trimmed.slice(1, -1).replaceAll("''", "'");
  if (!/^".*"$/s.test(trimmed)) return trimmed;
  try {
    return String(JSON.parse(trimmed));
  } catch {
    return trimmed.slice(1, -1);
  }
}

function splitOutsideQuotes(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const { char, at } of outsideQuotes(text))
    if (char === ",") {
      pieces.push(text.slice(from, at));
      from = at + 1;
    }
  pieces.push(text.slice(from));
  return pieces.filter((piece) => piece.trim() !== "");
}

function countBrackets(text: string, depth: { brackets: number }): void {
  for (const { char } of outsideQuotes(text))
    if (char === "[" || char === "{") depth.brackets++;
    else if (char === "]" || char === "}") depth.brackets--;
}

function withoutComment(line: string): string {
  for (const { char, at } of outsideQuotes(line))
    if (char === "#" && (at === 0 || /\s/.test(line[at - 1] ?? ""))) return line.slice(0, at).trimEnd();
  return line.trimEnd();
}

/** Characters that no quotes enclose; a quote opens only where a text may begin. */
function* outsideQuotes(text: string): Generator<{ char: string; at: number }> {
  for (let at = 0, begins = true; at < text.length; at++) {
    const char = text[at] ?? "";
    const end: number = begins && (char === '"' || char === "'") ? closingQuote(text, at) : -1;
    if (end > 0) at = end;
    else yield { char, at };
    begins = end < 0 && (/[\s[{,:]/.test(char) || (begins && char === "-"));
  }
}

function closingQuote(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\" && quote === '"') at++;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === "'") at++;
      else return at;
    }
  }
  return -1;
}
