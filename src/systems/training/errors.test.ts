import { expect, test } from "vitest";
import { ErrorBody } from "../../contracts/training/vocabulary.ts";
import { InvalidInput } from "../../platform/errors/invalid-input.ts";
import { type QuatrainError, userError } from "../../platform/errors/quatrain-error.ts";
import {
  checkpointNotFound,
  datasetNotFound,
  fieldFault,
  jobNotFound,
  presentTrainingError,
} from "./errors.ts";

const SITUATION = { requestId: "r-1", headers: {}, path: "/api/v1/x", fields: {} };
const present = (error: QuatrainError) => {
  const body = presentTrainingError(error, SITUATION);
  ErrorBody.parse(body);
  return body;
};

test("codes are the contract's where it has a word", () => {
  expect(present(jobNotFound(5))).toEqual({
    detail: "Training job 5 not found",
    code: "JOB_NOT_FOUND",
    request_id: "r-1",
  });
  expect(present(datasetNotFound("x"))).toMatchObject({ code: "DATASET_NOT_FOUND", field: "dataset_id" });
  expect(present(checkpointNotFound("none")).code).toBe("CHECKPOINT_NOT_FOUND");
  expect(present(userError("invalid_json", 400, "The body is not valid JSON")).code).toBe("VALIDATION_ERROR");
  expect(present(userError("too_large", 413, "Too large")).code).toBe("TOO_LARGE");
});

test("the field at fault is named as the client wrote it, without the config around it", () => {
  const fault = (loc: (string | number)[]) =>
    present(new InvalidInput([{ loc, msg: "Wrong", type: "value_error" }]));
  expect(fault(["body", "config", "advanced_config", "optimizer", "betas", 1])).toMatchObject({
    field: "advanced_config.optimizer.betas.1",
  });
  expect(fault(["body", "config"])).toMatchObject({ field: "config" });
  expect(fault(["query", "limit"])).toMatchObject({ field: "limit" });
  expect(fault(["body"])).not.toHaveProperty("field");
  expect(present(fieldFault("config.num_classes", "Wrong")).field).toBe("num_classes");
});

test("every 422 lists its faults, and nothing else does", () => {
  const two = [
    { loc: ["body", "a"], msg: "One", type: "missing" },
    { loc: ["body", "b"], msg: "Two", type: "value_error" },
  ];
  expect(present(new InvalidInput(two))).toMatchObject({
    code: "VALIDATION_ERROR",
    field: "a",
    errors: two,
    detail: "a: One; b: Two",
  });
  expect(present(userError("wrong_task_type", 422, "No boxes", { field: "task_type" }))).toMatchObject({
    field: "task_type",
    errors: [{ loc: ["body", "task_type"], msg: "No boxes", type: "value_error" }],
  });
  expect(present(userError("x", 422, "No"))).toMatchObject({ errors: [{ loc: ["body"] }] });
  expect(present(jobNotFound(1))).not.toHaveProperty("errors");
});
