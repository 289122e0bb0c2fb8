import { z } from "zod";

/*
 * Shape JSON of contracts/inspection.md "Shape JSON schema", in pixels of the uploaded crop. `polygon` is ours.
 * A radius may not be negative; what lies outside the crop is clipped, not refused.
 */

const LARGEST = 1e7;
const coordinate = z.number().min(-LARGEST).max(LARGEST);
const length = z.number().min(0).max(LARGEST);

export const ShapeJson = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("rect"),
    x: coordinate.optional(),
    y: coordinate.optional(),
    w: length.optional(),
    h: length.optional(),
  }),
  z.object({ kind: z.literal("circle"), cx: coordinate, cy: coordinate, r: length }),
  z.object({
    kind: z.literal("annulus"),
    cx: coordinate,
    cy: coordinate,
    r: length,
    r_inner: length.default(0),
  }),
  z.object({
    kind: z.literal("polygon"),
    points: z
      .array(z.tuple([coordinate, coordinate]))
      .min(3)
      .max(10_000),
  }),
]);
