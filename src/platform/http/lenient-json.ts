import { userError } from "../errors/quatrain-error.ts";

const MAX_DEPTH = 64;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Parses JSON as Python clients write it: bare `NaN`, `Infinity` and `-Infinity` become the texts "NaN" and so on.
 * O(length), whatever the text.
 * @throws QuatrainError `invalid_json` (400) for anything else that is not JSON, or nested deeper than 64
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(quoteBareWords(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw userError("invalid_json", 400, "The body is not valid JSON");
  }
}

/** The bytes of a body as text, without a byte order mark. @throws QuatrainError `invalid_json` (400) */
export function decodeJson(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw userError("invalid_json", 400, "The body is not valid UTF-8");
  }
}

/** One pass over the text, by hand: a regular expression for strings would run out of stack on long ones. */
function quoteBareWords(text: string): string {
  const pieces: string[] = [];
  let copied = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at);
    else if (char === "{" || char === "[") refuseDeeper(++depth);
    else if (char === "}" || char === "]") depth--;
    else if (char === "N" || char === "I") {
      const word = bareWordAt(text, at);
      if (word === null) continue;
      const from = text[at - 1] === "-" && char === "I" ? at - 1 : at;
      pieces.push(text.slice(copied, from), `"${text.slice(from, at)}${word}"`);
      copied = at + word.length;
      at = copied - 1;
    }
  }
  return pieces.join("") + text.slice(copied);
}

function bareWordAt(text: string, at: number): string | null {
  return ["NaN", "Infinity"].find((word) => text.startsWith(word, at)) ?? null;
}

/** Index of the quote that ends the string, or of the text's end. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

function refuseDeeper(depth: number): void {
  if (depth > MAX_DEPTH) {
    throw userError("invalid_json", 400, `The JSON is nested deeper than ${MAX_DEPTH} levels`);
  }
}
