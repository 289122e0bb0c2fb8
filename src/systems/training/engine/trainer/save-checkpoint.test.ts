import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { decodeCheckpoint } from "../checkpoint-file.ts";
import { prepareRun } from "./prepare-run.ts";
import { saveOnTheWay } from "./save-checkpoint.ts";
import { drawnImages, testFolder, testLink, testTask } from "./testing.ts";

it("saves every ten minutes of an epoch, between two of its steps", async () => {
  const link = testLink();
  const task = await testTask(await drawnImages(await testFolder(), 15));
  const { run } = await prepareRun(task, null, link);
  for (const [step, seconds] of [2, 597, 2, 3].entries()) {
    const { sums } = run.standing;
    Object.assign(run.standing, { step: step + 1, sums: { ...sums, seconds: sums.seconds + seconds } });
    await saveOnTheWay(run, seconds);
  }
  const checkpoints = link.events.filter((event) => event.type === "checkpoint");
  expect(checkpoints).toMatchObject([{ roles: ["last"], epoch: 0, metric: null }]);
  const { progress, facts } = await decodeCheckpoint(await readFile(checkpoints[0]?.file ?? ""));
  expect(progress).toMatchObject({ step: 3, sums: { seconds: 601 } });
  expect(facts.epoch).toBe(0);
});
