import { mkdir, open } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Command, Option } from "commander";
import { withServer } from "../../connection.ts";
import { printResult } from "../../output.ts";
import { listPictures } from "../../picture-files.ts";
import { showProgress } from "../../progress.ts";
import { withFolderOptions } from "./folder-options.ts";
import { type FolderOptions, type InspectedFile, inspectFile } from "./inspect-file.ts";
import { headLine, RESULT_FORMATS, type ResultFormat, resultLine } from "./result-lines.ts";

interface BatchOptions extends FolderOptions {
  readonly format: ResultFormat;
}

/** `--fail-on-ng`: at least one picture was ng. */
const EXIT_NG = 3;

export function addBatchCommand(inspection: Command): void {
  withFolderOptions(
    inspection
      .command("batch <dir>")
      .description("inspect every picture of a folder: results as a table, an overlay of each ng picture")
      .addOption(new Option("--format <format>", "csv or jsonl").choices(RESULT_FORMATS).default("csv"))
      .option("--fail-on-ng", `exit with ${EXIT_NG} when a picture is ng`),
  ).action(batch);
}

async function batch(dir: string, options: BatchOptions): Promise<void> {
  const files = await listPictures([dir]);
  const outDir = options.out ?? `${dir.replace(/[\\/]+$/, "")}-inspected`;
  await mkdir(outDir, { recursive: true });
  const resultsPath = join(outDir, `results.${options.format}`);
  const tally = { ok: 0, ng: 0, undecided: 0, errors: 0 };
  const progress = showProgress("batch");
  const results = await open(resultsPath, "w");
  try {
    await results.write(headLine(options.format));
    await withServer(options, async (client) => {
      for (const [index, file] of files.entries()) {
        progress.update(index / files.length, basename(file));
        const inspected = await inspectFile(client, file, options, outDir);
        count(tally, inspected);
        await results.write(resultLine(inspected, options.format)); // what is done is there, whatever comes
      }
    });
  } finally {
    progress.stop();
    await results.close();
  }
  printResult({ ...tally, total: files.length, results: resultsPath }, options.json, (all) =>
    [
      `${all.total} pictures: ${all.ok} ok, ${all.ng} ng, ${all.undecided} undecided, ${all.errors} failed`,
      `results: ${all.results}`,
    ].join("\n"),
  );
  if (tally.errors > 0) process.exitCode = 1;
  else if (options.failOnNg && tally.ng > 0) process.exitCode = EXIT_NG;
}

function count(
  tally: { ok: number; ng: number; undecided: number; errors: number },
  { decision, error }: InspectedFile,
) {
  if (error !== null) tally.errors++;
  else tally[decision ?? "undecided"]++;
}
