import { rename } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../../algorithms/anomaly/seeded-random.ts";
import type { TrainerEvent, TrainerImage, TrainerTask } from "../port.ts";
import { runTrainer } from "../run-trainer.ts";
import { drawnImages, everythingOn, numbersOf, testFolder, testTask } from "./testing.ts";

/*
 * Real trainers, killed with SIGKILL in the middle of whatever they do. QUATRAIN_TEST_KILLS=20 for the figure of the
 * release notes.
 */

const KILLS = Number(process.env.QUATRAIN_TEST_KILLS ?? 4);

/** What a server knows of a run over all of its processes. */
interface Known {
  readonly store: string;
  readonly events: TrainerEvent[];
  checkpoint: string | null;
}

/** One process of the run. @param onTold after an event has been taken, and before it is told so */
async function attempt(
  task: TrainerTask,
  known: Known,
  onTold: (kill: () => void, event: TrainerEvent) => void = () => {},
) {
  const killing = new AbortController();
  return runTrainer(
    { ...task, workDir: await testFolder(), resumeFrom: known.checkpoint },
    {
      stop: new AbortController().signal,
      kill: killing.signal,
      graceMs: 60_000,
      async onEvent(event) {
        known.events.push(event);
        if (event.type === "checkpoint") {
          const kept = join(known.store, `${event.sha256}.safetensors`);
          await rename(event.file, kept);
          known.checkpoint = kept;
        }
        onTold(() => killing.abort(), event);
      },
    },
  );
}

const nothingKnown = async (): Promise<Known> => ({
  store: await testFolder(),
  events: [],
  checkpoint: null,
});

describe("a trainer that is killed", () => {
  it(`goes on with the same numbers, over ${KILLS} kills`, { timeout: 60_000 + KILLS * 30_000 }, async () => {
    const images: TrainerImage[] = await drawnImages(await testFolder(), 24);
    const task = await testTask(images, { config: everythingOn() });
    const straight = await nothingKnown();
    expect(await attempt(task, straight)).toMatchObject({ outcome: "completed" });

    const random = seededRandom(5);
    let known = await nothingKnown();
    for (let kills = 0; kills < KILLS; ) {
      let left = 1 + random.below(5);
      const afterMs = random.below(300);
      const ended = await attempt(task, known, (kill) => {
        if (--left === 0) setTimeout(kill, kills % 2 === 0 ? 0 : afterMs);
      });
      if (ended.outcome === "killed") kills++;
      if (ended.outcome !== "completed") continue;
      expect(numbersOf(known.events)).toEqual(numbersOf(straight.events));
      known = await nothingKnown();
    }
    expect(await attempt(task, known)).toMatchObject({ outcome: "completed" });
    expect(numbersOf(known.events)).toEqual(numbersOf(straight.events));
  });

  it("stops with a checkpoint when told so, and goes on from there", async () => {
    const images = await drawnImages(await testFolder(), 24);
    const task = await testTask(images, { config: everythingOn() });
    const known = await nothingKnown();
    const stopping = new AbortController();
    const ended = await runTrainer(task, {
      stop: stopping.signal,
      kill: new AbortController().signal,
      graceMs: 60_000,
      async onEvent(event) {
        known.events.push(event);
        if (event.type === "epoch") stopping.abort();
        if (event.type === "checkpoint") known.checkpoint = event.file;
      },
    });
    expect(ended).toEqual({ outcome: "stopped", epoch: 1 });
    expect(await attempt(task, known)).toMatchObject({ outcome: "completed" });
    const straight = await nothingKnown();
    await attempt(task, straight);
    expect(numbersOf(known.events)).toEqual(numbersOf(straight.events));
  });
});
