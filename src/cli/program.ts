import { Command, CommanderError } from "commander";
import { VERSION } from "../platform/version.ts";
import { reportFailure } from "./output.ts";
import { addServeCommand } from "./serve.ts";

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
  // a server needs no other command: without them it starts sooner and rests smaller
  if (argv[2] !== "serve") (await import("./client-commands.ts")).addClientCommands(program);
  try {
    await program.parseAsync([...argv]);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return reportFailure(error);
  }
}
