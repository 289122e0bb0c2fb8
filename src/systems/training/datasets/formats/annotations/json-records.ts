import { setImmediate } from "node:timers/promises";
import { userError } from "../../../../../platform/errors/quatrain-error.ts";
import { parseJson } from "../../../../../platform/http/lenient-json.ts";

/** A file of annotations, as text. */
export const MAX_JSON_BYTES = 256 * 1024 * 1024;
/** One element of a list, or one other value. */
const MAX_VALUE_LENGTH = 8 * 1024 * 1024;
const MAX_DEPTH = 64;
/** Elements between two turns of the event loop. */
const TURN = 2000;

const SPACE = /[ \t\r\n\ufeff]*/y;
const NUMBER_OR_WORD = /[-+.\w]*/y;
const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [BRACE, BRACKET, END_BRACE, END_BRACKET] = [0x7b, 0x5b, 0x7d, 0x5d];

/**
 * Reads an object of lists piece by piece: `take(key, element)` for each element of a list that lies in it directly,
 * `take(key, value)` for its other values. O(length); besides the text itself one piece is in memory at a time, and
 * the event loop has its turns. Python's bare NaN and Infinity become texts.
 *
 * @param path of the file, for messages
 * @throws QuatrainError `bad_annotations` (400) for what is not JSON, no object, a value above 8 MB or 64 levels deep
 */
export async function readJsonRecords(
  text: string,
  path: string,
  take: (key: string, value: unknown) => void,
): Promise<void> {
  const cursor = new JsonCursor(text, path);
  let turn = 0;
  cursor.expect("{");
  for (let more = !cursor.skips("}"); more; more = cursor.another("}")) {
    const key = cursor.key();
    if (!cursor.skips("[")) take(key, cursor.value());
    else
      for (let inside = !cursor.skips("]"); inside; inside = cursor.another("]")) {
        take(key, cursor.value());
        if (++turn % TURN === 0) await setImmediate();
      }
  }
  cursor.end();
}

/** Where we are in a JSON text. */
class JsonCursor {
  readonly #text: string;
  readonly #path: string;
  #at = 0;

  constructor(text: string, path: string) {
    this.#text = text;
    this.#path = path;
  }

  /** Steps over a character if it is the next. */
  skips(char: string): boolean {
    this.#at = endOf(SPACE, this.#text, this.#at);
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  expect(char: string): void {
    if (!this.skips(char)) throw this.#bad(`"${char}" is expected`);
  }

  /** Between two elements, or at the list's end. */
  another(end: string): boolean {
    if (this.skips(end)) return false;
    this.expect(",");
    return true;
  }

  key(): string {
    const key = this.value();
    if (typeof key !== "string") throw this.#bad("a name in quotes is expected");
    this.expect(":");
    return key;
  }

  value(): unknown {
    const start = endOf(SPACE, this.#text, this.#at);
    this.#at = this.#valueEnd(start);
    const piece = this.#text.slice(start, this.#at);
    if (piece.length > MAX_VALUE_LENGTH) throw this.#bad("one value is longer than 8 MB");
    try {
      return JSON.parse(piece);
    } catch {
      return this.#lenient(piece);
    }
  }

  end(): void {
    this.#at = endOf(SPACE, this.#text, this.#at);
    if (this.#at < this.#text.length) throw this.#bad("the file should end");
  }

  #lenient(piece: string): unknown {
    try {
      return parseJson(piece);
    } catch {
      throw this.#bad("it is not valid JSON");
    }
  }

  #valueEnd(start: number): number {
    const first = this.#text.charCodeAt(start);
    if (first === QUOTE) return this.#stringEnd(start);
    if (first !== BRACE && first !== BRACKET) return endOf(NUMBER_OR_WORD, this.#text, start);
    let depth = 0;
    for (let at = start; at < this.#text.length; at++) {
      const char = this.#text.charCodeAt(at);
      if (char === QUOTE) at = this.#stringEnd(at) - 1;
      else if (char === BRACE || char === BRACKET) {
        if (++depth > MAX_DEPTH) throw this.#bad(`it is nested more than ${MAX_DEPTH} levels deep`);
      } else if ((char === END_BRACE || char === END_BRACKET) && --depth === 0) return at + 1;
    }
    throw this.#bad("the file ends too early");
  }

  #stringEnd(start: number): number {
    for (let at = start + 1; at < this.#text.length; at++) {
      const char = this.#text.charCodeAt(at);
      if (char === QUOTE) return at + 1;
      if (char === BACKSLASH) at++;
    }
    throw this.#bad("the file ends within a text");
  }

  #bad(fault: string) {
    return badAnnotations(this.#path, `${fault}, near character ${this.#at}`);
  }
}

/** `bad_annotations` (400). `fault` follows "cannot be read:". */
export function badAnnotations(path: string, fault: string) {
  return userError(
    "bad_annotations",
    400,
    `The annotations ${JSON.stringify(path.slice(0, 200))} cannot be read: ${fault}. Export them again.`,
    { path },
  );
}

function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  pattern.test(text);
  return pattern.lastIndex;
}
