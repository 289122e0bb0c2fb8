#!/usr/bin/env node
import { enableCompileCache } from "node:module";

enableCompileCache(); // from the second start on, nothing is stripped and compiled again
const { runCommandLine } = await import("./cli/program.ts");
process.exitCode = await runCommandLine(process.argv);
