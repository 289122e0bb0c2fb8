import { hostname } from "node:os";
import { serverUrl } from "../../platform/config/config.ts";
import { readServerFacts } from "../../platform/lifecycle/folder-lock.ts";
import { configOf, type GlobalOptions } from "../global-options.ts";

/** Whether the server that a command talks to was opened for it alone: what it runs ends with the command. */
export function isServerOfThisCommand(options: GlobalOptions): boolean {
  if ((options.url ?? serverUrl()) !== undefined) return false;
  const holder = readServerFacts(configOf(options).dataDir);
  // nobody announces itself where several processes share the folder: then too it is ours, as no other was looked for
  return holder === null || (holder.pid === process.pid && holder.host === hostname());
}
