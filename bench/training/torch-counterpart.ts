import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Milliseconds of each step. */
export interface StepTimes {
  readonly wall: readonly number[];
  readonly cpu: readonly number[];
}

/** The same training in torch, in a process of its own that rests while it is not asked. */
export interface TorchCounterpart {
  readonly version: string;
  steps(pixels: number, count: number): Promise<StepTimes>;
  /** Milliseconds per step of each operator. */
  operators(pixels: number, count: number): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

/** Starts `step_speed_torch.py` with PYTHON, or Debian's; null where that has no torch. */
export async function openTorch(): Promise<TorchCounterpart | null> {
  const script = fileURLToPath(new URL("step_speed_torch.py", import.meta.url));
  const child = spawn(process.env.PYTHON ?? "/usr/bin/python3", [script], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, OMP_NUM_THREADS: "1" },
  });
  const failed = once(child, "error").then(() => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const line = await Promise.race([lines.next(), failed]);
    return line === undefined || line.done ? null : JSON.parse(line.value);
  };
  const ask = (order: object) => {
    child.stdin.write(`${JSON.stringify(order)}\n`);
    return answer();
  };
  const greeting = (await answer()) as { version: string } | null;
  if (greeting === null) return null;
  return {
    version: greeting.version,
    steps: async (pixels, count) => (await ask({ pixels, steps: count })) as StepTimes,
    async operators(pixels, count) {
      const { operators } = (await ask({ pixels, steps: count, profile: true })) as {
        operators: Record<string, number>;
      };
      return operators;
    },
    async close() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}
