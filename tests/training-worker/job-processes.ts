import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Processes of jobs that descend from this test, by their ids. */
export async function jobProcesses(): Promise<number[]> {
  const { stdout } = await run("ps", ["-eo", "pid=,ppid=,stat=,args="]);
  const rows = stdout.split("\n").map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line));
  const parents = new Map(rows.map((row) => [Number(row?.[1]), Number(row?.[2])]));
  return rows
    .filter((row) => row?.[4]?.includes("quatrain_worker.training.job_process") && !row[3]?.startsWith("Z"))
    .map((row) => Number(row?.[1]))
    .filter((pid) => isOurs(pid, parents));
}

function isOurs(pid: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at = pid; at > 1; at = parents.get(at) ?? 0) if (at === process.pid) return true;
  return false;
}

export async function parentOf(pid: number): Promise<number> {
  return Number((await run("ps", ["-o", "ppid=", "-p", String(pid)])).stdout);
}

/** Whether a process is there and has not ended. */
export async function runs(pid: number): Promise<boolean> {
  const { stdout } = await run("ps", ["-o", "stat=", "-p", String(pid)]).catch(() => ({ stdout: "Z" }));
  return !stdout.startsWith("Z");
}
