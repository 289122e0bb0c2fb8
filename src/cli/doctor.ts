import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { availableParallelism, freemem, totalmem } from "node:os";
import { dirname } from "node:path";
import type { Command } from "commander";
import * as platform from "../contracts/platform/index.ts";
import { messageOf } from "../platform/errors/quatrain-error.ts";
import { VERSION } from "../platform/version.ts";
import { withServer } from "./connection.ts";
import { configOf, type GlobalOptions, withGlobalOptions } from "./global-options.ts";
import { printResult } from "./output.ts";

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

const GIB = 2 ** 30;

export function addDoctorCommand(program: Command): void {
  withGlobalOptions(
    program
      .command("doctor")
      .description("check the settings, the data folder and every system; exit code 1 on a fault"),
  ).action(async (options: GlobalOptions) => {
    const findings = [
      await check("settings", async () => `data folder ${configOf(options).dataDir}`),
      await check("machine", async () => describeMachine()),
      await check("disk", async () => describeDisk(configOf(options).dataDir)),
      ...(await systemFindings(options)),
    ];
    printResult(findings, options.json, (all) =>
      all.map(({ check: name, ok, detail }) => `${ok ? "ok   " : "FAULT"}  ${name}: ${detail}`).join("\n"),
    );
    if (findings.some((finding) => !finding.ok)) process.exitCode = 1;
  });
}

async function check(name: string, work: () => Promise<string>): Promise<Finding> {
  try {
    return { check: name, ok: true, detail: await work() };
  } catch (error) {
    return { check: name, ok: false, detail: messageOf(error) };
  }
}

function describeMachine(): string {
  const memory = `${(freemem() / GIB).toFixed(1)} of ${(totalmem() / GIB).toFixed(1)} GiB free`;
  return `quatrain ${VERSION}, node ${process.versions.node}, ${availableParallelism()} cores, ${memory}`;
}

async function describeDisk(dataDir: string): Promise<string> {
  const nearest = (path: string): string => (existsSync(path) ? path : nearest(dirname(path)));
  const { bavail, bsize } = await statfs(nearest(dataDir));
  return `${((bavail * bsize) / GIB).toFixed(1)} GiB free at ${dataDir}`;
}

async function systemFindings(options: GlobalOptions): Promise<Finding[]> {
  try {
    return await withServer(options, async (client) => {
      const ready = await client.call(platform.ready, {});
      return Object.entries(ready.systems).map(([name, state]) => ({
        check: name,
        ok: state.ready,
        detail: state.reason ?? `ready at ${client.baseUrl}`,
      }));
    });
  } catch (error) {
    return [{ check: "server", ok: false, detail: messageOf(error) }];
  }
}
