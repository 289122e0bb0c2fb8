import type { Command } from "commander";
import { withRoiOptions } from "../roi-options.ts";

/** What `batch` and `watch` share. */
export function withFolderOptions(command: Command): Command {
  return withRoiOptions(
    command
      .requiredOption("--mm-per-px <mm>", "millimetres per pixel")
      .option("--shape <json>", "mask in pixels of the picture")
      .option("--out <dir>", "where results and overlays go (default: beside the folder, DIR-inspected)")
      .option("--operator <id>", "operator_id of every call"),
  );
}
