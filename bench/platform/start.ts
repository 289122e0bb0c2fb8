import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "../../tests/support/server-process.ts";
import { cpuSeconds, memoryBytes } from "../process-figures.ts";

/*
 * How long a server takes from its process's start to ready, the very first start on an empty folder apart, its
 * processor time until then, and how much memory it holds at rest.   node bench/platform/start.ts
 */

const STARTS = 7;

const dataDir = await mkdtemp(join(tmpdir(), "quatrain-start-"));
try {
  const times: number[] = [];
  const worked: number[] = [];
  let residentMiB = 0;
  for (let start = 0; start < STARTS; start++) {
    const begun = performance.now();
    const server = await startServer({ dataDir });
    const ready = await fetch(`${server.url}/_/readyz`);
    if (ready.status !== 200) throw new Error(`not ready: ${await ready.text()}`);
    times.push(performance.now() - begun);
    worked.push(await cpuSeconds(server.process.pid));
    residentMiB = (await memoryBytes(server.process.pid, "VmRSS")) / 2 ** 20;
    await server.end("SIGTERM");
  }
  const [first, ...later] = times;
  later.sort((a, b) => a - b);
  worked.sort((a, b) => a - b);
  console.log(`ready after the very first start: ${first!.toFixed(0)} ms`);
  console.log(
    `ready after later starts: median ${later[Math.floor(later.length / 2)]!.toFixed(0)} ms, worst ${later.at(-1)!.toFixed(0)} ms`,
  );
  console.log(`processor time until ready: median ${worked[Math.floor(worked.length / 2)]!.toFixed(2)} s`);
  console.log(`memory at rest: ${residentMiB.toFixed(0)} MiB resident`);
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
