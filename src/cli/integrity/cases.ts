import type { Command } from "commander";
import type { QuatrainClient } from "../../client/index.ts";
import { deleteCase, getCase, listCases } from "../../contracts/integrity/index.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { note, printResult, table } from "../output.ts";
import { showProgress } from "../progress.ts";
import { describeCase } from "./describe-case.ts";
import { linesOfCase } from "./describe-measured.ts";
import { languageOf, speaking } from "./language.ts";
import { pagesOf, wholeOption } from "./pages.ts";

interface ListOptions extends GlobalOptions {
  readonly level?: string;
  readonly role?: string;
  readonly q?: string;
  readonly limit: string;
}

export function addCaseCommands(integrity: Command): void {
  withGlobalOptions(
    integrity
      .command("cases")
      .description("newest first")
      .option("--level <level>", "BAJO, MEDIO or ALTO")
      .option("--role <role>", "Estudiante, Docente-investigador or Coinvestigador externo")
      .option("--q <words>", "words that title or author begin a word with")
      .option("--limit <n>", "most cases", "50"),
  ).action(list);

  withGlobalOptions(
    integrity
      .command("case <case>")
      .description("one case with its findings and similar sources")
      .option("--lang <lang>", "language of the explanations: es, en or pt (default: es)"),
  ).action((caseId: string, options: GlobalOptions & { lang?: string }) =>
    withServer(options, async (client) => {
      const language = languageOf(options.lang);
      const { case: found } = await speaking(client, language).call(getCase, { case_id: caseId });
      const lines =
        options.json || found.measured === null ? null : await linesOfCase(client, caseId, found.measured);
      printResult(found, options.json, (one) => describeCase(one, lines));
    }),
  );

  withGlobalOptions(
    integrity
      .command("delete <cases...>")
      .description("delete cases: text, files, fingerprints and figures; there is no way back"),
  ).action(remove);
}

async function list(options: ListOptions): Promise<void> {
  const filters = { nivel: options.level?.toUpperCase(), rol: options.role, q: options.q };
  const limit = wholeOption("--limit", options.limit);
  await withServer(options, async (client) => {
    let total = 0;
    const cases = await pagesOf(limit, async (most, cursor) => {
      const page = await client.call(listCases, { ...filters, limit: most, cursor });
      total = page.total;
      return { items: page.cases, next: page.next_cursor };
    });
    printResult(cases, options.json, (all) =>
      table(
        ["case", "score", "level", "confidence", "role", "product", "analysed", "title", "author"],
        all.map((one) => [
          one.case_id,
          one.overall_score,
          one.overall_level,
          one.confidence,
          one.role,
          one.product_type,
          one.analyzed_at,
          one.title,
          one.author,
        ]),
      ),
    );
    if (total > cases.length) note(`${cases.length} of ${total}; --limit shows more`);
  });
}

async function remove(caseIds: string[], options: GlobalOptions): Promise<void> {
  const progress = showProgress("delete");
  const deleted: string[] = [];
  try {
    await withServer(options, (client) => removeAll(client, caseIds, deleted, progress.update));
  } catch (error) {
    if (deleted.length > 0) note(`deleted before this: ${deleted.join(", ")}`);
    throw error;
  } finally {
    progress.stop();
  }
  printResult({ deleted }, options.json, () => `deleted ${deleted.join(", ")}`);
}

async function removeAll(
  client: QuatrainClient,
  caseIds: readonly string[],
  deleted: string[],
  update: (fraction: number, message: string) => void,
): Promise<void> {
  for (const [index, caseId] of caseIds.entries()) {
    update(index / caseIds.length, caseId);
    await client.call(deleteCase, { case_id: caseId });
    deleted.push(caseId);
  }
}
