import { expect, test } from "vitest";
import type { StatusEvent } from "./live-events.ts";
import { openTrainingView, type Screen } from "./training-view.ts";

class Paper implements Screen {
  text = "";
  readonly isTTY: boolean;

  constructor(isTTY: boolean) {
    this.isTTY = isTTY;
  }

  write(text: unknown): boolean {
    this.text += String(text);
    return true;
  }
}

const running: StatusEvent = { status: "running", current_epoch: 0, total_epochs: 10, eta_seconds: 83 };
const step = { epoch: 2, step: 3, steps_per_epoch: 12, loss: 0.43215, learning_rate: 0.0003 };

test("elsewhere than on a terminal there is a plain line for each epoch, status and warning", () => {
  const paper = new Paper(false);
  const view = openTrainingView(5, paper);
  const log = { id: 1, log_type: "stdout", created_at: "" };
  view.status(running);
  view.step(step);
  view.status({ ...running, current_epoch: 2, eta_seconds: 75 });
  view.log({ ...log, level: "info", message: "of no interest" });
  view.log({ ...log, level: "warning", message: "beware" });
  view.epoch({ epoch: 1, loss: 0.5 });
  view.epoch({ epoch: 2, loss: 0.43215, accuracy: 0.9123, learning_rate: 0.0003 });
  view.epoch({ epoch: 3, loss: null });
  view.connection(true);
  view.end();
  expect(paper.text.split("\n")).toEqual([
    "job 5 is running",
    "warning: beware",
    "epoch  1/10  loss 0.5",
    "epoch  2/10  loss 0.4321  accuracy 91.2 %  lr 3.00e-4  ETA 1:15",
    "epoch  3/10  ETA 1:15",
    "the server cannot be reached; trying again",
    "",
  ]);
});

test("on a terminal a bar shows epoch, step, loss, accuracy, rate and time to go; lines stay above it", () => {
  const paper = new Paper(true);
  const view = openTrainingView(5, paper);
  view.status(running);
  view.step(step);
  view.end();
  expect(paper.text).toContain(
    "epoch 2/10 [==--------------] 12%  step 3/12  loss 0.4321  lr 3.00e-4  ETA 1:23",
  );
  view.step(step);
  view.epoch({ epoch: 2, loss: 0.4, accuracy: 0.9, learning_rate: 0.0003 });
  view.end();
  const line = "epoch  2/10  loss 0.4  accuracy 90.0 %  lr 3.00e-4  ETA 1:23\n";
  expect(paper.text).toContain(line);
  expect(paper.text.slice(paper.text.indexOf(line) + line.length)).toContain("20%  loss 0.4");
});
