import type { Command } from "commander";
import { addAccountCommands } from "./accounts.ts";
import { addColorizationCommands } from "./colorization/index.ts";
import { addDemoCommand } from "./demo/index.ts";
import { addDoctorCommand } from "./doctor.ts";
import { addInspectionCommands } from "./inspection/index.ts";
import { addIntegrityCommands } from "./integrity/index.ts";
import { addJobCommands } from "./jobs.ts";
import { addMaintenanceCommands } from "./maintenance.ts";
import { addModelCommands } from "./models.ts";
import { addTrainingCommands } from "./training/index.ts";

/** Every command but `serve`. */
export function addClientCommands(program: Command): void {
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
}
