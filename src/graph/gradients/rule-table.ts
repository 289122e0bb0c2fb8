import { ARITHMETIC } from "./arithmetic.ts";
import { BATCH_NORMALISATION } from "./batch-normalisation.ts";
import { CONVOLUTION } from "./convolution.ts";
import { ELEMENTWISE } from "./elementwise.ts";
import { INDEXING } from "./indexing.ts";
import { LINEAR } from "./linear.ts";
import { LOSSES } from "./losses.ts";
import { NORMALISATION } from "./normalisation.ts";
import { POOLING } from "./pooling.ts";
import { REDUCTION } from "./reduction.ts";
import type { GradientRule } from "./rule.ts";
import { SHAPE } from "./shape.ts";

/** The gradient rule of each operator and composite, by its type. */
export const RULES: ReadonlyMap<string, GradientRule> = new Map(
  Object.entries({
    ...ARITHMETIC,
    ...BATCH_NORMALISATION,
    ...CONVOLUTION,
    ...ELEMENTWISE,
    ...INDEXING,
    ...LINEAR,
    ...LOSSES,
    ...NORMALISATION,
    ...POOLING,
    ...REDUCTION,
    ...SHAPE,
  }),
);
