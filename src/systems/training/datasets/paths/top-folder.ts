import { splitOfWord } from "./split-words.ts";

/**
 * The folder that wraps a whole dataset (`my-dataset/train/cat/1.png`), with its slash; `""` where there is none:
 * a folder that means a split stays, and so does one whose files lie in it directly and in no other folder, since
 * it may be a class. O(paths).
 */
export function topFolder(paths: Iterable<string>): string {
  let top: string | null = null;
  let nested = false;
  for (const path of paths) {
    const end = path.indexOf("/") + 1;
    if (end === 0) return "";
    top ??= path.slice(0, end);
    if (end !== top.length || !path.startsWith(top)) return "";
    nested ||= path.indexOf("/", end) >= 0;
  }
  return top !== null && nested && splitOfWord(top.slice(0, -1)) === null ? top : "";
}
