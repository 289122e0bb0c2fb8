import { Command, CommanderError } from "commander";
import { VERSION } from "../platform/version.ts";
import { addAccountCommands } from "./accounts.ts";
import { addColorizationCommands } from "./colorization/index.ts";
import { addDemoCommand } from "./demo/index.ts";
import { addDoctorCommand } from "./doctor.ts";
import { addInspectionCommands } from "./inspection/index.ts";
import { addIntegrityCommands } from "./integrity/index.ts";
import { addJobCommands } from "./jobs.ts";
import { addMaintenanceCommands } from "./maintenance.ts";
import { addModelCommands } from "./models.ts";
import { reportFailure } from "./output.ts";
import { addServeCommand } from "./serve.ts";
import { addTrainingCommands } from "./training/index.ts";

/**
 * Runs one command line. @returns the exit code: 0 done, 1 the user can mend it, 2 wrong usage, 70 a fault of ours
 */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const program = new Command("quatrain")
    .description("One self-hosted server, four AI back ends behind the contracts their users already speak")
    .version(VERSION)
    .showHelpAfterError("(--help lists what there is)")
    // an option belongs to the command that it follows: `colorize` has options of its own and commands below it
    .enablePositionalOptions()
    .exitOverride();
  addServeCommand(program);
  addDemoCommand(program);
  addInspectionCommands(program);
  addIntegrityCommands(program);
  addColorizationCommands(program);
  addTrainingCommands(program);
  addJobCommands(program);
  addAccountCommands(program);
  addMaintenanceCommands(program);
  addModelCommands(program);
  addDoctorCommand(program);
  try {
    await program.parseAsync([...argv]);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return reportFailure(error);
  }
}
