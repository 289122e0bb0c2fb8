import type { Command } from "commander";
import type { QuatrainClient } from "../../client/index.ts";
import { deleteSource, listSources } from "../../contracts/integrity/index.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { note, printResult, table } from "../output.ts";
import { addSourceFiles } from "./add-source-files.ts";
import { listDocuments } from "./document-files.ts";
import { pagesOf, wholeOption } from "./pages.ts";

interface AddOptions extends GlobalOptions {
  readonly template?: boolean;
  readonly author?: string;
  readonly sourceUrl?: string;
}

export function addSourceCommands(sources: Command): void {
  withGlobalOptions(
    sources
      .command("add <files...>")
      .description("add documents, or those in folders, to compare with")
      .option("--template", "text that everybody is given: it is left out of comparisons")
      .option("--author <author>", "author of all of them")
      .option("--source-url <url>", "where they stand"),
  ).action(add);

  withGlobalOptions(
    sources.command("list").description("newest first").option("--limit <n>", "most sources", "50"),
  ).action((options: GlobalOptions & { limit: string }) =>
    withServer(options, async (client) => {
      const found = await list(client, wholeOption("--limit", options.limit));
      printResult(found, options.json, (all) =>
        table(
          ["id", "kind", "characters", "added", "title", "author", "url"],
          all.map((one) => [
            one.id,
            one.tipo,
            one.text_length,
            one.created_at,
            one.titulo,
            one.autor,
            one.url,
          ]),
        ),
      );
    }),
  );

  withGlobalOptions(
    sources.command("remove <ids...>").description("delete sources: text and fingerprints"),
  ).action((ids: string[], options: GlobalOptions) =>
    withServer(options, async (client) => {
      for (const id of ids) await client.call(deleteSource, { source_id: id });
      printResult({ removed: ids }, options.json, ({ removed }) => `removed ${removed.join(", ")}`);
    }),
  );
}

function list(client: QuatrainClient, limit: number) {
  return pagesOf(limit, async (most, cursor) => {
    const page = await client.call(listSources, { limit: most, cursor });
    return { items: page.sources, next: page.next_cursor };
  });
}

async function add(paths: string[], options: AddOptions): Promise<void> {
  const files = await listDocuments(paths);
  const fields = {
    autor: options.author,
    url: options.sourceUrl,
    tipo: options.template ? "plantilla" : undefined,
  };
  const result = await withServer(options, (client) => addSourceFiles(client, files, fields));
  printResult(result, options.json, ({ added }) => `${added.length} sources added`);
  for (const { file, error } of result.failed) note(`${file}: failed, ${error}`);
  if (result.failed.length > 0) process.exitCode = 1;
}
