import type { Command } from "commander";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";

/** Which ROI a command is about. */
export interface RoiOptions extends GlobalOptions {
  readonly role: string;
  readonly roi: string;
  readonly recipe?: string;
  readonly modelKey?: string;
}

export function withRoiOptions(command: Command): Command {
  return withGlobalOptions(
    command
      .requiredOption("--role <role>", "role id, for example Inspection")
      .requiredOption("--roi <roi>", "ROI id")
      .option("--recipe <recipe>", "recipe id (default: default)")
      .option("--model-key <key>", "model key (default: the ROI id)"),
  );
}

/** The contract's fields that name the ROI. */
export function roiFields({ role, roi, recipe, modelKey }: RoiOptions) {
  return { role_id: role, roi_id: roi, recipe_id: recipe, model_key: modelKey };
}
