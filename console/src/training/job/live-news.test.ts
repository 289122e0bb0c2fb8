import { describe, expect, it } from "vitest";
import { newsOf, withEpochs, withLines, withSteps } from "./live-news.ts";

const row = (epoch: number, loss = 1) => ({
  epoch,
  loss,
  accuracy: null,
  learning_rate: null,
  extra_metrics: {},
});
const step = (epoch: number, index: number) => ({ epoch, step: index, loss: 1, learning_rate: 0.1 });
const line = (id: number) => ({ id, log_type: "stdout", level: "info", message: `${id}`, created_at: "" });

describe("live news", () => {
  it("is sorted by what it is about; of states the newest counts", () => {
    const news = newsOf([
      { type: "status", data: { status: "queued" } },
      { type: "log", data: line(1) },
      { type: "status", data: { status: "running" } },
    ]);
    expect(news).toEqual({ epochs: [], steps: [], lines: [line(1)], status: { status: "running" } });
  });

  it("replaces an epoch that is told again, and keeps the order", () => {
    expect(withEpochs([row(1), row(3)], [row(2), row(3, 9)])).toEqual([row(1), row(2), row(3, 9)]);
  });

  it("takes steps and lines once, though they are told twice", () => {
    expect(withSteps([step(1, 5)], [step(1, 4), step(1, 5), step(1, 6), step(2, 1)])).toEqual([
      step(1, 5),
      step(1, 6),
      step(2, 1),
    ]);
    expect(withLines([line(1), line(2)], [line(2), line(3)], 2)).toEqual([line(2), line(3)]);
  });
});
