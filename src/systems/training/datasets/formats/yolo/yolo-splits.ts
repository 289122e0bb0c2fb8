import type { FormatInput } from "../../index/dataset-index.ts";
import { type FileLookup, folderOf, stemOf } from "../../index/file-lookup.ts";
import type { Problems } from "../../index/problems.ts";
import { readSmall } from "../../index/small-files.ts";
import type { Split } from "../../manifest.ts";
import { splitOfFolders, splitOfWord } from "../../paths/split-words.ts";
import type { YoloDescription } from "./class-list.ts";

const MAX_NAME = 2000;

/** Which split a picture is in; null where nothing says it. */
export type SplitOf = (path: string) => Split | null;

/**
 * Splits of a YOLO dataset: lists of pictures (`train.txt`, or what data.yaml names), then the folders that
 * data.yaml names, then folders called like a split. A folder that stands for two splits stands for none.
 */
export async function yoloSplits(
  input: FormatInput,
  description: YoloDescription,
  lookup: FileLookup,
  problems: Problems,
): Promise<SplitOf> {
  const places = placesOf(description);
  const listed = new Map<string, Split>();
  for (const { path, split } of listFiles(input, places, lookup)) {
    const text = (await readSmall(input, path, problems)) ?? "";
    for (const line of text.split(/\r?\n/)) {
      const file = line.trim() === "" ? undefined : lookup.find(line.trim(), ["", folderOf(path)], null);
      if (file !== undefined) listed.set(file.path, split);
    }
  }
  const folders = distinctFolders(places, description.path ?? "", problems);
  return (path) =>
    listed.get(path) ?? splitBelow(path, folders) ?? (ambiguous(path, folders) ? null : splitOfFolders(path));
}

interface Place {
  readonly split: Split;
  /** Below the dataset's root, without `./` and `../`. */
  readonly path: string;
}

/** What data.yaml names, as paths from its folder and from the root. */
function placesOf({ path, values }: YoloDescription): Place[] {
  const base = folderOf(path ?? "");
  return [...values].flatMap(([key, value]) => {
    const split = splitOfWord(key);
    if (split === null || value instanceof Map) return [];
    const named = typeof value === "string" ? [value] : [...(value as readonly string[])];
    const clean = named
      .map((name) =>
        name
          .slice(0, MAX_NAME)
          .replace(/^(\.{0,2}\/)+/, "")
          .replace(/\/+$/, ""),
      )
      .filter(Boolean);
    return clean.flatMap((name) =>
      [...new Set([base + name, name])].map((place) => ({ split, path: place })),
    );
  });
}

function listFiles(input: FormatInput, places: readonly Place[], lookup: FileLookup): Place[] {
  const named = places.filter(({ path }) => path.endsWith(".txt") && lookup.at(path) !== undefined);
  if (named.length > 0) return named;
  return input.files.flatMap(({ path }): Place[] => {
    const split = /^([^/]*\/)?[^/]+\.txt$/i.test(path) ? splitOfWord(stemOf(path)) : null;
    return split === null ? [] : [{ path, split }];
  });
}

/** Null marks a folder that stands for several splits. */
function distinctFolders(
  places: readonly Place[],
  path: string,
  problems: Problems,
): Map<string, Split | null> {
  const folders = new Map<string, Split | null>();
  for (const place of places) {
    const known = folders.get(place.path);
    if (known !== undefined && known !== place.split) {
      if (known !== null)
        problems.add(
          "same_folder_twice",
          path,
          `The folder ${place.path} stands for two splits: it is split anew`,
        );
      folders.set(place.path, null);
    } else if (known === undefined) folders.set(place.path, place.split);
  }
  return folders;
}

function splitBelow(path: string, folders: ReadonlyMap<string, Split | null>): Split | null {
  return folders.get(nearest(path, folders) ?? "") ?? null;
}

function ambiguous(path: string, folders: ReadonlyMap<string, Split | null>): boolean {
  return folders.get(nearest(path, folders) ?? "") === null;
}

/** The innermost folder of a path that is named. */
function nearest(path: string, folders: ReadonlyMap<string, unknown>): string | undefined {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
    if (folders.has(path.slice(0, end))) return path.slice(0, end);
  return undefined;
}
