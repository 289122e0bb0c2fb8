import type { Batch, BatchMaker, BatchOptions } from "./batch-maker.ts";
import { LoaderLink } from "./loader-link.ts";
import type { LoaderAnswer, LoaderCall, ScanResult } from "./loader-messages.ts";

export type { Batch } from "./batch-maker.ts";

/** Batches from a thread of their own. */
export interface Loader extends BatchMaker {
  /** Ends the thread; without it, the thread ends with the process, which it does not keep alive. */
  close(): Promise<void>;
}

/**
 * Reads, prepares and batches pictures in a thread beside the caller's, which onnxruntime blocks while it computes: the
 * next batch is ready when the one before has been used, where the machine has a core to spare. The result is the
 * same to the bit as that of `openBatchMaker`, whatever the timing.
 */
export function openLoader(options: BatchOptions): Loader {
  const { config, cacheBytes } = options;
  const { augmentation, preprocessing, seed } = config;
  // Only what is needed crosses over.
  const images = options.images.map(({ path, file, split, label }) => ({ path, file, split, label }));
  const link = new LoaderLink({ images, config: { augmentation, preprocessing, seed }, cacheBytes });
  return {
    async scan(onBroken, signal) {
      const { usable, broken } = await scanned(link, signal);
      for (const picture of broken) onBroken(picture);
      return usable;
    },
    trainBatches: (epoch, batches, from = 0) => stream(link, { kind: "train", epoch, batches, from }),
    validationBatches: (batches) => stream(link, { kind: "validation", batches }),
    close: () => link.close(),
  };
}

async function scanned(link: LoaderLink, signal: AbortSignal | undefined): Promise<ScanResult> {
  signal?.throwIfAborted();
  const abandon = () => void link.ask({ kind: "abandon-scan" }).answer.catch(() => {});
  signal?.addEventListener("abort", abandon, { once: true });
  try {
    return (await link.ask({ kind: "scan" }).answer) as ScanResult;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", abandon);
  }
}

async function* stream(link: LoaderLink, call: LoaderCall): AsyncGenerator<Batch, void, undefined> {
  const { id, answer } = link.ask(call);
  await answer;
  try {
    for (;;) {
      const batch: LoaderAnswer = await link.ask({ kind: "next", stream: id }).answer;
      if (batch === null) return;
      yield batch as Batch;
    }
  } finally {
    await link.ask({ kind: "leave", stream: id }).answer.catch(() => {});
  }
}
