import { z } from "zod";
import { defineRoute } from "../route.ts";
import { adminFailures } from "./vocabulary.ts";

const Model = z.object({
  id: z.string(),
  alias: z.string().nullable().describe("A shorter name that `quatrain models pull` takes too"),
  system: z.string().describe("The system that uses it"),
  description: z.string(),
  installed: z.boolean(),
  built_in: z.boolean().describe("Needs no weights"),
  bytes: z.number().int().nullable().describe("Size of the installed weights"),
  sha256: z
    .string()
    .nullable()
    .describe("As recorded when they were installed; null for files put there by hand"),
  source: z.string().nullable().describe("Address or path that they came from"),
  installed_at: z.string().nullable(),
});

export const listModels = defineRoute({
  id: "listInstalledModels",
  method: "GET",
  path: "/_/api/models",
  tag: "maintenance",
  summary:
    "Engines that come along, and pretrained weights that can be installed with `quatrain models pull`",
  access: "admin",
  body: { kind: "none" },
  responses: {
    200: { description: "What there is", schema: z.object({ models: z.array(Model) }) },
    ...adminFailures,
  },
  extra: true,
});
