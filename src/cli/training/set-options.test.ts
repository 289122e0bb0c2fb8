import fc from "fast-check";
import { expect, test } from "vitest";
import { settingsFrom } from "./set-options.ts";

test.each([
  [["optimizer.type=sgd", "optimizer.momentum=0.8"], { optimizer: { type: "sgd", momentum: 0.8 } }],
  [["mixed_precision=true", "class_weights=balanced"], { mixed_precision: true, class_weights: "balanced" }],
  [["gradient_clip_value=null", "seed= 7 "], { gradient_clip_value: null, seed: 7 }],
  [["optimizer.betas=0.8,0.95"], { optimizer: { betas: [0.8, 0.95] } }],
  [["optimizer.betas=[0.8, 0.95]"], { optimizer: { betas: [0.8, 0.95] } }],
  [["validation.metrics=accuracy, f1"], { validation: { metrics: ["accuracy", "f1"] } }],
  [['class_weights={"cat": 2}'], { class_weights: { cat: 2 } }],
  [["a=b=c", "b="], { a: "b=c", b: "" }],
  [["seed=1", "seed=2"], { seed: 2 }],
  [[], {}],
])("%j says %j", (given, settings) => {
  expect(settingsFrom(given)).toEqual(settings);
});

test.each([
  [["optimizer"], /NAME=VALUE/],
  [["=1"], /NAME=VALUE/],
  [["optimizer..type=sgd"], /NAME=VALUE/],
  [["__proto__.polluted=1"], /NAME=VALUE/],
  [["a b=1"], /NAME=VALUE/],
  [["seed=1", "seed.more=2"], /seed was given a value already/],
  [["a.b.c=1", "a.b=2"], /within it were given already/],
])("%j is refused in words", (given, message) => {
  expect(() => settingsFrom(given)).toThrow(message);
});

test("any JSON value comes through, and no name reaches beyond the settings", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z_]{1,12}(\.[a-z]{1,8}){0,3}$/), fc.jsonValue(), (name, value) => {
      fc.pre(!name.includes("__"));
      let found: unknown = settingsFrom([`${name}=${JSON.stringify(value)}`]);
      for (const part of name.split(".")) found = (found as Record<string, unknown>)[part];
      expect(found).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(() => settingsFrom(["constructor.prototype.x=1"])).not.toThrow();
  expect({}).not.toHaveProperty("x");
});
