import type { Split } from "../manifest.ts";

const WORDS: ReadonlyMap<string, Split> = new Map([
  ["train", "train"],
  ["training", "train"],
  ["val", "val"],
  ["valid", "val"],
  ["validation", "val"],
  ["eval", "val"],
  ["evaluation", "val"],
  ["dev", "val"],
  ["test", "test"],
  ["testing", "test"],
]);

/** The split that a word means, in any case, a year behind it or not (`val2017`); null for other words. */
export function splitOfWord(word: string): Split | null {
  return WORDS.get(word.toLowerCase().replace(/[-_]?(19|20)\d\d$/, "")) ?? null;
}

/** The split that a path's folders mean, the innermost that means one; null where none does. */
export function splitOfFolders(path: string): Split | null {
  const folders = path.split("/").slice(0, -1);
  for (let at = folders.length - 1; at >= 0; at--) {
    const split = splitOfWord(folders[at] ?? "");
    if (split !== null) return split;
  }
  return null;
}

/** Folders that may hold a split's pictures, with a slash each. */
export function foldersOfSplit(split: Split): string[] {
  const words = [...WORDS].filter(([, meant]) => meant === split).map(([word]) => word);
  return ["", "2017", "2014"].flatMap((year) => words.map((word) => `${word}${year}/`));
}
