import type { Command } from "commander";
import type { QuatrainClient } from "../../client/index.ts";
import type { ClientInputOf } from "../../contracts/route.ts";
import * as contract from "../../contracts/training/index.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { note, printResult } from "../output.ts";
import { followToEnd } from "./follow/follow-to-end.ts";
import { isServerOfThisCommand } from "./own-server.ts";

export interface FollowOptions extends GlobalOptions {
  readonly detach?: boolean;
  readonly stopOnInterrupt?: boolean;
}

interface StartOptions extends FollowOptions {
  readonly resume?: boolean;
  readonly checkpoint?: string;
}

type StartFields = Omit<ClientInputOf<typeof contract.startTrainingJob>, "job_id">;

export function withFollowOptions(command: Command): Command {
  return command
    .option("--detach", "start it and come back at once; needs a server that stays")
    .option("--stop-on-interrupt", "Ctrl-C stops the job, not only the following");
}

export function addStartCommands(training: Command): void {
  withGlobalOptions(
    withFollowOptions(
      training
        .command("start <job>")
        .description("start a job that is pending, stopped or failed, and follow it to its end")
        .option("--resume", "go on from its last checkpoint")
        .option("--checkpoint <path>", "begin with this checkpoint of the job's project"),
    ),
  ).action((jobId: string, options: StartOptions) =>
    withServer(options, async (client) => {
      refuseLonelyDetach(options);
      const fields = { resume: options.resume ?? false, checkpoint_path: options.checkpoint };
      await startJob(client, jobId, fields, options);
    }),
  );

  withGlobalOptions(
    training
      .command("follow <job>")
      .description("watch a job until it ends")
      .option("--stop-on-interrupt", "Ctrl-C stops the job, not only the following"),
  ).action((jobId: string, options: FollowOptions) =>
    withServer(options, async (client) => {
      const { id, status } = await client.call(contract.getTrainingJob, { job_id: jobId });
      if (status === "pending")
        throw userError("not_started", 409, `job ${id} waits to be started: quatrain training start ${id}`);
      await follow(client, id, options);
    }),
  );
}

/** Before anything is made: a server that ends with the command would take the job with it. */
export function refuseLonelyDetach(options: FollowOptions): void {
  if (!options.detach || !isServerOfThisCommand(options)) return;
  throw userError(
    "no_server",
    409,
    "Nobody serves this data folder, so nothing would train after this command: start `quatrain serve`, or leave --detach out",
  );
}

/** Starts a job, and follows it unless it is to go on alone. */
export async function startJob(
  client: QuatrainClient,
  jobId: number | string,
  fields: StartFields,
  options: FollowOptions,
): Promise<void> {
  const job = await client.call(contract.startTrainingJob, { job_id: jobId, ...fields });
  if (!options.detach) return follow(client, job.id, options);
  printResult(job, options.json, ({ id, status }) =>
    [
      `job ${id} is ${status}`,
      `watch it: quatrain training follow ${id}`,
      `stop it: quatrain training stop ${id}`,
    ].join("\n"),
  );
}

function follow(client: QuatrainClient, jobId: number, options: FollowOptions): Promise<void> {
  const alone = isServerOfThisCommand(options);
  if (alone && !options.stopOnInterrupt)
    note("the server ends with this command: Ctrl-C stops the job, and --resume goes on later");
  return followToEnd(client, jobId, {
    json: options.json,
    stopOnInterrupt: alone || (options.stopOnInterrupt ?? false),
  });
}
