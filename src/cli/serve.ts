import type { Command } from "commander";
import type { GlobalOptions } from "./global-options.ts";
import { configOf } from "./global-options.ts";
import { note } from "./output.ts";

interface ServeOptions extends Pick<GlobalOptions, "data"> {
  readonly port?: string;
  readonly host?: string;
  readonly only?: string;
  readonly roles?: string;
  readonly insecure?: boolean;
}

/** A process that has not ended by then is ended: the service manager's own patience is over soon after. */
const LAST_RESORT_MS = 9_500;

export function addServeCommand(program: Command): void {
  program
    .command("serve")
    .description("serve until SIGTERM or Ctrl-C")
    .option("--port <port>", "port of the shared listener; 0 takes a free one (QUATRAIN_PORT)")
    .option("--host <address>", "address to listen on (QUATRAIN_HOST)")
    .option("--data <dir>", "data folder (QUATRAIN_DATA_DIR)")
    .option("--only <systems>", "mount only these systems (QUATRAIN_ONLY)")
    .option("--roles <roles>", "api, worker or both (QUATRAIN_ROLES)")
    .option("--insecure", "listen beyond loopback without any credential")
    .action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  const config = configOf(options, {
    ...(options.port === undefined ? {} : { QUATRAIN_PORT: options.port }),
    ...(options.host === undefined ? {} : { QUATRAIN_HOST: options.host }),
    ...(options.only === undefined ? {} : { QUATRAIN_ONLY: options.only }),
    ...(options.roles === undefined ? {} : { QUATRAIN_ROLES: options.roles }),
    ...(options.insecure ? { QUATRAIN_INSECURE: "1" } : {}),
  });
  const { openApp } = await import("../app.ts");
  const app = await openApp(config);
  try {
    const listening = await app.listen();
    if (app.firstAdminPassword !== null) {
      note(
        `quatrain: first administrator ${config.admin.email}, password ${app.firstAdminPassword} (shown this once)`,
      );
    }
    const stopped = untilStopped(); // not before: until now a signal may simply end the process
    for (const { address, dialect } of listening) {
      process.stdout.write(`quatrain listening on ${address}${dialect === null ? "" : ` (${dialect})`}\n`);
    }
    await stopped;
    setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
  } finally {
    await app.close();
  }
}

/** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = () => {
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
  });
}
