import type { Command } from "commander";
import { type Config, loadConfig } from "../platform/config/config.ts";
import type { SettingName } from "../platform/config/settings.ts";

/** Options that every command takes. */
export interface GlobalOptions {
  readonly data?: string;
  readonly url?: string;
  readonly key?: string;
  readonly json?: boolean;
}

export function withGlobalOptions(command: Command): Command {
  return command
    .option("--data <dir>", "data folder (QUATRAIN_DATA_DIR)")
    .option("--url <url>", "talk to this server instead of the data folder's own")
    .option("--key <key>", "API key or token for --url")
    .option("--json", "print the result as JSON");
}

/** The configuration as the environment, the config file and these options give it. */
export function configOf(options: GlobalOptions, more: Partial<Record<SettingName, string>> = {}): Config {
  return loadConfig({ ...(options.data === undefined ? {} : { QUATRAIN_DATA_DIR: options.data }), ...more });
}
