import { z } from "zod";
import { SortedJson } from "./json-file.ts";
import { PhaseCStructure } from "./phase-c.ts";

/**
 * A page in `batch_summary.json`, which is a list of these. Null is what was not done or was not asked for.
 * Source: spec/colorization.md section 3.
 */
export const BatchSummaryEntry = z.looseObject({
  page_num: z.int().min(0),
  input_page: z.string(),
  pass1_mode: z.string().nullable(),
  pass1_fallback_reason: z.string().nullable(),
  pass1_meta: z.string().nullable(),
  pass1_runmeta: z.string().nullable(),
  pass2_image: z.string().nullable(),
  pass2_strength: z.number().nullable(),
  pass2_seed_override: z.int().nullable(),
  pass2_options: SortedJson,
  phase_c_structure: PhaseCStructure.nullable(),
  /** Paths by kind: `structure`, `inpaint_mask`, `overlay`. */
  phase_c_artifacts: z.record(z.string(), z.string()).nullable(),
});
export type BatchSummaryEntry = z.infer<typeof BatchSummaryEntry>;
