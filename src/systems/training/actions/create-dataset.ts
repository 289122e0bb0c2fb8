import type { Clock, Ids } from "../../../platform/ports.ts";
import type { DatasetRecord } from "../dataset-record.ts";
import type { DatasetReader } from "../store/dataset-reader.ts";
import type { DatasetWriter } from "../store/dataset-writer.ts";
import type { ProjectStore } from "../store/project-store.ts";
import type { Viewer } from "../viewer.ts";
import { indexFiles } from "./index-files.ts";
import { type IncomingFile, type ReceiveDeps, receiveFiles } from "./receive-files.ts";

export interface CreateDatasetDeps extends ReceiveDeps {
  readonly store: Parameters<typeof indexFiles>[0]["store"];
  readonly datasets: DatasetReader;
  readonly datasetWriter: DatasetWriter;
  readonly projects: ProjectStore;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface DatasetWish {
  readonly name: string;
  readonly description: string | null;
  readonly format: string;
  readonly visibility: "private" | "public";
  readonly projectId: number | null;
  readonly taskType: DatasetRecord["taskType"] | null;
}

/** A dataset that was made or changed, with what was left out on the way. */
export interface ChangedDataset {
  readonly dataset: DatasetRecord;
  readonly skipped: number;
  readonly notes: readonly string[];
}

/**
 * Makes a dataset of the files, all or nothing: when it resolves, everything is on disk.
 * @throws QuatrainError what `receiveFiles` and `indexFiles` throw
 */
export async function createDataset(
  deps: CreateDatasetDeps,
  wish: DatasetWish,
  incoming: readonly IncomingFile[],
  viewer: Viewer,
  signal?: AbortSignal,
): Promise<ChangedDataset> {
  return receiveFiles(deps, { files: incoming, ownerId: viewer.userId, signal }, async (received) => {
    const now = deps.clock.now();
    const facts = { distribution: {}, splits: {}, problems: [], warnings: [], wishedTask: wish.taskType };
    const { files, content } = await indexFiles(deps, { format: wish.format, facts }, received.files, now);
    const dataset: DatasetRecord = {
      id: deps.ids.uuid(),
      name: wish.name,
      description: wish.description,
      format: wish.format,
      visibility: wish.visibility,
      projectId: wish.projectId,
      ownerId: viewer.userId,
      revision: 1,
      createdAt: now,
      ...content,
    };
    await deps.projects.ensure({ projectId: wish.projectId, sessionId: null }, viewer.userId, now);
    await deps.datasetWriter.addDataset(dataset, files);
    return { dataset, skipped: received.skipped, notes: received.notes };
  });
}
