import type { FormatInput } from "../../index/dataset-index.ts";
import { stemOf } from "../../index/file-lookup.ts";
import type { Problems } from "../../index/problems.ts";
import { readSmall } from "../../index/small-files.ts";
import type { Split } from "../../manifest.ts";
import { splitOfWord } from "../../paths/split-words.ts";

/**
 * Splits by the name of an annotation without its extension: the lines of `ImageSets/Main/train.txt`, `val.txt` and
 * `test.txt`. Lists of one class (`cat_train.txt`) and `trainval.txt` say nothing more.
 */
export async function readImageSets(
  input: FormatInput,
  problems: Problems,
): Promise<ReadonlyMap<string, Split>> {
  const splits = new Map<string, Split>();
  for (const { path } of input.files) {
    const split = /(^|\/)imagesets\/(main\/)?[^/]+\.txt$/i.test(path) ? splitOfWord(stemOf(path)) : null;
    if (split === null) continue;
    const text = (await readSmall(input, path, problems)) ?? "";
    for (const line of text.split(/\r?\n/)) takeLine(line.trim(), path, split, splits, problems);
  }
  return splits;
}

function takeLine(
  id: string,
  path: string,
  split: Split,
  splits: Map<string, Split>,
  problems: Problems,
): void {
  if (id === "") return;
  const known = splits.get(id);
  if (known === undefined) splits.set(id, split);
  else if (known !== split)
    problems.add(
      "several_splits",
      path,
      `${JSON.stringify(id.slice(0, 100))} is in ${known} and ${split}: the first counts`,
    );
}
