import type { Command } from "commander";
import { EMBEDDED_ENGINES } from "../ml/backbones/embedded-engines.ts";
import type { GlobalOptions } from "./global-options.ts";
import { printResult, table } from "./output.ts";

export function addModelCommands(program: Command): void {
  program
    .command("models")
    .description("engines and backbones that this version has")
    .command("list", { isDefault: true })
    .option("--json", "print the result as JSON")
    .action((options: Pick<GlobalOptions, "json">) => {
      printResult(EMBEDDED_ENGINES, options.json, (engines) =>
        table(
          ["id", "for", "weights", "description"],
          engines.map((engine) => [engine.id, engine.system, "none needed", engine.description]),
        ),
      );
    });
}
