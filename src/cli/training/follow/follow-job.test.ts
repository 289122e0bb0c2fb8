import { describe, expect, test } from "vitest";
import { followTraining } from "./follow-job.ts";
import { emit, epoch, fakeTrainingServer, line, Notes } from "./testing.ts";

const settings = (more: object = {}) => ({
  signal: new AbortController().signal,
  tail: 500,
  retryMs: 1,
  maxRetries: 3,
  ...more,
});

describe("following a job", () => {
  test("tells its events as they come, and yields the job when it has ended", async () => {
    const { client, job } = await fakeTrainingServer([
      (response) => {
        emit(response, "step", { epoch: 1, step: 2, steps_per_epoch: 4, loss: 1, learning_rate: 0.1 });
        emit(response, "log", line(1));
        emit(response, "training_progress", epoch(1));
        emit(response, "a newer server's", { anything: true });
        emit(response, "log", { not: "a line" });
        Object.assign(job, { status: "completed", current_epoch: 1, metrics: [epoch(1)], logs: [line(1)] });
        emit(response, "status", { status: "completed", current_epoch: 1, total_epochs: 3 });
        response.end();
      },
    ]);
    const notes = new Notes();
    expect(await followTraining(client, 5, notes, settings())).toMatchObject({ id: 5, status: "completed" });
    expect(notes.told.filter((text) => !/^(running|completed)/.test(text))).toEqual([
      "step 1.2",
      "line 1",
      "epoch 1: 1",
    ]);
    expect(notes.told.at(-1)).toBe("completed 1");
  });

  test("takes a lost connection up again, tells what it missed, and nothing twice", async () => {
    const { client, job } = await fakeTrainingServer([
      (response) => {
        emit(response, "log", line(1));
        emit(response, "training_progress", epoch(1));
        Object.assign(job, {
          current_epoch: 2,
          metrics: [epoch(1), epoch(2)],
          logs: [line(1), line(2), line(3)],
        });
        response.write("event: step\n", () => response.destroy());
      },
      (response) => {
        emit(response, "log", line(3));
        emit(response, "log", line(4));
        emit(response, "training_progress", epoch(2));
        emit(response, "training_progress", epoch(3));
        Object.assign(job, {
          status: "completed",
          current_epoch: 3,
          metrics: [1, 2, 3].map((at) => epoch(at)),
        });
        response.end();
      },
    ]);
    const notes = new Notes();
    await followTraining(client, 5, notes, settings());
    const told = notes.told.filter((text) => !/^(running|completed)/.test(text));
    expect(told.filter((text) => text.startsWith("epoch"))).toEqual([
      "epoch 1: 1",
      "epoch 2: 0.5",
      `epoch 3: ${1 / 3}`,
    ]);
    expect(told.filter((text) => text.startsWith("line"))).toEqual(["line 1", "line 2", "line 3", "line 4"]);
    expect(told).toContain("lost");
    expect(told).toContain("found");
  });

  test("tells rows of an earlier run of the job to nobody", async () => {
    const { client, job } = await fakeTrainingServer([
      (response) => {
        emit(response, "training_progress", epoch(1, 7));
        Object.assign(job, { status: "stopped", current_epoch: 1, metrics: [epoch(1, 7)] });
        response.end();
      },
    ]);
    job.metrics = [epoch(1), epoch(2)];
    const notes = new Notes();
    await followTraining(client, 5, notes, settings());
    expect(notes.told).toEqual(["running 0", "epoch 1: 7", "stopped 1"]);
  });

  test("tells a job that has ended already from what is stored, the last lines only", async () => {
    const { client, job } = await fakeTrainingServer([() => undefined]);
    Object.assign(job, {
      status: "failed",
      current_epoch: 1,
      metrics: [epoch(1)],
      logs: [1, 2, 3].map((id) => line(id)),
    });
    const notes = new Notes();
    expect(await followTraining(client, 5, notes, settings({ tail: 2 }))).toMatchObject({ status: "failed" });
    expect(notes.told).toEqual(["epoch 1: 1", "line 2", "line 3", "failed 1"]);
  });

  test("catches up with any number of lines", async () => {
    const { client, job } = await fakeTrainingServer([
      (response) => {
        job.logs = Array.from({ length: 2_500 }, (_, index) => line(index + 1));
        response.end();
      },
      (response) => {
        job.status = "completed";
        response.end();
      },
    ]);
    job.logs = [line(1)];
    const notes = new Notes();
    await followTraining(client, 5, notes, settings());
    expect(notes.told.filter((text) => text.startsWith("line"))).toHaveLength(2_500);
  });

  test("gives up a server that stays away, and says why", async () => {
    const { client } = await fakeTrainingServer([(response) => response.end()]);
    const notes = new Notes();
    await expect(followTraining(client, 5, notes, settings())).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringMatching(/cannot be reached any more: starting/),
    });
    expect(notes.told.filter((text) => text === "lost")).toHaveLength(1);
  });

  test("passes a refusal on at once", async () => {
    const { client } = await fakeTrainingServer([]);
    await expect(followTraining(client, "5/nothing", new Notes(), settings())).rejects.toMatchObject({
      status: 404,
    });
  });

  test("ends when the signal is given, in the middle of the events", async () => {
    const stop = new AbortController();
    const { client } = await fakeTrainingServer([
      (response) => {
        emit(response, "log", line(1));
      },
    ]);
    const notes = new Notes();
    notes.log = () => {
      stop.abort(new Error("enough"));
      return 0;
    };
    await expect(followTraining(client, 5, notes, settings({ signal: stop.signal }))).rejects.toThrow(
      "enough",
    );
  });
});
