import { userError } from "../errors/quatrain-error.ts";

/** The folder of half-written files in a local store; no key begins with it, on any store. */
export const INCOMING = ".incoming";

const MAX_KEY_BYTES = 1024;
const MAX_SEGMENT_BYTES = 255;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Lets a valid key through. @throws QuatrainError `invalid_key` (400) saying what is wrong with it */
export function checkKey(key: string): string {
  const fault = keyFault(key);
  if (fault === null) return key;
  throw userError(
    "invalid_key",
    400,
    `The file name ${JSON.stringify(key.slice(0, 200))} cannot be used: ${fault}.`,
  );
}

/** Lets `""` or a valid key through. */
export function checkPrefix(prefix: string): string {
  return prefix === "" ? prefix : checkKey(prefix);
}

/** What makes `key` unusable, in words that end a sentence; null for a valid one. */
export function keyFault(key: string): string | null {
  if (key === "") return "it is empty";
  if (!key.isWellFormed()) return "it is not well-formed Unicode";
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) return `it is longer than ${MAX_KEY_BYTES} bytes`;
  if (CONTROL.test(key)) return "it holds control characters";
  const segments = key.split("/");
  if (segments[0] === INCOMING) return `names beginning with ${INCOMING}/ are reserved`;
  return segments.map(segmentFault).find((fault) => fault !== null) ?? null;
}

function segmentFault(segment: string): string | null {
  if (segment === "") return "it begins or ends with a slash or holds two in a row";
  if (segment === "." || segment === "..") return "it holds . or .. as a folder";
  if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES)
    return `a part of it is longer than ${MAX_SEGMENT_BYTES} bytes`;
  return null;
}
