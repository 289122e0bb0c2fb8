import { readFile, writeFile } from "node:fs/promises";

/* What a process takes, as Linux tells it in /proc. */

/** A process by its number, or the one that asks. */
type Pid = number | "self" | undefined;

/** Clock ticks of /proc/PID/stat a second, on every Linux that Node runs on. */
const TICKS = 100;

/** Processor seconds of all threads of a process. */
export async function cpuSeconds(pid: Pid): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Bytes of a process in memory: `VmRSS` now, `VmHWM` at most since its start or since {@link forgetPeak}. */
export async function memoryBytes(pid: Pid, line: "VmRSS" | "VmHWM"): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return 1024 * Number(new RegExp(`${line}:\\s+(\\d+) kB`).exec(status)?.[1]);
}

/** The kernel's high-water mark begins anew: what starting took does not count. */
export function forgetPeak(pid: Pid): Promise<void> {
  return writeFile(`/proc/${pid}/clear_refs`, "5");
}
