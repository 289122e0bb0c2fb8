import type { Command } from "commander";
import { getReport } from "../../contracts/integrity/index.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { printResult } from "../output.ts";
import { languageOf } from "./language.ts";
import { saveFile } from "./save-file.ts";

interface ReportOptions extends GlobalOptions {
  readonly out?: string;
  readonly format?: string;
  readonly lang?: string;
}

export function addReportCommand(integrity: Command): void {
  withGlobalOptions(
    integrity
      .command("report <case>")
      .description("save a case's report: passages, sources side by side, each method's limits")
      .option("-o, --out <file>", "where to (default: the case's id here)")
      .option("--format <format>", "html or pdf (default: as --out ends, else html)")
      .option("--lang <lang>", "es, en or pt (default: es)"),
  ).action((caseId: string, options: ReportOptions) =>
    withServer(options, async (client) => {
      const format = formatOf(options);
      const target = options.out ?? `${caseId}.${format}`;
      const lang = languageOf(options.lang);
      const bytes = await client.bytes(getReport, { case_id: caseId, format, lang });
      await saveFile(target, bytes);
      printResult(
        { case_id: caseId, file: target, format, bytes: bytes.length },
        options.json,
        () => `${target}: ${bytes.length} bytes`,
      );
    }),
  );
}

function formatOf({ format, out }: ReportOptions): "html" | "pdf" {
  const wanted = format ?? (out?.toLowerCase().endsWith(".pdf") ? "pdf" : "html");
  if (wanted === "html" || wanted === "pdf") return wanted;
  throw userError("invalid_format", 400, `--format must be html or pdf, not ${wanted}`);
}
