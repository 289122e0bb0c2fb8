import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Command } from "commander";
import { ClientError, type QuatrainClient } from "../../../client/index.ts";
import { messageOf, userError } from "../../../platform/errors/quatrain-error.ts";
import { withServer } from "../../connection.ts";
import { EXIT_INTERRUPTED, untilInterrupted } from "../../interrupt.ts";
import { note } from "../../output.ts";
import { isPictureName } from "../../picture-files.ts";
import { type DoneFile, DoneFiles, moveDone } from "./done-files.ts";
import { withFolderOptions } from "./folder-options.ts";
import { type FolderOptions, inspectFile } from "./inspect-file.ts";
import { type SeenFile, SettledFiles } from "./settled-files.ts";

interface WatchOptions extends FolderOptions {
  readonly interval: string;
  readonly move?: string;
  readonly once?: boolean;
}

const LONGEST_WAIT_MS = 30_000;

export function addWatchCommand(inspection: Command): void {
  withFolderOptions(
    inspection
      .command("watch <dir>")
      .description("inspect new pictures of a folder as they come, once they have stopped growing")
      .option("--interval <seconds>", "time between two looks", "1")
      .option("--move <dir>", "move inspected files into ok, ng, undecided or failed below this folder")
      .option("--once", "end when every file has been inspected"),
  ).action(watch);
}

async function watch(dir: string, options: WatchOptions): Promise<void> {
  const intervalMs = 1_000 * Number(options.interval);
  if (!(intervalMs >= 50 && intervalMs <= 3_600_000))
    throw userError("invalid_interval", 400, "--interval takes seconds, from 0.05 to 3600");
  if (!(await stat(dir).catch(() => null))?.isDirectory())
    throw userError("no_such_file", 400, `There is no folder ${dir}`);
  const outDir = options.out ?? `${dir.replace(/[\\/]+$/, "")}-inspected`;
  await mkdir(outDir, { recursive: true });
  const done = await DoneFiles.open(outDir);
  try {
    const ended = await untilInterrupted((signal) =>
      withServer(options, (client) =>
        look({ dir, outDir, options, intervalMs, done, client: client.withSignal(signal), signal }),
      ),
    );
    if (ended.interrupted) process.exitCode = EXIT_INTERRUPTED;
  } finally {
    await done.close();
  }
}

interface Watch {
  readonly dir: string;
  readonly outDir: string;
  readonly options: WatchOptions;
  readonly intervalMs: number;
  readonly done: DoneFiles;
  readonly client: QuatrainClient;
  readonly signal: AbortSignal;
}

async function look(watched: Watch): Promise<void> {
  const { dir, options, intervalMs, done, signal } = watched;
  const settled = new SettledFiles();
  for (;;) {
    const files = await filesIn(dir);
    done.keepOnly(new Set(files.map(({ name }) => name)));
    for (const file of settled.look(files)) {
      signal.throwIfAborted();
      const known = done.find(file);
      if (known === null) await finish(watched, file, await inspectNew(watched, file));
      else if (options.move !== undefined) await finish(watched, file, known); // killed before it was moved
    }
    const isOver = files.every((file) => done.find(file) !== null || file.size === 0);
    if (options.once && isOver) return;
    await setTimeout(intervalMs, undefined, { signal });
  }
}

async function filesIn(dir: string): Promise<SeenFile[]> {
  const names = (await readdir(dir)).filter((name) => isPictureName(name) && !name.startsWith("."));
  const files = await Promise.all(
    names.map(async (name) => {
      const facts = await stat(join(dir, name)).catch(() => null); // gone meanwhile
      return facts?.isFile() ? { name, size: facts.size, mtimeMs: facts.mtimeMs } : null;
    }),
  );
  return files.filter((file) => file !== null);
}

/** Waits for a server that is away or busy, as long as it takes; what every file would be refused for ends the watch. */
async function inspectNew(
  { client, dir, options, outDir, done, signal }: Watch,
  file: SeenFile,
): Promise<DoneFile> {
  for (let waitMs = 1_000; ; waitMs = Math.min(LONGEST_WAIT_MS, 2 * waitMs)) {
    try {
      return await done.add(file, await inspectFile(client, join(dir, file.name), options, outDir));
    } catch (error) {
      signal.throwIfAborted();
      const passes =
        error instanceof TypeError ||
        (error instanceof ClientError && (error.status >= 500 || error.status === 429));
      if (!passes) throw error;
      note(`${file.name}: ${messageOf(error)}; tried again in ${waitMs / 1_000} s`);
      await setTimeout(waitMs, undefined, { signal });
    }
  }
}

/** Tells of it, and moves the file where that is wanted. */
async function finish({ dir, options }: Watch, file: SeenFile, result: DoneFile): Promise<void> {
  const verdict = result.error === null ? (result.decision ?? "undecided") : "failed";
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stdout.write(`${file.name}: ${verdict}${describe(result)}\n`);
  if (options.move === undefined) return;
  const folder = join(options.move, verdict);
  await mkdir(folder, { recursive: true });
  await moveDone(join(dir, file.name), file.name, folder);
}

function describe({ error, score, threshold }: DoneFile): string {
  if (error !== null) return ` (${error})`;
  return ` (score ${score?.toFixed(3)}, threshold ${threshold?.toFixed(3)})`;
}
