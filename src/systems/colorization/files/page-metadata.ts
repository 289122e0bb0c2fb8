import { z } from "zod";
import { Detection } from "./detections.ts";

const text = z
  .string()
  .max(20_000)
  .refine((value) => value.trim() !== "", "it is empty");

/** What a first pass writes as `style_reference` that was made without one. */
export const NO_STYLE = "unset";

/**
 * `page_NNN.meta.json`, what pass 1 hands to pass 2: these keys and no others.
 * Source: spec/colorization.md section 3.
 */
export const PageMetadata = z.strictObject({
  page_num: z.int().min(0),
  page_image: text,
  page_seed: z.int(),
  page_prompt: text,
  style_reference: text,
  text_mask: text,
  detections: z.array(Detection).max(10_000),
});
export type PageMetadata = z.infer<typeof PageMetadata>;
