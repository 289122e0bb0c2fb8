import type { DatasetFile, DatasetRecord } from "../dataset-record.ts";
import type { Split } from "../datasets/manifest.ts";
import { exactDuplicates, type HashedImage } from "../datasets/report/exact-duplicates.ts";
import { nearDuplicates } from "../datasets/report/near-duplicates.ts";
import type { DatasetReader } from "../store/dataset-reader.ts";

export interface DuplicateGroup {
  readonly paths: readonly string[];
  readonly acrossSplit: boolean;
  readonly exact: boolean;
}

export interface DatasetCheck {
  readonly imbalanceRatio: number | null;
  /** The first of them. */
  readonly duplicates: readonly DuplicateGroup[];
  readonly duplicateCount: number;
  readonly acrossSplitCount: number;
  readonly warnings: readonly string[];
}

const SHOWN = 200;

/** What is wrong with a dataset that counts for a model: the same picture learned and tested, classes out of balance. */
export async function checkDataset(
  { datasets }: { readonly datasets: DatasetReader },
  dataset: DatasetRecord,
  { near }: { readonly near: boolean },
): Promise<DatasetCheck> {
  const images = (await datasets.listFiles(dataset.id)).flatMap(asHashed);
  const exact = await exactDuplicates(images);
  const alike = near ? await nearDuplicates(images) : { pairs: [], complete: true };
  const groups: DuplicateGroup[] = [
    ...exact.groups.map(({ paths, acrossSplits }) => ({ paths, acrossSplit: acrossSplits, exact: true })),
    ...alike.pairs.map(({ paths }) => ({ paths, acrossSplit: true, exact: false })),
  ];
  const differing = exact.groups.filter(({ labelsDiffer }) => labelsDiffer).length;
  const present = Object.values(dataset.facts.distribution).filter((count) => count > 0);
  return {
    imbalanceRatio: present.length < 2 ? null : Math.max(...present) / Math.min(...present),
    duplicates: groups.slice(0, SHOWN),
    duplicateCount: exact.total + alike.pairs.length,
    acrossSplitCount: groups.filter(({ acrossSplit }) => acrossSplit).length,
    warnings: [
      ...dataset.facts.warnings,
      ...(differing > 0 ? [`${differing} groups of the same picture have different labels`] : []),
      ...(alike.complete ? [] : ["There are more pictures that look alike than were compared"]),
    ],
  };
}

function asHashed({ path, split, label, sha256, look, isImage }: DatasetFile): HashedImage[] {
  if (!isImage || split === null) return [];
  return [{ path, split: split as Split, label: label ?? -1, sha256, perceptualHash: look }];
}
