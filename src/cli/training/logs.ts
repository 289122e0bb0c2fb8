import type { Command } from "commander";
import type { QuatrainClient } from "../../client/index.ts";
import { trainingLogs } from "../../contracts/training/index.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { untilInterrupted } from "../interrupt.ts";
import { note, printResult } from "../output.ts";
import { followTraining } from "./follow/follow-job.ts";
import type { LogEvent, TrainingListener } from "./follow/live-events.ts";

interface LogsOptions extends GlobalOptions {
  readonly follow?: boolean;
  readonly tail: string;
}

export function addLogsCommand(training: Command): void {
  withGlobalOptions(
    training
      .command("logs <job>")
      .description("what a job has said")
      .option("-f, --follow", "and what it says from now on, until it ends; with --json a line of JSON each")
      .option("--tail <n>", "the newest so many lines", "500"),
  ).action((jobId: string, options: LogsOptions) =>
    withServer(options, async (client) => {
      const tail = tailOf(options.tail);
      if (options.follow) return followLines(client, jobId, tail, options.json);
      const lines = tail === 0 ? [] : await client.call(trainingLogs, { job_id: jobId, limit: tail });
      printResult(lines, options.json, (all) => all.map(lineText).join("\n"));
    }),
  );
}

/** Ctrl-C is how it is usually left: that is no failure. */
async function followLines(
  client: QuatrainClient,
  jobId: number | string,
  tail: number,
  json: boolean | undefined,
): Promise<void> {
  const write = (line: LogEvent) => process.stdout.write(`${json ? JSON.stringify(line) : lineText(line)}\n`);
  const listener: TrainingListener = {
    status() {},
    step() {},
    epoch() {},
    log: write,
    connection: (lost) => note(lost ? "the server cannot be reached; trying again" : "it is there again"),
  };
  await untilInterrupted((signal) => followTraining(client, jobId, listener, { signal, tail }));
}

function lineText({ created_at, level, message }: LogEvent): string {
  return `${created_at}  ${level.padEnd(7)}  ${message}`;
}

function tailOf(text: string): number {
  const tail = Number(text);
  if (/^\d+$/.test(text) && tail <= 10_000) return tail;
  throw userError("invalid_option", 400, `--tail must be a whole number up to 10000, not ${text}`);
}
