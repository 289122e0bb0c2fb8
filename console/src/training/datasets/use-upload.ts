import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { QuatrainClient } from "../../../../src/client/index.ts";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useSession } from "../../api/session.tsx";
import type { GivenFile } from "../../parts/drop-zone.tsx";
import { type Dataset, KEYS, noteRefusal } from "../queries.ts";
import { batchesOf, shareSent } from "./batches.ts";

const FILES_AT_ONCE = 1_000;
const BYTES_AT_ONCE = 128 * 2 ** 20;

/** What a new dataset is called and holds. */
export interface DatasetWish {
  readonly name: string;
  readonly description: string;
  readonly format: "auto" | "dice" | "imagefolder" | "coco" | "yolo" | "voc";
  readonly visibility: "private" | "public";
}

export interface Upload {
  /** 0..1 while files are under way. */
  readonly share: number | null;
  readonly failure: unknown;
  /** The dataset as it was after the last part that arrived. */
  readonly dataset: Dataset | null;
  readonly files: number;
}

interface Work {
  readonly wish: DatasetWish | null;
  readonly batches: readonly (readonly GivenFile[])[];
  done: number;
  dataset: Dataset | null;
  id: string | null;
  sending: AbortController;
}

const NOTHING: Upload = { share: null, failure: null, dataset: null, files: 0 };

/**
 * Files on their way into a dataset, in parts: where one part fails, what arrived stays and `goOn` sends the rest.
 *
 * @param into the dataset's id; null makes a new one with the first part
 */
export function useUpload(into: string | null) {
  const { uploading } = useSession();
  const queries = useQueryClient();
  const work = useRef<Work | null>(null);
  const [upload, setUpload] = useState<Upload>(NOTHING);
  // the one of now: after signing in again it is another
  const send = useRef(uploading);
  send.current = uploading;

  const run = async (): Promise<Dataset | null> => {
    const now = work.current;
    if (now === null) return null;
    now.sending = new AbortController();
    const files = now.batches.reduce((sum, { length }) => sum + length, 0);
    const tell = (share: number) => {
      const sent = shareSent(now.batches, now.done, share);
      setUpload({ share: sent, failure: null, dataset: now.dataset, files });
    };
    try {
      for (tell(0); now.done < now.batches.length; now.done++) {
        const client = send.current(tell, now.sending.signal);
        now.dataset = await sendPart(client, now, now.batches[now.done] ?? []);
        now.id = now.dataset.id;
      }
      setUpload({ share: null, failure: null, dataset: now.dataset, files });
      work.current = null;
      return now.dataset;
    } catch (error) {
      noteRefusal(queries, error);
      const failure = now.sending.signal.aborted ? null : error;
      setUpload({ share: null, failure, dataset: now.dataset, files });
      return null;
    } finally {
      void queries.invalidateQueries({ queryKey: KEYS.datasets });
      if (now.id !== null) void queries.invalidateQueries({ queryKey: KEYS.dataset(now.id) });
    }
  };

  return {
    upload,
    begin(files: readonly GivenFile[], wish: DatasetWish | null): Promise<Dataset | null> {
      const batches = batchesOf(files, FILES_AT_ONCE, BYTES_AT_ONCE);
      work.current = { wish, batches, done: 0, dataset: null, id: into, sending: new AbortController() };
      return run();
    },
    goOn: run,
    giveUp: () => work.current?.sending.abort(),
  };
}

function sendPart(client: QuatrainClient, { id, wish }: Work, files: readonly GivenFile[]): Promise<Dataset> {
  const parts = { files: files.map(({ path, file }) => ({ filename: path, content: file })) };
  if (id !== null) return client.call(contract.addDatasetFiles, { dataset_id: id }, parts);
  if (wish === null) throw new Error("a new dataset needs a name");
  const { description, ...rest } = wish;
  return client.call(contract.createDataset, { ...rest, description: description || undefined }, parts);
}
