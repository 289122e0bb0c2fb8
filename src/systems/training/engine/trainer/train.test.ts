import { describe, expect, it } from "vitest";
import type { TrainerEvent } from "../port.ts";
import { drawnImages, testConfig, testFolder, testLink, testTask } from "./testing.ts";
import { train } from "./train.ts";

const ofType = <T extends TrainerEvent["type"]>(events: readonly TrainerEvent[], type: T) =>
  events.filter((event): event is Extract<TrainerEvent, { type: T }> => event.type === type);

describe("train", () => {
  it("learns drawn shapes in a few epochs", async () => {
    const images = await drawnImages(await testFolder(), 240);
    const link = testLink();
    const last = await train(await testTask(images, { config: testConfig({ epochs: 6 }) }), link);
    expect(last).toEqual({ type: "completed", epochs: 6, earlyStopped: false });
    expect(ofType(link.events, "epoch").at(-1)?.accuracy).toBeGreaterThan(0.9);
  });
});
