import { expect, test } from "vitest";
import { configHashParts } from "./config-hash-parts.ts";
import { type ConfigFacts, type ConfigRequest, resolveConfig } from "./resolve-config.ts";
import { FACTS, requestOf } from "./testing.ts";

function partsOf(advanced: object, others: Partial<ConfigRequest> = {}, facts: Partial<ConfigFacts> = {}) {
  const known = { ...FACTS, ...facts };
  return configHashParts(resolveConfig(requestOf(advanced, others), known).config, known.classes);
}

const matches = (one: ReturnType<typeof partsOf>, other: ReturnType<typeof partsOf>) =>
  JSON.stringify(one.mustMatch) === JSON.stringify(other.mustMatch);

test("whatever decides a step must match", () => {
  const base = partsOf({});
  expect(matches(base, partsOf({}))).toBe(true);
  expect(matches(base, partsOf({}, { batchSize: 8 }))).toBe(false);
  expect(matches(base, partsOf({}, {}, { classes: ["cat", "bird", "dog"] }))).toBe(false);
  for (const advanced of [
    { optimizer: { type: "sgd" } },
    { scheduler: { type: "cosine" } },
    { augmentation: { random_flip: true } },
    { seed: 1 },
    { ema: true },
    { gradient_clip_value: 1 },
    { label_smoothing: 0.1 },
    { preprocessing: { image_size: 32 } },
  ])
    expect([advanced, matches(base, partsOf(advanced))]).toEqual([advanced, false]);
});

test("epochs may be added, and what only watches may change", () => {
  const base = partsOf({});
  expect(matches(base, partsOf({}, { epochs: 80 }))).toBe(true);
  const watched = {
    validation: { early_stopping: true, val_interval: 2 },
    checkpoint_interval: 5,
    max_restarts: 9,
  };
  expect(matches(base, partsOf(watched))).toBe(true);
});

test("what an option does not reach is not compared", () => {
  expect(matches(partsOf({}), partsOf({ optimizer: { momentum: 0.5 } }))).toBe(true);
});

test("one_cycle's epochs and reduce_on_plateau's validations decide their learning rates", () => {
  const cycle = { scheduler: { type: "one_cycle" } };
  expect(matches(partsOf(cycle), partsOf(cycle, { epochs: 80 }))).toBe(false);
  const plateau = { scheduler: { type: "reduce_on_plateau" } };
  expect(matches(partsOf(plateau), partsOf({ ...plateau, validation: { val_interval: 2 } }))).toBe(false);
});

test("each setting is in one part, and both are sorted", () => {
  const { mustMatch, mayChange } = partsOf({ preset: "aggressive" });
  const names = Object.keys(mustMatch);
  expect(names).toEqual([...names].sort());
  expect(names.filter((name) => name in mayChange)).toEqual([]);
});
