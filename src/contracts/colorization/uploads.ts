import { z } from "zod";
import { defineRoute } from "../route.ts";
import { failures } from "./vocabulary.ts";

/** spec/colorization.md section 6, "Uploads": for clients that share no disk with the server. */

const Upload = z.object({
  id: z.string().describe("Stands wherever a path may stand"),
  kind: z.enum(["pages", "image"]),
  pages: z.number().int(),
  files: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      width: z.number().int().describe("0 where it cannot be read"),
      height: z.number().int().describe("0 where it cannot be read"),
      error: z
        .string()
        .optional()
        .describe("Why it cannot be read: it keeps its number, and the job fails it alone"),
    }),
  ),
  skipped: z.array(z.string()).describe("What was left out, and why"),
});

export const uploadPages = defineRoute({
  id: "uploadPages",
  method: "POST",
  path: "/v1/uploads",
  tag: "uploads",
  summary: "Bring pictures, or a zip or cbz of them",
  access: "write",
  body: {
    kind: "form",
    fields: z.object({}),
    largeFiles: true,
    files: {
      file: { min: 1, max: 2_000, description: "Pictures, zip, cbz", also: ["files", "file[]"] },
    },
  },
  responses: { 201: { description: "Kept", schema: Upload }, ...failures },
  extra: true,
});

export const deleteUpload = defineRoute({
  id: "deleteUpload",
  method: "DELETE",
  path: "/v1/uploads/:upload_id",
  tag: "uploads",
  summary: "Delete an upload with its files",
  access: "write",
  params: z.object({ upload_id: z.string().max(100) }),
  body: { kind: "none" },
  responses: {
    200: { description: "Deleted", schema: z.object({ id: z.string(), deleted: z.literal(true) }) },
    ...failures,
  },
  extra: true,
});
