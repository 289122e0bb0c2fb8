import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { DatasetReader } from "../store/dataset-reader.ts";

export interface QuotaDeps {
  readonly datasets: Pick<DatasetReader, "bytesOf">;
  readonly settings: { readonly quotaBytes: number | null };
}

/** @throws QuatrainError `quota_exceeded` (413) where the owner's datasets would be too large with the files */
export async function demandQuota(
  { datasets, settings }: QuotaDeps,
  ownerId: number | null,
  files: readonly { readonly bytes: number }[],
): Promise<void> {
  if (settings.quotaBytes === null || ownerId === null) return;
  const added = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const held = await datasets.bytesOf(ownerId);
  if (held + added <= settings.quotaBytes) return;
  throw userError(
    "quota_exceeded",
    413,
    `Your datasets may have ${settings.quotaBytes} bytes; they have ${held} and these files ${added}: delete a dataset first`,
  );
}
