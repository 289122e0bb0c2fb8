import type { Command } from "commander";
import { exportBundle, importBundle } from "../../contracts/inspection/index.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { printResult } from "../output.ts";
import { filePart, requireFile } from "../picture-files.ts";
import { saveStream } from "../save-stream.ts";
import { type RoiOptions, roiFields, withRoiOptions } from "./roi-options.ts";

interface ExportOptions extends RoiOptions {
  readonly version?: string;
  readonly out: string;
}

interface ImportOptions extends GlobalOptions {
  readonly role?: string;
  readonly roi?: string;
  readonly recipe?: string;
  readonly modelKey?: string;
  readonly operator?: string;
}

/** A version as one file, out and in. */
export function addBundleCommands(versions: Command): void {
  withRoiOptions(
    versions
      .command("export [version]")
      .description("write a version to one file; the one in use when none is named")
      .requiredOption("-o, --out <file>", "where to write it"),
  ).action(exportVersion);
  withGlobalOptions(
    versions
      .command("import <file>")
      .description("put a version from a file in use; where it came from unless told otherwise")
      .option("--role <role>", "another role")
      .option("--roi <roi>", "another ROI")
      .option("--recipe <recipe>", "another recipe")
      .option("--model-key <key>", "another model key")
      .option("--operator <id>", "who does it"),
  ).action(importVersion);
}

async function exportVersion(version: string | undefined, options: ExportOptions): Promise<void> {
  await withServer(options, async (client) => {
    const bytes = await saveStream(
      options.out,
      await client.stream(exportBundle, { ...roiFields(options), version }),
    );
    printResult({ file: options.out, bytes }, options.json, (done) => `${done.file}: ${done.bytes} bytes`);
  });
}

async function importVersion(file: string, options: ImportOptions): Promise<void> {
  await requireFile(file);
  const bundle = [await filePart(file)];
  await withServer(options, async (client) => {
    const answer = await client.call(
      importBundle,
      {
        role_id: options.role,
        roi_id: options.roi,
        recipe_id: options.recipe,
        model_key: options.modelKey,
        operator_id: options.operator,
      },
      { bundle },
    );
    printResult(
      answer,
      options.json,
      (done) =>
        `version ${done.model_version} of ${done.role_id}/${done.roi_id} (recipe ${done.recipe_id}) is in use: ${done.backbone}, ${done.n_images} pictures, threshold ${done.threshold ?? "none"}${done.warnings.map((warning) => `\n${warning}`).join("")}`,
    );
  });
}
