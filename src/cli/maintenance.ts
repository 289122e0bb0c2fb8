import { join, resolve } from "node:path";
import type { Command } from "commander";
import * as platform from "../contracts/platform/index.ts";
import { userError } from "../platform/errors/quatrain-error.ts";
import { restoreBackup } from "../platform/lifecycle/backup/restore-backup.ts";
import { withServer } from "./connection.ts";
import { configOf, type GlobalOptions, withGlobalOptions } from "./global-options.ts";
import { note, printResult } from "./output.ts";

export function addMaintenanceCommands(program: Command): void {
  withGlobalOptions(
    program
      .command("backup <file>")
      .description("write a backup of the data folder, also while a server holds it"),
  ).action((file: string, options: GlobalOptions) =>
    withServer(options, async (client) => {
      const written = await client.call(platform.backup, { path: resolve(file) });
      printResult(
        written,
        options.json,
        () => `${written.path}: ${written.files} files, ${written.bytes} bytes`,
      );
    }),
  );

  program
    .command("restore <file>")
    .description("put a backup in the place of the data folder's content; no server may hold it")
    .option("--data <dir>", "data folder (QUATRAIN_DATA_DIR)")
    .option("--force", "move existing data aside")
    .option("--json", "print the result as JSON")
    .action(async (file: string, options: GlobalOptions & { force?: boolean }) => {
      const config = configOf(options);
      if (config.databaseUrl !== null || config.s3 !== null) {
        throw userError(
          "not_embedded",
          400,
          "restore is for the embedded database and local files: use pg_restore and your object store's own tools",
        );
      }
      const restored = await restoreBackup(
        resolve(file),
        {
          dataDir: config.dataDir,
          databasePath: join(config.dataDir, "quatrain.db"),
          storeRoots: {
            inspection: config.inspection.dir ?? join(config.dataDir, "inspection"),
            integrity: config.integrity.dir ?? join(config.dataDir, "integrity"),
            colorization: config.colorization.dir ?? join(config.dataDir, "colorization"),
            training: config.training.dir ?? join(config.dataDir, "training"),
          },
          now: Date.now,
        },
        options.force ?? false,
      );
      if (restored.movedTo.length > 0) note(`what was there lies in ${restored.movedTo.join(" and ")}`);
      printResult(
        restored,
        options.json,
        () => `restored ${restored.header.createdAt} into ${config.dataDir}`,
      );
    });
}
