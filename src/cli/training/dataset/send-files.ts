import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import type { FilePart, QuatrainClient } from "../../../client/index.ts";
import type { AnswerOf, ClientInputOf } from "../../../contracts/route.ts";
import { addDatasetFiles, createDataset } from "../../../contracts/training/index.ts";
import { messageOf, userError } from "../../../platform/errors/quatrain-error.ts";
import { type BatchLimits, batchesOf } from "../file-batches.ts";
import type { FolderFile } from "./folder-files.ts";

export type Dataset = AnswerOf<typeof createDataset>;

/** Where files go: a dataset that is there, or a new one with these fields. */
export type Destination =
  | { readonly datasetId: string }
  | { readonly fields: Omit<ClientInputOf<typeof createDataset>, "paths"> };

/** What has arrived so far, also when sending fails. */
export interface Sent {
  dataset: Dataset | null;
  files: number;
  skipped: number;
}

/** Each batch is read anew as a whole by the server, so few large ones are better than many small ones. */
const BATCH: BatchLimits = { files: 500, bytes: 64 * 2 ** 20 };

/**
 * Sends files with their relative paths, batch after batch; annotations come first, so that the format is known from
 * the first batch on. What has arrived stands in `sent`.
 * @throws ClientError, TypeError as the client does; QuatrainError `unreadable_file` (400)
 */
export async function sendFolder(
  client: QuatrainClient,
  to: Destination,
  files: readonly FolderFile[],
  sent: Sent,
  update: (fraction: number, message: string) => void,
): Promise<void> {
  for (const batch of batchesOf(files, BATCH)) {
    update(sent.files / files.length, `${sent.files} of ${files.length} files`);
    const parts = await Promise.all(batch.map(({ path, relative }) => partOf(path, relative)));
    const paths = batch.map(({ relative }) => relative);
    await send(client, to, { paths }, parts, sent);
    sent.files += batch.length;
  }
}

/** Sends an archive as it is, read from disk as it is sent. */
export async function sendArchive(
  client: QuatrainClient,
  to: Destination,
  path: string,
  sent: Sent,
): Promise<void> {
  await send(client, to, {}, [await partOf(path, basename(path))], sent);
  sent.files++;
}

async function send(
  client: QuatrainClient,
  to: Destination,
  more: { readonly paths?: string[] },
  files: readonly FilePart[],
  sent: Sent,
): Promise<void> {
  const datasetId = sent.dataset?.id ?? ("datasetId" in to ? to.datasetId : null);
  if (datasetId !== null)
    sent.dataset = await client.call(addDatasetFiles, { dataset_id: datasetId, ...more }, { files });
  else if ("fields" in to)
    sent.dataset = await client.call(createDataset, { ...to.fields, ...more }, { files });
  sent.skipped += sent.dataset?.skipped_files ?? 0;
}

async function partOf(path: string, filename: string): Promise<FilePart> {
  try {
    return { filename, content: await openAsBlob(path) };
  } catch (error) {
    throw userError("unreadable_file", 400, `${path} cannot be read: ${messageOf(error)}`);
  }
}
