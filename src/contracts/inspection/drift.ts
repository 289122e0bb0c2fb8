import { z } from "zod";
import { Echo, failures, inspectionRoute, RoiQuery } from "./vocabulary.ts";

/** The drift monitor; ours (spec/inspection.md section 5). */

const figure = z.number().nullable();

export const drift = inspectionRoute({
  id: "inspectionDrift",
  method: "GET",
  path: "/drift",
  tag: "inspection",
  summary: "The newest scores of a ROI beside those of its calibration",
  access: "read",
  extra: true,
  query: RoiQuery,
  body: { kind: "none" },
  responses: {
    200: {
      description: "Drift of the memory and calibration in use",
      schema: z.object({
        state: z
          .enum(["no_reference", "collecting", "steady", "drifting"])
          .describe(
            "no_reference: fewer than 10 OK scores behind the calibration; collecting: fewer than 50 new ones",
          ),
        causes: z
          .array(z.enum(["scores", "alarms"]))
          .describe("scores: their distribution moved; alarms: more than a fifth is above the threshold"),
        n_scores: z.number().int().describe("At most the newest 200 since the calibration"),
        n_ok_scores: z.number().int(),
        n_reference: z.number().int(),
        ks_distance: figure.describe("Kolmogorov-Smirnov, OK-decided scores against the calibration's"),
        ks_limit: figure,
        median_shift: figure.describe("In interquartile ranges of the calibration's OK scores"),
        p95_shift: figure,
        alarm_share: figure,
        threshold: figure,
        scores: z.array(z.number()).describe("The scores that it was judged by, oldest first"),
        role_id: z.string(),
        roi_id: z.string(),
        model_key: z.string(),
        model_version: z.number().int().nullable(),
        ...Echo,
      }),
    },
    ...failures,
  },
});
