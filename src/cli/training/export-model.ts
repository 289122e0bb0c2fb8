import type { Command } from "commander";
import { exportModel } from "../../contracts/training/index.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { printResult } from "../output.ts";
import { saveStream } from "../save-stream.ts";
import { bytesText } from "./units.ts";

interface ExportOptions extends GlobalOptions {
  readonly out: string;
  readonly checkpoint?: string;
}

export function addExportCommand(training: Command): void {
  withGlobalOptions(
    training
      .command("export <job>")
      .description("save the trained model as ONNX, with its class names and preprocessing in the metadata")
      .requiredOption("-o, --out <file>", "where to, as model.onnx")
      .option("--checkpoint <name>", "name of a checkpoint (default: the best, else the last)"),
  ).action((jobId: string, { out, checkpoint, ...options }: ExportOptions) =>
    withServer(options, async (client) => {
      const bytes = await saveStream(out, await client.stream(exportModel, { job_id: jobId, checkpoint }));
      printResult({ file: out, bytes }, options.json, () => `${out}: ${bytesText(bytes)}`);
    }),
  );
}
