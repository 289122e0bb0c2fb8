import { expect, it } from "vitest";
import { seededRandom } from "../../../algorithms/anomaly/seeded-random.ts";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { silentLog } from "../../../platform/telemetry/silent-log.ts";
import { KEPT_SCORES, ScoreStore } from "../store/score-store.ts";
import { aModel, anEvent, aRun, openTestStore, ROI } from "../store/testing.ts";
import { ScoreRecorder } from "./score-recorder.ts";
import { watchDrift } from "./watch-drift.ts";

describeEachDatabase("the drift monitor", (open) => {
  it("tells a steady line from one that moved, and keeps a bounded number of scores", async () => {
    const { database, reader, versions, calibrations, calibrationReader } = await openTestStore(open);
    const scores = new ScoreStore(database);
    const recorder = new ScoreRecorder(scores, silentLog);
    const deps = { reader, calibrationReader, scores, recorder };
    expect((await watchDrift(deps, ROI)).drift).toBeNull();

    const modelId = await versions.add(aModel(ROI, 1), anEvent(ROI));
    const random = seededRandom(3);
    const draw = (mean: number) => mean + 0.3 * random.normal();
    const references = Array.from({ length: 20 }, () => ({
      label: "ok" as const,
      score: draw(2),
      filename: null,
      hash: null,
      seen: false,
    }));
    const run = { ...aRun(ROI, 5), scores: references };
    await calibrations.add(run, anEvent(ROI));
    const inspect = (count: number, mean: number, createdAt = run.createdAt + 1) => {
      for (let index = 0; index < count; index++)
        recorder.record({ roi: ROI, modelId, score: draw(mean), createdAt });
    };
    inspect(100, 9, run.createdAt - 1); // before the calibration: they do not count
    inspect(49, 2);
    expect((await watchDrift(deps, ROI)).drift).toMatchObject({ state: "collecting", count: 49 });
    inspect(500, 2);
    expect((await watchDrift(deps, ROI)).drift).toMatchObject({
      state: "steady",
      count: 200,
      referenceCount: 20,
    });
    inspect(200, 2.6);
    expect((await watchDrift(deps, ROI)).drift).toMatchObject({ state: "drifting", causes: ["scores"] });
    inspect(1_000, 9);
    expect((await watchDrift(deps, ROI)).drift).toMatchObject({ state: "drifting", causes: ["alarms"] });
    expect(await scores.newest(ROI, modelId, 0, 10_000)).toHaveLength(KEPT_SCORES);
  });
});
