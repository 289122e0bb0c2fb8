import { z } from "zod";
import { defineRoute } from "../route.ts";
import { failures } from "./vocabulary.ts";

/** contracts/colorization.md "Saúde e versão"; dialect B's /health. */

const asked = { method: "GET", tag: "status", access: "none", body: { kind: "none" } } as const;

export const colorizationHealthz = defineRoute({
  ...asked,
  id: "colorizationHealthz",
  path: "/healthz",
  summary: "Whether it is there",
  responses: { 200: { description: "It is", schema: z.object({ status: z.literal("ok") }) }, ...failures },
});

export const colorizationVersion = defineRoute({
  ...asked,
  id: "colorizationVersion",
  path: "/version",
  summary: "Which version it is",
  responses: { 200: { description: "The version", schema: z.object({ version: z.string() }) }, ...failures },
});

export const colorizationHealth = defineRoute({
  ...asked,
  id: "colorizationHealth",
  path: "/health",
  summary: "Whether it is there, as the extension asks",
  responses: {
    200: {
      description: "It is",
      schema: z.object({
        status: z.literal("ok"),
        service: z.literal("manga-flux-api"),
        version: z.string(),
        token_required: z.boolean(),
        timestamp_utc: z.string(),
      }),
    },
  },
});
