import { expect, it } from "vitest";
import { userError } from "../../../../platform/errors/quatrain-error.ts";
import { failureEvent, TrainingFailure } from "./failures.ts";

const withCode = (code: string) => Object.assign(new Error(`${code}: write`), { code });

it.each([
  [new TrainingFailure("nan_loss", 3, "m"), "nan_loss", 3],
  [userError("checkpoint_unreadable", 422, "m"), "checkpoint_unreadable", 5],
  [withCode("ENOSPC"), "disk_full", 5],
  [withCode("EDQUOT"), "disk_full", 5],
  [new RangeError("Array buffer allocation failed"), "out_of_memory", 5],
  [new Error("std::bad_alloc"), "out_of_memory", 5],
  [new TypeError("x is undefined"), "trainer_fault", 5],
  ["thrown text", "trainer_fault", 5],
])("%s fails a run with %s in epoch %s", (error, code, epoch) => {
  expect(failureEvent(error, 5)).toMatchObject({ type: "failed", code, epoch });
});

it("shows a stack only where the fault is ours", () => {
  expect(failureEvent(new TrainingFailure("nan_loss", 3, "m"), 5).traceback).toBeNull();
  expect(failureEvent(userError("checkpoint_unreadable", 422, "m"), 5).traceback).toBeNull();
  expect(failureEvent(new TypeError("x"), 5).traceback).toMatch(/failures\.test/);
});
