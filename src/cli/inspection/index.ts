import type { Command } from "commander";
import { addAuditCommand } from "./audit.ts";
import { addBundleCommands } from "./bundles.ts";
import { addCalibrateCommand } from "./calibrate.ts";
import { addDatasetCommands } from "./dataset.ts";
import { addDriftCommand } from "./drift.ts";
import { addFitCommand } from "./fit.ts";
import { addBatchCommand } from "./folder/batch.ts";
import { addWatchCommand } from "./folder/watch.ts";
import { addImportCommand } from "./import-site.ts";
import { addInferCommand } from "./infer.ts";
import { addInferDatasetCommand } from "./infer-dataset.ts";
import { addMeasureInt8Command } from "./measure-int8.ts";
import { addQualityCommand } from "./quality.ts";
import { addReportCommand } from "./report.ts";
import { addStatusCommand } from "./status.ts";
import { addSuspiciousCommand } from "./suspicious.ts";
import { addThresholdCommand } from "./threshold.ts";
import { addVersionCommands } from "./versions.ts";

export function addInspectionCommands(program: Command): void {
  const inspection = program
    .command("inspection")
    .description("find defects on parts from pictures of good ones");
  addDatasetCommands(inspection.command("dataset").description("the stored OK and NG pictures of a ROI"));
  addFitCommand(inspection);
  addCalibrateCommand(inspection);
  addInferCommand(inspection);
  addInferDatasetCommand(inspection);
  addBatchCommand(inspection);
  addWatchCommand(inspection);
  addReportCommand(inspection);
  addThresholdCommand(inspection);
  addSuspiciousCommand(inspection);
  const versions = inspection.command("versions").description("versions of a ROI's memory");
  addVersionCommands(versions);
  addBundleCommands(versions);
  addAuditCommand(inspection);
  addMeasureInt8Command(inspection);
  addImportCommand(inspection);
  addQualityCommand(inspection);
  addDriftCommand(inspection);
  addStatusCommand(inspection);
}
