import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import * as platform from "../contracts/platform/index.ts";
import { userError } from "../platform/errors/quatrain-error.ts";
import { withServer } from "./connection.ts";
import { type GlobalOptions, withGlobalOptions } from "./global-options.ts";
import { printResult, table } from "./output.ts";

export function addAccountCommands(program: Command): void {
  addUserCommands(program.command("user").description("people who may sign in"));
  addKeyCommands(program.command("key").description("API keys for programs"));
}

interface PasswordOptions extends GlobalOptions {
  readonly password?: string;
}

function addUserCommands(user: Command): void {
  withGlobalOptions(user.command("list").description("everybody")).action((options: GlobalOptions) =>
    withServer(options, async (client) => {
      const answer = await client.call(platform.listUsers, {});
      printResult(answer, options.json, ({ users }) =>
        table(
          ["id", "email", "role", "name", "since"],
          users.map((one) => [one.id, one.email, one.role, one.full_name, one.created_at]),
        ),
      );
    }),
  );

  withGlobalOptions(
    user
      .command("add <email>")
      .description("add a user; the password is read from standard input unless given")
      .option("--name <name>", "full name", "")
      .option("--admin", "may administer")
      .option("--password <password>", "password (visible in the process list: better on standard input)"),
  ).action(async (email: string, options: PasswordOptions & { name: string; admin?: boolean }) => {
    const password = await passwordFrom(options);
    await withServer(options, async (client) => {
      const role = options.admin ? ("admin" as const) : ("member" as const);
      const added = await client.call(platform.addUser, { email, full_name: options.name, role, password });
      printResult(added, options.json, () => `added ${email} (${role})`);
    });
  });

  withGlobalOptions(
    user
      .command("passwd <email>")
      .description("set a user's password; tokens issued before are void")
      .option("--password <password>", "password (visible in the process list: better on standard input)"),
  ).action(async (email: string, options: PasswordOptions) => {
    const password = await passwordFrom(options);
    await withServer(options, async (client) => {
      const changed = await client.call(platform.setPassword, { email, password });
      printResult(changed, options.json, () => `password of ${changed.email} set`);
    });
  });

  withGlobalOptions(user.command("remove <email>").description("remove a user")).action(
    (email: string, options: GlobalOptions) =>
      withServer(options, async (client) => {
        const removed = await client.call(platform.removeUser, { email });
        printResult(removed, options.json, () => `removed ${removed.email}`);
      }),
  );
}

/** A password never has to stand on the command line, where every process can read it. */
async function passwordFrom(options: PasswordOptions): Promise<string> {
  if (options.password !== undefined) return options.password;
  const lines = createInterface({
    input: process.stdin,
    output: process.stderr,
    terminal: process.stdin.isTTY,
  });
  try {
    const password = await lines.question(process.stdin.isTTY ? "Password: " : "");
    if (password === "") throw userError("no_password", 400, "No password was given");
    return password;
  } finally {
    lines.close();
  }
}

function addKeyCommands(key: Command): void {
  withGlobalOptions(key.command("list").description("active keys, never their text")).action(
    (options: GlobalOptions) =>
      withServer(options, async (client) => {
        const answer = await client.call(platform.listKeys, {});
        printResult(answer, options.json, ({ keys }) =>
          table(
            ["id", "name", "system", "access", "since"],
            keys.map((one) => [one.id, one.name, one.system, one.access, one.created_at]),
          ),
        );
      }),
  );

  withGlobalOptions(
    key
      .command("create <name>")
      .description("create a key; from then on its system asks everybody for a credential")
      .requiredOption("--system <system>", "system name, * for all, platform for administration")
      .option("--access <access>", "read, write or admin", "write"),
  ).action((name: string, options: GlobalOptions & { system: string; access: "read" | "write" | "admin" }) =>
    withServer(options, async (client) => {
      const { system, access } = options;
      const created = (await client.call(platform.createKey, { name, system, access })) as { key: string };
      printResult(created, options.json, () => `${created.key}\n(shown this once)`);
    }),
  );

  withGlobalOptions(key.command("revoke <id>").description("revoke a key")).action(
    (id: string, options: GlobalOptions) =>
      withServer(options, async (client) => {
        const revoked = await client.call(platform.revokeKey, { id });
        printResult(revoked, options.json, () => `revoked ${id}`);
      }),
  );
}
