import type { z } from "zod";
import { ADVANCED_FIELDS } from "../../../../contracts/training/advanced-config.ts";
import { AUGMENTATION_FACTS } from "./augmentation-fields.ts";
import type { FieldFacts } from "./field-facts.ts";
import { OPTIMIZER_FACTS } from "./optimizer-fields.ts";
import { PREPROCESSING_FACTS, RUN_FACTS, VALIDATION_FACTS } from "./run-fields.ts";
import { SCHEDULER_FACTS } from "./scheduler-fields.ts";

/** One setting: where it belongs, how it is checked, how it is shown. */
export interface Field {
  /** Dotted: `optimizer.betas`, `mixed_precision`. */
  readonly name: string;
  readonly group: string;
  readonly schema: z.ZodType;
  readonly facts: FieldFacts;
}

const GROUPS = [
  ["optimizer", ADVANCED_FIELDS.optimizer, OPTIMIZER_FACTS],
  ["scheduler", ADVANCED_FIELDS.scheduler, SCHEDULER_FACTS],
  ["augmentation", ADVANCED_FIELDS.augmentation, AUGMENTATION_FACTS],
  ["preprocessing", ADVANCED_FIELDS.preprocessing, PREPROCESSING_FACTS],
  ["validation", ADVANCED_FIELDS.validation, VALIDATION_FACTS],
  ["training", ADVANCED_FIELDS.settings, RUN_FACTS],
] as const;

/** Every setting of `advanced_config`, by its dotted name, in the order of a form. */
export const ALL_FIELDS: ReadonlyMap<string, Field> = new Map(
  GROUPS.flatMap(([group, schemas, facts]) => {
    const factsOf: Readonly<Record<string, FieldFacts>> = facts;
    return Object.entries<z.ZodType>(schemas).flatMap(([key, schema]) => {
      const fact = factsOf[key];
      const name = group === "training" ? key : `${group}.${key}`;
      return fact === undefined ? [] : [[name, { name, group, schema, facts: fact }] as const];
    });
  }),
);
