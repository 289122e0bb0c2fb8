import type { Command } from "commander";
import { ClientError, type QuatrainClient } from "../../client/index.ts";
import { getTrainingJob, trainingQueue } from "../../contracts/training/index.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { printResult } from "../output.ts";
import type { TrainingJob } from "./describe-job.ts";
import { jobTable } from "./jobs.ts";
import { counted } from "./units.ts";

const MOST_SHOWN = 50;

export function addQueueCommand(training: Command): void {
  withGlobalOptions(
    training.command("queue").description("what runs, and what waits in the order in which it will begin"),
  ).action((options: GlobalOptions) =>
    withServer(options, async (client) => {
      const queue = await client.call(trainingQueue, {});
      const ids = options.json ? [] : [...queue.running, ...queue.queued].slice(0, MOST_SHOWN);
      const jobs = await jobsOf(client, ids);
      printResult(queue, options.json, ({ slots, running, queued }) =>
        [
          `${counted(slots, "slot")} of one worker; ${running.length} running, ${queued.length} waiting`,
          ...(jobs.length === 0 ? [] : ["", jobTable(jobs)]),
        ].join("\n"),
      );
    }),
  );
}

/** Those that are still there. */
async function jobsOf(client: QuatrainClient, ids: readonly number[]): Promise<TrainingJob[]> {
  const found: TrainingJob[] = [];
  for (const id of ids) {
    try {
      found.push(await client.call(getTrainingJob, { job_id: id }));
    } catch (error) {
      if (!(error instanceof ClientError) || error.status !== 404) throw error;
    }
  }
  return found;
}
