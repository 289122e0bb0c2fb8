import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ServerProcess, startServer } from "../../tests/support/server-process.ts";

/*
 * How long a server takes from its process's start to ready, the very first start on an empty folder apart, and how
 * much memory it holds at rest.   node bench/platform/start.ts
 */

const STARTS = 7;

const dataDir = await mkdtemp(join(tmpdir(), "quatrain-start-"));
try {
  const times: number[] = [];
  let residentMiB = 0;
  for (let start = 0; start < STARTS; start++) {
    const begun = performance.now();
    const server = await startServer({ dataDir });
    const ready = await fetch(`${server.url}/_/readyz`);
    if (ready.status !== 200) throw new Error(`not ready: ${await ready.text()}`);
    times.push(performance.now() - begun);
    residentMiB = await residentMemoryMiB(server);
    await server.end("SIGTERM");
  }
  const [first, ...later] = times;
  later.sort((a, b) => a - b);
  console.log(`ready after the very first start: ${first!.toFixed(0)} ms`);
  console.log(
    `ready after later starts: median ${later[Math.floor(later.length / 2)]!.toFixed(0)} ms, worst ${later.at(-1)!.toFixed(0)} ms`,
  );
  console.log(`memory at rest: ${residentMiB.toFixed(0)} MiB resident`);
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

/** Linux only: what the kernel says. */
async function residentMemoryMiB(server: ServerProcess): Promise<number> {
  const status = await readFile(`/proc/${server.process.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) / 1024;
}
