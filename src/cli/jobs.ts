import type { Command } from "commander";
import * as platform from "../contracts/platform/index.ts";
import { withServer } from "./connection.ts";
import { type GlobalOptions, withGlobalOptions } from "./global-options.ts";
import { printResult, table } from "./output.ts";

type State = "queued" | "running" | "completed" | "failed" | "cancelled";

export function addJobCommands(program: Command): void {
  const job = program.command("job").description("background work of every system");

  withGlobalOptions(
    job
      .command("list")
      .description("newest first")
      .option("--state <state>", "queued, running, completed, failed or cancelled"),
  ).action((options: GlobalOptions & { state?: State }) =>
    withServer(options, async (client) => {
      const { jobs } = await client.call(platform.listJobs, { state: options.state });
      printResult(jobs, options.json, (all) =>
        table(
          ["id", "kind", "state", "progress", "attempt", "since", "error"],
          all.map((one) => [
            one.id,
            one.kind,
            one.state,
            `${Math.round(one.progress * 100)} %`,
            one.attempt,
            one.created_at,
            one.error,
          ]),
        ),
      );
    }),
  );

  withGlobalOptions(job.command("cancel <id>").description("ask a job to stop")).action(
    (id: string, options: GlobalOptions) =>
      withServer(options, async (client) => {
        const answer = await client.call(platform.cancelJob, { id });
        printResult(answer, options.json, ({ cancelled }) =>
          cancelled ? "asked to stop" : "it had ended already",
        );
      }),
  );
}
