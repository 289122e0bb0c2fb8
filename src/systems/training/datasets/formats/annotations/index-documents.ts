import { clipBox } from "../../index/clip-box.ts";
import type { DatasetFile, DatasetTask, DraftDataset, DraftImage } from "../../index/dataset-index.ts";
import { FileLookup } from "../../index/file-lookup.ts";
import { type Problems, quoted } from "../../index/problems.ts";
import { inTurns } from "../../index/turns.ts";
import { noteUnannotated } from "../../index/unannotated.ts";
import type { Box } from "../../manifest.ts";
import { checkCounts } from "./check-counts.ts";
import { type ClassTable, classTable } from "./class-table.ts";
import { gatherTargets, type PlacedDocument, type Target } from "./gather-targets.ts";

/**
 * What files of annotations say about a dataset's pictures. O(entries).
 * @param otherwise the task where nothing tells it
 * @throws QuatrainError `too_many_classes` (400)
 */
export async function indexDocuments(
  placed: readonly PlacedDocument[],
  { files, otherwise }: { readonly files: readonly DatasetFile[]; readonly otherwise: DatasetTask },
  problems: Problems,
): Promise<Omit<DraftDataset, "shape">> {
  const documents = placed.map(({ document }) => document);
  const classes = classTable(documents, problems);
  const targets = await gatherTargets(placed, await FileLookup.of(files), problems);
  const taskType = taskOf(placed, targets, problems) ?? otherwise;
  const draw = taskType === "object_detection" ? withBoxes : withLabel;
  const images: DraftImage[] = [];
  for await (const target of inTurns(targets.values())) {
    const image = draw(target, classes, problems);
    if (image !== null) images.push(image);
  }
  noteUnannotated(files, targets, problems);
  checkCounts(documents, { classes: classes.names, taskType, images }, problems);
  return { classes: classes.names, taskType, images };
}

/** What is declared, unless the annotations are of another kind; else what they are; null without any. */
function taskOf(
  documents: readonly PlacedDocument[],
  targets: ReadonlyMap<string, Target>,
  problems: Problems,
): DatasetTask | null {
  let boxes = false;
  let labels = false;
  for (const { entries } of targets.values())
    for (const { box } of entries) {
      boxes ||= box !== null;
      labels ||= box === null;
    }
  const { path = "", taskType = null } = documents[0]?.document ?? {};
  const declared = taskType?.toLowerCase() ?? "";
  if (declared.includes("classif")) {
    if (boxes && !labels) return contradicted("object_detection");
    if (boxes) contradicted("image_classification");
    return "image_classification";
  }
  if (declared.includes("detect") && labels && !boxes) return contradicted("image_classification");
  if (taskType !== null && !declared.includes("detect"))
    problems.add("unknown_task_type", path, `The task type ${quoted(taskType)} is not known here`);
  if (boxes || declared.includes("detect")) return "object_detection";
  return labels ? "image_classification" : null;

  function contradicted(read: DatasetTask): DatasetTask {
    problems.add(
      "task_contradiction",
      path,
      `The file says ${quoted(declared)}, its annotations are read as ${read}`,
    );
    return read;
  }
}

function withLabel(
  { file, split, entries }: Target,
  classes: ClassTable,
  problems: Problems,
): DraftImage | null {
  const labels = new Set<number>();
  for (const entry of entries) {
    const label = classes.labelOf(entry, file.path);
    if (label !== undefined) labels.add(label);
  }
  const [label] = labels;
  if (label === undefined) {
    problems.add("image_without_annotation", file.path, "The picture has no class: it is left out");
    return null;
  }
  if (labels.size > 1)
    problems.add("several_classes", file.path, `The picture has ${labels.size} classes: the first counts`);
  return { path: file.path, split, label, boxes: [] };
}

function withBoxes({ file, split, entries }: Target, classes: ClassTable, problems: Problems): DraftImage {
  const { path } = file;
  const picture = { path, width: file.width ?? 0, height: file.height ?? 0 };
  const boxes: Box[] = [];
  for (const entry of entries) {
    if (entry.crowd) problems.add("crowd_region", path, "A box around a crowd is left out");
    else if (entry.box === null)
      problems.add("annotation_without_box", path, "An annotation without a box is left out");
    else {
      const label = classes.labelOf(entry, path);
      const [x, y, width, height] = entry.box;
      const box = label === undefined ? null : clipBox({ label, x, y, width, height }, picture, problems);
      if (box !== null) boxes.push(box);
    }
  }
  return { path, split, label: boxes[0]?.label ?? -1, boxes };
}
