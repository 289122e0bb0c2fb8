import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { DatasetReader } from "../store/dataset-reader.ts";

export interface QuotaDeps {
  readonly datasets: Pick<DatasetReader, "bytesOf">;
  readonly settings: { readonly quotaBytes: number | null };
}

/** What an upload may still add to the datasets of its owner: it is refused as soon as it is too much. */
export interface QuotaRoom {
  /** @throws QuatrainError `quota_exceeded` (413) */
  take(bytes: number): void;
}

/** Room as it is now: uploads of one owner that run side by side do not see each other. */
export async function quotaRoom(
  { datasets, settings: { quotaBytes } }: QuotaDeps,
  ownerId: number | null,
): Promise<QuotaRoom> {
  if (quotaBytes === null || ownerId === null) return { take: () => undefined };
  const held = await datasets.bytesOf(ownerId);
  let added = 0;
  return {
    take: (bytes) => {
      added += bytes;
      if (held + added <= quotaBytes) return;
      throw userError(
        "quota_exceeded",
        413,
        `Your datasets may have ${quotaBytes} bytes; they have ${held}, and these files more than the ${Math.max(0, quotaBytes - held)} that are left: delete a dataset first`,
      );
    },
  };
}
