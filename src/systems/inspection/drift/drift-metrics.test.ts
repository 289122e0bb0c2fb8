import { expect, it } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { Metrics } from "../../../platform/telemetry/metrics.ts";
import { silentLog } from "../../../platform/telemetry/silent-log.ts";
import { ScoreStore } from "../store/score-store.ts";
import { aModel, anEvent, aRun, openTestStore, ROI } from "../store/testing.ts";
import { DriftMetrics } from "./drift-metrics.ts";
import { ScoreRecorder } from "./score-recorder.ts";

describeEachDatabase("the drift figures", (open) => {
  it("are read once a scrape, and only for a ROI that was inspected since or after a while", async () => {
    const { database, reader, versions, calibrations, calibrationReader } = await openTestStore(open);
    await versions.add(aModel(ROI, 1), anEvent(ROI));
    const scored = { label: "ok" as const, filename: null, hash: null, seen: false };
    const scores = Array.from({ length: 12 }, (_, index) => ({ ...scored, score: 1 + index / 10 }));
    await calibrations.add({ ...aRun(ROI, 5), scores }, anEvent(ROI));
    const store = new ScoreStore(database);
    let [now, reads] = [0, 0];
    const newest = store.newest.bind(store);
    store.newest = (...args) => {
      reads++;
      return newest(...args);
    };
    const metrics = new Metrics();
    const recorder = new ScoreRecorder(store, silentLog);
    const deps = { reader, calibrationReader, scores: store, recorder, clock: { now: () => now } };
    const drift = new DriftMetrics(deps, metrics);
    const scrape = async () => (await metrics.text()).body;
    expect(await scrape()).not.toMatch(/drifting\{/);

    drift.saw(ROI);
    drift.saw(ROI);
    expect(await scrape()).toMatch(/quatrain_inspection_drifting\{[^}]*role_id="Línea 🚀"[^}]*\} 0/);
    expect(reads).toBe(1);
    await scrape();
    expect(reads).toBe(1);
    drift.saw(ROI);
    await scrape();
    expect(reads).toBe(2);
    now = 60_000;
    await scrape();
    expect(reads).toBe(3);
  });
});
