import { TextDecoder } from "node:util";
import { type Entry, getFileNameLowLevel } from "yauzl";

/** General purpose bit 11: the name is UTF-8. */
const UTF8_FLAG = 0x800;
/** Info-ZIP's Unicode path. */
const UNICODE_PATH = 0x7075;

/**
 * An entry's name. Where the archive does not say that it is Unicode: UTF-8 if it could be (macOS), Windows' Korean
 * code page if that makes Hangul of every foreign character, otherwise code page 437 as the format has it.
 * Source: PKWARE APPNOTE 6.3.10, section 4.4.4 and appendix D.
 */
export function entryName(entry: Entry): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  const said = (generalPurposeBitFlag & UTF8_FLAG) !== 0 || extraFields.some(({ id }) => id === UNICODE_PATH);
  const guessed = said ? null : (decode(fileNameRaw, "utf-8") ?? koreanName(fileNameRaw));
  return guessed ?? getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
}

function koreanName(bytes: Buffer): string | null {
  const text = decode(bytes, "euc-kr");
  return text !== null && /^[\x20-\x7e\uac00-\ud7a3]+$/.test(text) ? text : null;
}

function decode(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
