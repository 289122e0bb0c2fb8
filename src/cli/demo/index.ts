import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { withServer } from "../connection.ts";
import { note } from "../output.ts";
import { demonstrateColorization } from "./colorization.ts";
import { demonstrateInspection } from "./inspection.ts";
import { demonstrateIntegrity } from "./integrity.ts";
import { demonstrateTraining } from "./training.ts";

export function addDemoCommand(program: Command): void {
  program
    .command("demo")
    .description("run each system's main job on inputs that are drawn here, and show what came out")
    .option("--out <dir>", "where pictures and reports go", "demo-output")
    .action(async ({ out }: { out: string }) => {
      const data = await mkdtemp(join(tmpdir(), "quatrain-demo-"));
      try {
        note("a server of its own, in a folder of its own; nothing of yours is touched");
        await withServer({ data }, async (client) => {
          await demonstrateInspection(client, join(out, "inspection"));
          process.stdout.write("\n");
          await demonstrateIntegrity(client, join(out, "integrity"));
          process.stdout.write("\n");
          await demonstrateColorization(client, join(out, "colorization"));
          process.stdout.write("\n");
          await demonstrateTraining(client, join(out, "training"));
        });
      } finally {
        await rm(data, { recursive: true, force: true });
      }
    });
}
