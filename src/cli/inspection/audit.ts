import type { Command } from "commander";
import type { z } from "zod";
import { type AuditActionName, audit } from "../../contracts/inspection/index.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { note, printResult, table } from "../output.ts";

interface AuditOptions extends GlobalOptions {
  readonly recipe?: string;
  readonly role?: string;
  readonly roi?: string;
  readonly operator?: string;
  readonly action?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: string;
  readonly before?: string;
}

export function addAuditCommand(inspection: Command): void {
  withGlobalOptions(
    inspection
      .command("audit")
      .description("who fitted, calibrated, set thresholds, rolled back, imported and deleted")
      .option("--recipe <recipe>", "of this recipe only")
      .option("--role <role>", "of this role only")
      .option("--roi <roi>", "of this ROI only")
      .option("--operator <id>", "by this operator only")
      .option("--action <action>", "of this kind only: fit, set_threshold, rollback ...")
      .option("--since <instant>", "from this day or instant on (UTC)")
      .option("--until <instant>", "before this day or instant (UTC)")
      .option("--limit <n>", "at most so many (default: 100)")
      .option("--before <id>", "the page after the entry of this number"),
  ).action((options: AuditOptions) =>
    withServer(options, async (client) => {
      const answer = await client.call(audit, {
        recipe_id: options.recipe,
        role_id: options.role,
        roi_id: options.roi,
        operator_id: options.operator,
        action: options.action as z.infer<typeof AuditActionName> | undefined,
        since: options.since,
        until: options.until,
        limit: options.limit,
        before: options.before,
      });
      printResult(answer, options.json, ({ items }) =>
        table(
          ["id", "when", "what", "operator", "credential", "recipe", "role", "roi", "version", "details"],
          items.map((one) => [
            one.id,
            one.at_utc,
            one.action,
            one.operator_id,
            one.actor,
            one.recipe_id,
            one.role_id,
            one.roi_id,
            one.model_version,
            JSON.stringify(one.details),
          ]),
        ),
      );
      if (answer.next_before !== null) note(`there are more: --before ${answer.next_before}`);
    }),
  );
}
