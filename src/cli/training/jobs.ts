import type { Command } from "commander";
import * as contract from "../../contracts/training/index.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { note, printResult, table } from "../output.ts";
import { describeJob, type TrainingJob } from "./describe-job.ts";
import { figureText } from "./units.ts";

interface ListOptions extends GlobalOptions {
  readonly status?: TrainingJob["status"];
  readonly project?: string;
  readonly limit: string;
}

export function addJobCommands(training: Command): void {
  withGlobalOptions(
    training
      .command("jobs")
      .description("newest first")
      .option("--status <status>", "pending, queued, running, completed, failed or stopped")
      .option("--project <id>", "of this project only")
      .option("--limit <n>", "most jobs", "50"),
  ).action(list);

  withGlobalOptions(
    training.command("show <job>").description("one job, and what each of its settings did"),
  ).action((jobId: string, options: GlobalOptions) =>
    withServer(options, async (client) => {
      const job = await client.call(contract.getTrainingJob, { job_id: jobId });
      printResult(job, options.json, describeJob);
    }),
  );

  withGlobalOptions(
    training.command("stop <job>").description("stop a job; it writes a checkpoint first"),
  ).action((jobId: string, options: GlobalOptions) =>
    withServer(options, async (client) => {
      const answer = await client.call(contract.stopTrainingJob, { job_id: jobId });
      printResult(
        answer,
        options.json,
        ({ job_id }) => `job ${job_id} is stopped; go on: quatrain training start ${job_id} --resume`,
      );
    }),
  );

  withGlobalOptions(
    training
      .command("delete <job>")
      .description("delete a job with its figures and checkpoints; there is no way back"),
  ).action((jobId: string, options: GlobalOptions) =>
    withServer(options, async (client) => {
      const done = await client.call(contract.deleteTrainingJob, { job_id: jobId });
      printResult(done, options.json, () => `deleted job ${jobId}`);
    }),
  );
}

function list({ status, project, limit, ...options }: ListOptions): Promise<void> {
  return withServer(options, async (client) => {
    const { jobs, total } = await client.call(contract.listTrainingJobs, {
      status,
      project_id: project,
      limit,
    });
    printResult(jobs, options.json, jobTable);
    if (total > jobs.length) note(`${jobs.length} of ${total}; --limit shows more`);
  });
}

export function jobTable(jobs: readonly TrainingJob[]): string {
  return table(
    ["job", "status", "model", "dataset", "epoch", "metric", "best", "name", "created"],
    jobs.map((one) => [
      one.id,
      one.status,
      one.model_name,
      one.dataset_id ?? one.dataset_path,
      `${one.current_epoch}/${one.total_epochs}`,
      one.primary_metric,
      figureText(one.best_metric),
      one.experiment_name,
      one.created_at,
    ]),
  );
}
