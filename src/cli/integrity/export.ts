import type { Command } from "commander";
import type { QuatrainClient } from "../../client/index.ts";
import { exportCases, exportPairs } from "../../contracts/integrity/index.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { printResult } from "../output.ts";
import { saveFile } from "./save-file.ts";

interface ExportOptions extends GlobalOptions {
  readonly out: string;
  readonly level?: string;
  readonly role?: string;
  readonly minShare?: string;
}

export function addExportCommands(group: Command): void {
  withGlobalOptions(
    group
      .command("cases")
      .description("cases as CSV")
      .requiredOption("-o, --out <file>", "where to")
      .option("--level <level>", "BAJO, MEDIO or ALTO only")
      .option("--role <role>", "this role only"),
  ).action((options: ExportOptions) =>
    save(options, (client) =>
      client.bytes(exportCases, { nivel: options.level?.toUpperCase(), rol: options.role }),
    ),
  );

  withGlobalOptions(
    group
      .command("pairs")
      .description("pairs of documents that share passages, as CSV")
      .requiredOption("-o, --out <file>", "where to")
      .option("--min-share <share>", "smallest share of the document's words, 0 to 1"),
  ).action((options: ExportOptions) =>
    save(options, (client) => client.bytes(exportPairs, { min_share: options.minShare })),
  );
}

function save(
  options: ExportOptions,
  fetchCsv: (client: QuatrainClient) => Promise<Uint8Array>,
): Promise<void> {
  return withServer(options, async (client) => {
    const bytes = await fetchCsv(client);
    await saveFile(options.out, bytes);
    printResult(
      { file: options.out, bytes: bytes.length },
      options.json,
      () => `${options.out}: ${bytes.length} bytes`,
    );
  });
}
