import type { Command } from "commander";
import type { z } from "zod";
import type { QuatrainClient } from "../../client/index.ts";
import { type Exclusions, getCase, setExclusions } from "../../contracts/integrity/index.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { printResult } from "../output.ts";
import { followJob } from "../progress.ts";

interface ExclusionOptions extends GlobalOptions {
  readonly quotations?: boolean;
  readonly bibliography?: boolean;
  readonly template?: boolean;
  readonly sameAuthor?: boolean;
}

const KINDS = [
  ["quotations", "passages within quotation marks"],
  ["bibliography", "the list of references"],
  ["template", "text that was declared a template, or that very many documents share"],
  ["same-author", "cases and sources of the same author"],
] as const;

export function addExclusionsCommand(integrity: Command): void {
  const command = integrity
    .command("exclusions <case>")
    .description(
      "leave passages out of a case's comparison, or count them again; shows them without an option",
    );
  for (const [name, what] of KINDS) {
    command.option(`--${name}`, `leave out ${what}`).option(`--no-${name}`, "count them");
  }
  withGlobalOptions(command).action((caseId: string, options: ExclusionOptions) =>
    withServer(options, async (client) => {
      const { quotations, bibliography, template, sameAuthor } = options;
      const wished = { quotations, bibliography, template, same_author: sameAuthor };
      if (Object.values(wished).some((wish) => wish !== undefined)) {
        const { job_id } = await accepted(client, caseId, wished);
        await followJob(client, job_id, "evaluate again");
      }
      printResult(await measuredOf(client, caseId), options.json, describe);
    }),
  );
}

/** The endpoint answers 202 only, which the client's types do not look into. */
function accepted(client: QuatrainClient, caseId: string, wished: Partial<z.infer<typeof Exclusions>>) {
  return client.call(setExclusions, { case_id: caseId, ...wished }) as Promise<{ job_id: string }>;
}

async function measuredOf(client: QuatrainClient, caseId: string) {
  const { measured } = (await client.call(getCase, { case_id: caseId })).case;
  if (measured !== null) return { case_id: caseId, ...measured };
  throw userError(
    "nothing_measured",
    400,
    `${caseId} came from an older server: there is no text to compare`,
  );
}

function describe(found: Awaited<ReturnType<typeof measuredOf>>): string {
  const { exclusions, similarity, similarity_share, combined_score, combined_level } = found;
  const [left, counted] = [true, false].map((wanted) =>
    Object.entries(exclusions)
      .filter(([, value]) => value === wanted)
      .map(([name]) => name.replaceAll("_", " "))
      .join(", "),
  );
  return [
    `left out: ${left || "nothing"}; counted: ${counted || "nothing"}`,
    `${(similarity_share * 100).toFixed(1)} % of the words lie in passages of ${similarity.length} sources; with what was measured ${combined_score} ${combined_level}`,
  ].join("\n");
}
