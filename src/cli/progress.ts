import { SingleBar } from "cli-progress";
import type { QuatrainClient } from "../client/index.ts";
import * as platform from "../contracts/platform/index.ts";
import { userError } from "../platform/errors/quatrain-error.ts";

/** A bar on the terminal; nothing where standard error is no terminal. */
export interface Progress {
  update(fraction: number, message: string): void;
  stop(): void;
}

export function showProgress(title: string): Progress {
  if (!process.stderr.isTTY) return { update() {}, stop() {} };
  const bar = new SingleBar({
    stream: process.stderr,
    format: `${title} [{bar}] {percentage}% {message}`,
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(100, 0, { message: "" });
  return {
    update: (fraction, message) => bar.update(Math.round(fraction * 100), { message }),
    stop: () => bar.stop(),
  };
}

const POLL_MS = 200;

/** Waits for a job, showing its progress. @returns its result @throws QuatrainError with the job's own error */
export async function followJob(client: QuatrainClient, id: string, title: string): Promise<unknown> {
  const progress = showProgress(title);
  try {
    for (;;) {
      const job = await client.call(platform.getJob, { id });
      progress.update(job.progress, job.message ?? job.state);
      if (job.state === "completed") return job.result;
      if (job.state === "failed" || job.state === "cancelled") {
        throw userError(job.error_code ?? `job_${job.state}`, 400, job.error ?? `The job was ${job.state}`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  } finally {
    progress.stop();
  }
}
