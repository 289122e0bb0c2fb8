import { type ChildProcess, fork } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

const LOOK_EVERY_MS = 5;
/** What was killed is gone at once, unless the kernel holds it in a read or a write. */
const MOST_LOOKS = 2000;

/**
 * Starts a script of ours as the leader of its own process group, with a channel for JSON messages and none of our
 * environment. Its output is piped; its one argument is our process, so that it can tell when that is gone.
 */
export function startInGroup(entry: URL): ChildProcess {
  return fork(entry, [String(process.pid)], {
    detached: true,
    env: {},
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    serialization: "json",
  });
}

/** Ends the process and whatever it has started, without asking. */
export function killGroup(child: ChildProcess): void {
  if (child.pid !== undefined) signalGroup(child.pid, "SIGKILL");
}

/** Resolves once no process of the group is left. Its leader must have exited. */
export async function groupHasEnded(child: ChildProcess): Promise<void> {
  for (let look = 0; look < MOST_LOOKS && child.pid !== undefined; look++) {
    if (!signalGroup(child.pid, 0)) return;
    await delay(LOOK_EVERY_MS);
  }
}

/** @returns whether there was anybody */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-leader, signal);
    return true;
  } catch {
    return false;
  }
}
