import { z } from "zod";

const share = z.number().min(0).max(1);
const percent = z.number().min(0).max(100);
const pixels = z.int().min(0);

/** Below 15 % of a panel affected, below 30 %, and above. */
const StructureVerdict = z.enum(["acceptable", "micro_inpaint", "critical_inpaint"]);
export type StructureVerdict = z.infer<typeof StructureVerdict>;

/**
 * `page_NNN_phase_c_structure.json`: whether the lines of a page are where they were.
 * Source: spec/colorization.md section 3, "Phase C".
 */
export const PhaseCStructure = z.strictObject({
  /** Height, width. */
  page_shape: z.tuple([pixels, pixels]),
  thresholds: z.record(z.string(), z.number()),
  line_metrics: z.strictObject({ line_iou: share, line_dice: share }),
  panel_count: z.int().min(0),
  panels: z.array(
    z.strictObject({
      panel_index: z.int().min(0),
      /** x, y, width, height. */
      bbox: z.tuple([pixels, pixels, pixels, pixels]),
      affected_ratio_pct: percent,
      verdict: StructureVerdict,
    }),
  ),
  page_affected_ratio_pct: percent,
  has_structural_alert: z.boolean(),
});
export type PhaseCStructure = z.infer<typeof PhaseCStructure>;

/** The verdict on a panel. @param affectedPercent share of its pixels with edges lost or added, in percent */
export function verdictOf(affectedPercent: number): StructureVerdict {
  if (affectedPercent < 15) return "acceptable";
  return affectedPercent < 30 ? "micro_inpaint" : "critical_inpaint";
}
