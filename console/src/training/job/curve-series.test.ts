import { describe, expect, it } from "vitest";
import { aligned, curvesOf, figureNames, stepPlaces } from "./curve-series.ts";

const row = (epoch: number, loss: number | null, extra: Record<string, number> = {}) => ({
  epoch,
  loss,
  accuracy: null,
  learning_rate: 0.1,
  extra_metrics: extra,
});

describe("curves", () => {
  it("are there for figures that any epoch has, with gaps where one has none", () => {
    const rows = [row(1, 2), row(2, 1, { val_loss: 3, f1: 0.5 })];
    expect(figureNames(rows)).toEqual(["loss", "val_loss", "learning_rate", "f1"]);
    expect(curvesOf(rows, ["loss", "val_loss", "accuracy"])).toEqual([
      { name: "loss", values: [2, 1] },
      { name: "val_loss", values: [null, 3] },
    ]);
  });

  it("of several jobs share the epochs of all", () => {
    const { x, curves } = aligned([[row(1, 3), row(3, 1)], [row(2, 5)], []], "loss");
    expect(x).toEqual([1, 2, 3]);
    expect(curves).toEqual([
      [3, null, 1],
      [null, 5, null],
      [null, null, null],
    ]);
  });

  it("place steps on the axis of epochs", () => {
    const step = (epoch: number, index: number) => ({ epoch, step: index, loss: 1, learning_rate: 1 });
    expect(stepPlaces([step(1, 2), step(1, 4), step(2, 1)])).toEqual([0.5, 1, 1.25]);
    expect(stepPlaces([])).toEqual([]);
  });
});
