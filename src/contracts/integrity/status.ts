import { z } from "zod";
import { defineRoute } from "../route.ts";
import { failures, Instant } from "./vocabulary.ts";

/** contracts/integrity.md "Health Check", "Información de API". */

export const health = defineRoute({
  id: "integrityHealth",
  method: "GET",
  path: "/health",
  tag: "integrity",
  summary: "Whether the API is alive",
  access: "none",
  body: { kind: "none" },
  responses: {
    200: {
      description:
        "Alive. On the shared listener inspection's fields win, and `systems` has each one's state",
      schema: z.looseObject({ status: z.string(), timestamp: Instant, version: z.string() }),
    },
    ...failures,
  },
});

export const info = defineRoute({
  id: "integrityInfo",
  method: "GET",
  path: "/api/info",
  tag: "integrity",
  summary: "What the API takes",
  access: "none",
  body: { kind: "none" },
  responses: {
    200: {
      description: "Vocabulary and endpoints",
      schema: z.object({
        name: z.string(),
        version: z.string(),
        description: z.string(),
        valid_roles: z.array(z.string()),
        valid_product_types: z.array(z.string()),
        valid_evidences: z.array(z.string()),
        endpoints: z.record(z.string(), z.string()),
      }),
    },
    ...failures,
  },
});
