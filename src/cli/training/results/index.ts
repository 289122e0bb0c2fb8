import type { Command } from "commander";
import type { QuatrainClient } from "../../../client/index.ts";
import * as contract from "../../../contracts/training/index.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { withServer } from "../../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../../global-options.ts";
import { printResult } from "../../output.ts";
import { describeValidation, type Validation, type WorstPicture } from "./describe-validation.ts";

interface ResultsOptions extends GlobalOptions {
  readonly epoch?: string;
  readonly worst: string;
}

export function addResultsCommand(training: Command): void {
  withGlobalOptions(
    training
      .command("results <job>")
      .description("how a job's best epoch did: by class, confusions, worst mistakes")
      .option("--epoch <n>", "another epoch")
      .option("--worst <n>", "so many of the worst mistakes", "10"),
  ).action((jobId: string, options: ResultsOptions) =>
    withServer(options, async (client) => {
      const validation = await findValidation(client, jobId, options.epoch);
      const worst = await worstPictures(client, validation.id, options.worst);
      printResult({ ...validation, worst }, options.json, (all) => describeValidation(all, worst));
    }),
  );
}

/** Of the epoch that was asked for, else of the best, else the newest. */
async function findValidation(
  client: QuatrainClient,
  jobId: string,
  asked: string | undefined,
): Promise<Validation> {
  const job = await client.call(contract.getTrainingJob, { job_id: jobId });
  const wanted = asked === undefined ? job.best_epoch : Number(asked);
  // one validation an epoch at most: so many newest ones hold the wanted one
  const limit = wanted === null ? 1 : Math.min(1_000, Math.max(1, job.current_epoch - wanted + 1));
  const { results } = await client.call(contract.validationResults, { job_id: jobId, limit });
  const found = wanted === null ? results.at(-1) : results.findLast(({ epoch }) => epoch === wanted);
  if (found !== undefined) return found;
  throw userError(
    "not_validated",
    404,
    asked === undefined
      ? `Job ${jobId} has not been validated yet: quatrain training follow ${jobId} watches it`
      : `Job ${jobId} was not validated in epoch ${asked}`,
  );
}

async function worstPictures(client: QuatrainClient, id: number, limit: string): Promise<WorstPicture[]> {
  if (limit === "0") return [];
  const { images } = await client.call(contract.validationImages, {
    validation_result_id: id,
    is_correct: false,
    sort: "loss",
    limit,
  });
  return images;
}
