import type { Command } from "commander";
import { listAudit, verifyAudit } from "../../contracts/integrity/index.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { printResult, table } from "../output.ts";

interface ListOptions extends GlobalOptions {
  readonly subject?: string;
  readonly after?: string;
  readonly limit?: string;
}

export function addAuditCommands(audit: Command): void {
  withGlobalOptions(
    audit.command("verify").description("recompute the chain of hashes; exit code 1 when it is broken"),
  ).action((options: GlobalOptions) =>
    withServer(options, async (client) => {
      const found = await client.call(verifyAudit, {});
      printResult(found, options.json, ({ valid, entries, head, broken_at, reason }) =>
        valid
          ? `the chain of ${entries} entries holds; its head is ${head}`
          : `the chain is broken at entry ${broken_at}: ${reason}`,
      );
      if (!found.valid) process.exitCode = 1;
    }),
  );

  withGlobalOptions(
    audit
      .command("list")
      .description("who did what, oldest first: ids and hashes, never a text")
      .option("--subject <id>", "a case's or a source's id")
      .option("--after <n>", "entries after this number")
      .option("--limit <n>", "most entries, up to 1000 (default: 100)"),
  ).action(({ subject, after, limit, ...options }: ListOptions) =>
    withServer(options, async (client) => {
      const { entries } = await client.call(listAudit, { subject, after, limit });
      printResult(entries, options.json, (all) =>
        table(
          ["seq", "at", "actor", "action", "subject", "details"],
          all.map((one) => [
            one.seq,
            one.at,
            one.actor,
            one.action,
            one.subject,
            JSON.stringify(one.details),
          ]),
        ),
      );
    }),
  );
}
