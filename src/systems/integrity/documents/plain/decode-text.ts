import { TextDecoder } from "node:util";
import type { DocumentNote } from "../port.ts";
import { refusal } from "../refusals.ts";

/** Text of a file, with `\n` as the only line end. */
export interface DecodedText {
  readonly text: string;
  readonly notes: readonly DocumentNote[];
}

/** Byte order marks, and what they announce. */
const MARKS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** Bytes that are looked at to tell text from anything else. */
const SAMPLE = 65_536;
/** Compressed and executable files have ten times as many control characters. */
const MOST_CONTROLS = 0.01;
/** Tab, line feed, form feed, carriage return, escape and DOS' end of file do stand in texts. */
const USUAL = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1a, 0x1b]);

/**
 * Decodes UTF-8, UTF-16 with its mark, the declared encoding, or else what Windows wrote before: Windows-1252 is only
 * a guess, and is noted. O(bytes).
 *
 * @param declared an encoding that the text names itself; one that is unknown or does not fit is passed over.
 * @throws QuatrainError `unsupported_document` for what is no text.
 */
export function decodeText(bytes: Uint8Array, declared?: string): DecodedText {
  const marked = markOf(bytes);
  if (marked !== undefined) return decoded(bytes, marked, []);
  if (!looksLikeText(bytes)) throw refusal("unsupported_document");
  const encodings = ["utf-8", ...(declared === undefined ? [] : [declared])];
  for (const encoding of encodings) {
    const text = tryDecoding(bytes, encoding);
    if (text !== null) return { text: withPlainLineEnds(text), notes: [] };
  }
  return decoded(bytes, "windows-1252", ["assumed_windows_1252"]);
}

/** Whether the beginning of a file can be text, in any encoding that is read. */
export function looksLikeText(bytes: Uint8Array): boolean {
  if (markOf(bytes) !== undefined) return true;
  const sample = bytes.subarray(0, SAMPLE);
  let controls = 0;
  for (const byte of sample) if ((byte < 0x20 && !USUAL.has(byte)) || byte === 0x7f) controls++;
  return controls <= MOST_CONTROLS * sample.length;
}

function markOf(bytes: Uint8Array): string | undefined {
  return MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];
}

function decoded(bytes: Uint8Array, encoding: string, notes: readonly DocumentNote[]): DecodedText {
  return { text: withPlainLineEnds(new TextDecoder(encoding).decode(bytes)), notes };
}

function tryDecoding(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Not in this encoding, or none that is known.
    return null;
  }
}

function withPlainLineEnds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}
