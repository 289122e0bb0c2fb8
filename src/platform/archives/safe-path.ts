import { userError } from "../errors/quatrain-error.ts";

const MAX_PATH_BYTES = 1000;
/** Folders and the file itself. */
const MAX_LEVELS = 20;
/** What file managers leave behind, in lower case. */
const LEFT_BEHIND: ReadonlySet<string> = new Set(["__macosx", "thumbs.db", "desktop.ini"]);
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * What a file that came from outside is called here: a relative path with forward slashes in Unicode's form C, at most 1,000
 * bytes and 20 levels. Backslashes become slashes; empty parts and `.` are dropped.
 *
 * @returns null for what nobody means to send: hidden files and folders, `__MACOSX`, `Thumbs.db`, `desktop.ini`.
 * @throws QuatrainError `unsafe_path` (400) naming the path: absolute, with a drive letter, `..`, control
 * characters, too long, too deep, or no name at all.
 */
export function safePath(name: string): string | null {
  const slashed = name.replaceAll("\\", "/");
  const fault = nameFault(slashed);
  if (fault !== null) throw unsafePath(name, fault);
  const parts = slashed
    .normalize("NFC")
    .split("/")
    .filter((part) => part !== "" && part !== ".");
  if (parts.length > MAX_LEVELS) throw unsafePath(name, `it is more than ${MAX_LEVELS} levels deep`);
  return parts.some(isLeftBehind) ? null : parts.join("/");
}

/** `unsafe_path` (400). `fault` ends the sentence. */
export function unsafePath(name: string, fault: string) {
  const shown = name.slice(0, 200);
  return userError(
    "unsafe_path",
    400,
    `The file name ${JSON.stringify(shown)} cannot be used: ${fault}. Rename it and send it again.`,
    { path: shown },
  );
}

function nameFault(slashed: string): string | null {
  if (Buffer.byteLength(slashed) > MAX_PATH_BYTES) return `it is longer than ${MAX_PATH_BYTES} bytes`;
  if (!slashed.isWellFormed()) return "it is not well-formed Unicode";
  if (CONTROL.test(slashed)) return "it holds control characters";
  if (slashed.startsWith("/")) return "it is an absolute path";
  if (/^[a-z]:/i.test(slashed)) return "it begins with a drive letter";
  const parts = slashed.split("/");
  if (parts.includes("..")) return "it leads out of its folder (..)";
  if (["", "."].includes(parts.at(-1) ?? "")) return "it does not name a file";
  return null;
}

function isLeftBehind(part: string): boolean {
  return part.startsWith(".") || LEFT_BEHIND.has(part.toLowerCase());
}
