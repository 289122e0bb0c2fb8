import { expect, test } from "vitest";
import { describeValidation, type Validation } from "./describe-validation.ts";

const metrics = { precision: 0.9, recall: 0.85, f1: 0.875, support: 100, average_precision: 0.95 };
const validation: Validation = {
  id: 1,
  epoch: 8,
  task_type: "image_classification",
  primary_metric_name: "accuracy",
  primary_metric_value: 0.832,
  overall_loss: 0.45,
  metrics: { accuracy: 0.832 },
  per_class_metrics: { "a cat": metrics, dog: { ...metrics, support: 150 } },
  confusion_matrix: [
    [85, 0],
    [27, 1234],
  ],
  checkpoint_path: null,
  created_at: "",
  class_names: ["a cat", "dog"],
  pr_curves: {},
  top_confusions: [{ true_label: "dog", predicted_label: "a cat", count: 27 }],
  calibration_error: 0.0312,
  image_count: 250,
};

test("a validation is told by class, as a matrix, and by its worst mistakes", () => {
  const worst = {
    id: 1,
    image_path: "val/dog/1.png",
    image_name: "1.png",
    true_label: "dog",
    true_label_id: 1,
    predicted_label: "a cat",
    predicted_label_id: 0,
    confidence: 0.987,
    is_correct: false,
    top5_predictions: [],
    loss: 4.3419,
    url: "",
  };
  expect(
    describeValidation(validation, [worst]),
  ).toBe(`epoch 8, 250 pictures: loss 0.45, accuracy 0.832, calibration error 0.0312

class  precision  recall  f1     AP     pictures
a cat  0.900      0.850   0.875  0.950  100
dog    0.900      0.850   0.875  0.950  150

true \\ predicted  #1    #2
#1 a cat          85     .
#2 dog            27  1234

worst mistakes  true class  taken for  share   loss
val/dog/1.png   dog         a cat      98.7 %  4.342`);
});

test("many classes are told by their most frequent confusions, no mistakes by nothing", () => {
  const many = { ...validation, class_names: Array.from({ length: 21 }, (_, index) => `c${index}`) };
  const text = describeValidation(many, []);
  expect(text).toMatch(/true class +taken for +times\ndog +a cat +27$/);
  expect(text).not.toContain("true \\ predicted");
  expect(describeValidation({ ...many, top_confusions: [], confusion_matrix: null }, [])).toMatch(/150$/);
});
