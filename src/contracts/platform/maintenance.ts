import { z } from "zod";
import { filledText } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { adminFailures } from "./vocabulary.ts";

export const backup = defineRoute({
  id: "backup",
  method: "POST",
  path: "/_/api/backup",
  tag: "maintenance",
  summary: "Write a backup of the data folder to a file on the server's machine, while it serves",
  access: "admin",
  body: {
    kind: "json",
    schema: z.object({ path: filledText(4_000).describe("Absolute path of the file to write") }),
  },
  responses: {
    200: {
      description: "Written and flushed",
      schema: z.object({ path: z.string(), bytes: z.number().int(), files: z.number().int() }),
    },
    ...adminFailures,
  },
  extra: true,
});
