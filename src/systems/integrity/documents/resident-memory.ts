import { readFile } from "node:fs/promises";

/** Resident memory of a process, from Linux' table; 0 where it is not known (it has ended, another system). */
export async function residentBytes(pid: number): Promise<number> {
  try {
    const [, kilobytes = "0"] =
      /^VmRSS:\s*(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, "latin1")) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}
