import { outputOf } from "./numeric-runtime.ts";
import { ones, slowModel } from "./test-models.ts";
import { openThreadRuntime } from "./thread-runtime.ts";

/**
 * A process for shutdown.test.ts: runs a model and, with the argument `forget`, ends without closing; otherwise it
 * closes the runtime on SIGTERM in the middle of a run.
 */
const runtime = openThreadRuntime({ intraOpThreads: 1 });
const model = slowModel(16);
await runtime.warm(model);

if (process.argv[2] === "forget") {
  await runtime.run(model, { x: ones() });
  console.log("done");
} else {
  const answer = runtime.run(model, { x: ones() });
  process.once("SIGTERM", async () => {
    console.log(`closing with ${runtime.status().busy} busy`);
    await runtime.close();
    console.log(`answered ${outputOf(await answer, "y", "float32").data[0]?.toFixed(3)}`);
    process.exit(0);
  });
  console.log("running");
}
