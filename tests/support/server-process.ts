import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

const MAIN = new URL("../../src/main.ts", import.meta.url).pathname;
/** As the launcher starts it. */
const NODE_OPTIONS = ["--no-maglev"];
const COMPILED = { NODE_COMPILE_CACHE: new URL("../../.runtime/compiled", import.meta.url).pathname };
const QUIET = { QUATRAIN_LOG_LEVEL: "error" };

/** A real server in a process of its own, as a user would start it. */
export interface ServerProcess {
  /** `http://host:port` of the shared listener. */
  readonly url: string;
  /** Every line that announced a listener. */
  readonly lines: readonly string[];
  readonly process: ChildProcess;
  /** What it has written to standard error so far. */
  stderr(): string;
  /** Sends a signal and waits for the end. @returns exit code and signal */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

export interface ServerSettings {
  readonly dataDir: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly options?: readonly string[];
  /** How many listeners will announce themselves. */
  readonly listeners?: number;
  /** Folder that it and its processes run in; absent: that of the test. */
  readonly cwd?: string;
}

/** The environment without what this machine's own settings may hold. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(QUATRAIN|BDI|FLASK|DATABASE_URL$|API_KEY$|INSPECTION_PORT$|INTEGRITY_|TRAINING_|COLORIZATION_|MANGA_FLUX_|INTERNAL_AUTH_TOKEN$|MLFLOW_)/.test(
          name,
        ),
    ),
  );
}

/** Servers and commands of tests that failed before they could end them go with the test process. */
const living = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of living) child.kill("SIGKILL");
});

/** Starts a server on a free port and waits until it listens. @throws when it ends before, with its last words */
export async function startServer({
  dataDir,
  environment = {},
  options = [],
  listeners = 1,
  cwd,
}: ServerSettings): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    [...NODE_OPTIONS, MAIN, "serve", "--port", "0", "--data", dataDir, ...options],
    {
      cwd,
      env: { ...cleanEnvironment(), ...COMPILED, ...QUIET, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  living.add(child);
  child.once("exit", () => living.delete(child));
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const lines: string[] = [];
  const announced = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (lines.length === listeners) return;
    }
  })();
  await Promise.race([announced, ended]);
  if (lines.length < listeners) throw new Error(`the server ended before it listened:\n${errors}`);
  return {
    url: /on (\S+)/.exec(lines[0]!)![1]!,
    lines,
    process: child,
    stderr: () => errors,
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const [code, by] = await ended;
      return { code, signal: by };
    },
  };
}

/** Starts a command of the command line, for those who end it themselves. */
export function startCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [...NODE_OPTIONS, MAIN, ...args], {
    env: { ...cleanEnvironment(), ...COMPILED, ...QUIET, ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  living.add(child);
  child.once("exit", () => living.delete(child));
  return child;
}

/** Runs a command of the command line to its end. */
export async function runCommand(
  args: readonly string[],
  { environment = {}, input = "" }: { environment?: Readonly<Record<string, string>>; input?: string } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = startCommand(args, environment);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  child.stdin.end(input);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}
