import { parentPort, workerData } from "node:worker_threads";

/** A session worker for tests that dies, as a bug would make it: at its first request. */
parentPort?.on("message", () => {
  throw new Error(`nothing works here (${workerData.intraOpThreads} threads)`);
});
