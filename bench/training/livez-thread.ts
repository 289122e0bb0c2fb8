import { parentPort, workerData } from "node:worker_threads";

/*
 * Asks a server whether it lives every 10 ms, in a thread of its own, from when it says "ready" until it is told to
 * end; then it says how many milliseconds each answer took.
 */

const PAUSE_MS = 10;
const { url } = workerData as { url: string };
const times: number[] = [];
let going = true;
parentPort?.once("message", () => {
  going = false;
});

const ask = async () => (await fetch(`${url}/_/livez`)).arrayBuffer();
await ask(); // connected
parentPort?.postMessage("ready");
while (going) {
  const begun = performance.now();
  await ask();
  times.push(performance.now() - begun);
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
parentPort?.postMessage(times);
