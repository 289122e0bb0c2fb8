import { text } from "node:stream/consumers";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import { blobKey, type DatasetFile, type DatasetRecord } from "../dataset-record.ts";
import type { DatasetFormat, DatasetIndex } from "../datasets/index/dataset-index.ts";
import { type IndexRequest, indexDataset } from "../datasets/index/index-dataset.ts";
import { summarise } from "../datasets/report/summarise.ts";
import { MemoryBudget } from "../memory-budget.ts";
import type { DatasetContent } from "../store/dataset-writer.ts";

/** Of the split, where a dataset has none: spec/training.md section 3. */
const SPLIT_SEED = 42;
const SHOWN_PROBLEMS = 200;
/** Of annotations that are read side by side, all datasets of this process together: they take ten times as much. */
const TEXT_BYTES = 32 * 2 ** 20;
const TEXT = /\.(json|xml|txt|ya?ml|csv)$/i;

const memory = new MemoryBudget(TEXT_BYTES);

export interface IndexedFiles {
  readonly files: readonly DatasetFile[];
  readonly content: DatasetContent;
}

/**
 * Reads out of a dataset's files what its pictures show. O(files + annotations).
 * @throws QuatrainError 400 for annotations that make no sense at all, `wrong_task_type` (422)
 */
export async function indexFiles(
  { store }: { readonly store: FileStore },
  dataset: Pick<DatasetRecord, "format" | "facts">,
  files: readonly DatasetFile[],
  now: number,
): Promise<IndexedFiles> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const textBytes = files.reduce((sum, { path, bytes }) => sum + (TEXT.test(path) ? bytes : 0), 0);
  const request: IndexRequest = {
    format: dataset.format as DatasetFormat | "auto",
    files: files.map(({ path, isImage, problem, width, height }) => ({
      path,
      isImage: isImage && problem === null,
      width,
      height,
    })),
    readText: (path, maxBytes) => readText(store, byPath.get(path)!, maxBytes),
    seed: SPLIT_SEED,
  };
  const index = await memory.while(textBytes, () => indexDataset(request));
  const taskType = demandTask(index, dataset.facts.wishedTask);
  const labelled = new Map(index.images.map((image) => [image.path, image]));
  const marked = files.map((file): DatasetFile => {
    const image = labelled.get(file.path);
    if (image === undefined) return { ...file, split: null, label: null, boxes: [] };
    return { ...file, split: image.split, label: image.label < 0 ? null : image.label, boxes: image.boxes };
  });
  return { files: marked, content: contentOf(index, taskType, marked, dataset, now) };
}

function contentOf(
  index: DatasetIndex,
  taskType: DatasetRecord["taskType"],
  files: readonly DatasetFile[],
  { facts }: Pick<DatasetRecord, "facts">,
  now: number,
): DatasetContent {
  const summary = summarise(index);
  const broken = files.flatMap(({ path, problem }) =>
    problem === null ? [] : [{ path, code: "corrupt", message: problem }],
  );
  const indexed = Object.values(index.problemCounts).reduce((sum, count) => sum + count, 0);
  const splits = ["train", "val", "test"] as const;
  return {
    taskType,
    classes: index.classes,
    facts: {
      distribution: summary.classDistribution,
      splits: Object.fromEntries(
        splits.map((split) => [
          split,
          Object.fromEntries(summary.classes.map((entry) => [entry.name, entry[split]])),
        ]),
      ),
      problems: [...broken, ...index.problems].slice(0, SHOWN_PROBLEMS),
      warnings: index.images.length === 0 ? [] : summary.warnings.map(({ message }) => message),
      wishedTask: facts.wishedTask,
    },
    fileCount: files.length,
    imageCount: index.images.length,
    totalBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    problemCount: broken.length + indexed,
    updatedAt: now,
  };
}

/** What the labels are for: a dataset with boxes serves classification too, by its first box. */
function demandTask(
  index: DatasetIndex,
  wished: DatasetRecord["taskType"] | null,
): DatasetRecord["taskType"] {
  if (wished !== "object_detection" || index.taskType === "object_detection" || index.images.length === 0) {
    return index.images.length === 0 ? (wished ?? index.taskType) : index.taskType;
  }
  throw userError(
    "wrong_task_type",
    422,
    "The files have labels for whole pictures and no boxes: leave task_type out, or add boxes",
    { field: "task_type" },
  );
}

async function readText(store: FileStore, file: DatasetFile, maxBytes: number): Promise<string> {
  if (file.bytes > maxBytes) {
    throw userError("annotations_too_large", 413, `${file.path} has more than ${maxBytes} bytes`);
  }
  return text(await store.open(blobKey(file.sha256)));
}
