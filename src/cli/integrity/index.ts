import type { Command } from "commander";
import { addAuditCommands } from "./audit.ts";
import { addCaseCommands } from "./cases.ts";
import { addCheckCommand } from "./check.ts";
import { addExclusionsCommand } from "./exclusions.ts";
import { addExportCommands } from "./export.ts";
import { addImportCommand } from "./import/index.ts";
import { addMetricsCommand } from "./metrics.ts";
import { addReportCommand } from "./report.ts";
import { addSourceCommands } from "./sources.ts";

export function addIntegrityCommands(program: Command): void {
  const integrity = program
    .command("integrity")
    .description("measure academic documents: similarity, references, statistics, style, hidden text");
  addCheckCommand(integrity);
  addReportCommand(integrity);
  addSourceCommands(integrity.command("sources").description("texts to compare with that are no cases"));
  addCaseCommands(integrity);
  addMetricsCommand(integrity);
  addExclusionsCommand(integrity);
  addExportCommands(integrity.command("export").description("CSV for spreadsheets"));
  addAuditCommands(integrity.command("audit").description("the append-only trail of who did what"));
  addImportCommand(integrity);
}
