import { ClientError, type QuatrainClient } from "../../../client/index.ts";
import * as contract from "../../../contracts/training/index.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { EXIT_INTERRUPTED, untilInterrupted } from "../../interrupt.ts";
import { note, printResult } from "../../output.ts";
import { describeEnd, type TrainingJob } from "../describe-job.ts";
import { followTraining } from "./follow-job.ts";
import { openTrainingView } from "./training-view.ts";

export interface FollowToEndOptions {
  readonly json?: boolean;
  /** Ctrl-C stops the job, not only the following. */
  readonly stopOnInterrupt: boolean;
}

/** Older warnings and errors that are shown first. */
const TAIL = 500;

/**
 * Shows how a job goes until it has ended, then how it ended. The exit code is 1 where it did not complete, 130 after
 * Ctrl-C.
 */
export async function followToEnd(
  client: QuatrainClient,
  jobId: number,
  { json, stopOnInterrupt }: FollowToEndOptions,
): Promise<void> {
  const view = openTrainingView(jobId);
  const outcome = await untilInterrupted((signal) =>
    followTraining(client, jobId, view, { signal, tail: TAIL }),
  )
    .catch((error: unknown) => {
      throw inOurWords(error, jobId);
    })
    .finally(() => view.end());
  if (!outcome.interrupted) return tellEnd(outcome.result, json);
  if (stopOnInterrupt) {
    note(`stopping job ${jobId}: it writes a checkpoint first`);
    printResult(await stopped(client, jobId), json, describeEnd);
  } else note(whatNow(jobId));
  process.exitCode = EXIT_INTERRUPTED;
}

function tellEnd(job: TrainingJob, json: boolean | undefined): void {
  printResult(job, json, describeEnd);
  if (job.status !== "completed") process.exitCode = 1;
}

/** A server that is started anew has a new token for this machine, and tokens of people end by themselves. */
function inOurWords(error: unknown, jobId: number): unknown {
  const again = `quatrain training follow ${jobId} watches job ${jobId} again`;
  if (error instanceof ClientError && error.status === 401) {
    return userError("signed_out", 401, `The server was started anew, or the token has expired: ${again}`);
  }
  note(again);
  return error;
}

function whatNow(jobId: number): string {
  return (
    `job ${jobId} goes on without this command: quatrain training follow ${jobId} watches it again, ` +
    `quatrain training stop ${jobId} stops it`
  );
}

/** It may have ended by itself in this moment. */
async function stopped(client: QuatrainClient, jobId: number): Promise<TrainingJob> {
  await client.call(contract.stopTrainingJob, { job_id: jobId }).catch((error: unknown) => {
    if (!(error instanceof ClientError) || error.status !== 409) throw error;
  });
  return client.call(contract.getTrainingJob, { job_id: jobId });
}
