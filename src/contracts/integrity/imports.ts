import { z } from "zod";
import { defineRoute } from "../route.ts";
import { failures, LIMITS, unchecked } from "./vocabulary.ts";

/** A case of an older server: its figures are taken over as they are. Absent fields are said. */
export interface OldCase {
  readonly case_id: string;
  readonly title?: string | null;
  readonly author?: string | null;
  readonly role?: string | null;
  readonly product_type?: string | null;
  readonly overall_score?: number | null;
  readonly overall_level?: string | null;
  readonly confidence?: number | null;
  readonly analyzed_at?: string | number | null;
  readonly dimensions?: Readonly<Record<string, number>> | null;
  readonly evidencias?: Readonly<Record<string, number>> | null;
  readonly texto?: string | null;
  /** Code points, where the text itself was not kept. */
  readonly text_length?: number | null;
}

export const importCases = defineRoute({
  id: "integrityImportCases",
  method: "POST",
  path: "/api/import/cases",
  tag: "integrity",
  summary: "Take over cases of an older server; those already here are left alone",
  access: "write",
  extra: true,
  body: {
    kind: "json",
    schema: z.object({
      casos: unchecked<readonly OldCase[]>({
        type: "array",
        maxItems: LIMITS.imported,
        items: { type: "object" },
      }),
    }),
    maxBytes: 64 * 2 ** 20,
  },
  responses: {
    201: {
      description: "What was taken over",
      schema: z.object({
        status: z.literal("success"),
        imported: z.number().int(),
        already_here: z.number().int(),
        refused: z.array(z.object({ case_id: z.string(), error: z.string() })),
      }),
    },
    ...failures,
  },
});
