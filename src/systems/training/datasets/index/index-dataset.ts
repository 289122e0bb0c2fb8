import { hasCocoFile, readCoco } from "../formats/coco.ts";
import { hasDiceFile, readDice } from "../formats/dice.ts";
import { readImageFolder } from "../formats/imagefolder.ts";
import { looksLikeVoc, readVoc } from "../formats/voc/read-voc.ts";
import { looksLikeYolo, readYolo } from "../formats/yolo/read-yolo.ts";
import { assignSplits } from "./assign-splits.ts";
import type { DatasetFormat, DatasetIndex, DraftDataset, FormatInput } from "./dataset-index.ts";
import { Problems } from "./problems.ts";

export interface IndexRequest extends FormatInput {
  /** `auto`: by the names of the files. */
  readonly format: DatasetFormat | "auto";
  /** Of the split, where the dataset has none; 42 by custom. */
  readonly seed: number;
}

type Reader = (input: FormatInput, problems: Problems) => Promise<DraftDataset>;

const READERS: Readonly<Record<DatasetFormat, Reader>> = {
  dice: readDice,
  imagefolder: ({ files }, problems) => readImageFolder(files, problems),
  coco: readCoco,
  yolo: readYolo,
  voc: readVoc,
};

/**
 * What a dataset says about its pictures. What does not fit together becomes a problem and is left out; the rest
 * stands. O(files + annotations), with turns for the event loop.
 * @throws QuatrainError `bad_annotations`, `too_many_annotations`, `too_many_classes` (400); what `readText` throws
 */
export async function indexDataset(request: IndexRequest): Promise<DatasetIndex> {
  const problems = new Problems();
  const format = request.format === "auto" ? formatOf(request) : request.format;
  const draft = await READERS[format](request, problems);
  const images = assignSplits(draft.images, request.seed, problems);
  return { ...draft, images, format, problems: problems.list(), problemCounts: problems.counts() };
}

/** The format that the files' names look like; folders as classes where they look like none. */
function formatOf(input: FormatInput): DatasetFormat {
  if (hasDiceFile(input)) return "dice";
  if (hasCocoFile(input)) return "coco";
  if (looksLikeYolo(input)) return "yolo";
  if (looksLikeVoc(input)) return "voc";
  return "imagefolder";
}
