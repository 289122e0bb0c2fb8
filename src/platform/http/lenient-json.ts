import { userError } from "../errors/quatrain-error.ts";

const MAX_DEPTH = 64;

/**
 * Parses JSON as Python clients write it: bare `NaN`, `Infinity` and `-Infinity` become the texts "NaN" and so on.
 * @throws QuatrainError `invalid_json` (400) for anything else that is not JSON, or nested deeper than 64
 */
export function parseJson(text: string): unknown {
  const { quoted, depth } = scan(text);
  if (depth > MAX_DEPTH) {
    throw userError("invalid_json", 400, `The JSON is nested deeper than ${MAX_DEPTH} levels`);
  }
  try {
    return JSON.parse(quoted);
  } catch {
    throw userError("invalid_json", 400, "The body is not valid JSON");
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN|[[{]|[\]}]/g;

/** One pass over the text: quotes the bare number words outside strings and measures the nesting. */
function scan(text: string): { quoted: string; depth: number } {
  let open = 0;
  let depth = 0;
  const quoted = text.replace(TOKEN, (token) => {
    if (token === "[" || token === "{") depth = Math.max(depth, ++open);
    else if (token === "]" || token === "}") open--;
    else if (!token.startsWith('"')) return `"${token}"`;
    return token;
  });
  return { quoted, depth };
}
