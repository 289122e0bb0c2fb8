import { z } from "zod";
import { defineRoute } from "../route.ts";
import { ArchiveQuery, ChapterId, failures } from "./vocabulary.ts";

/** contracts/colorization.md "Artefatos por capítulo/página". */

export const chapterPages = defineRoute({
  id: "chapterPages",
  method: "GET",
  path: "/v1/chapters/:chapter_id/pages",
  tag: "chapters",
  summary: "The pages of a chapter; none for an unknown one",
  access: "read",
  params: z.object({ chapter_id: ChapterId }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "Page numbers, ascending",
      schema: z.object({ chapter_id: z.string(), pages: z.array(z.number().int()) }),
    },
    ...failures,
  },
});

const Locator = z.object({
  chapter_id: z.string(),
  page_num: z.number().int(),
  artifact: z.enum(["metadata", "runmeta_pass1", "runmeta_pass2", "mask", "colorized", "original"]),
  path: z.string(),
  exists: z.boolean(),
});

const page = {
  method: "GET",
  tag: "chapters",
  access: "read",
  params: z.object({ chapter_id: ChapterId, page_num: z.string().max(20) }),
  query: z.object({
    download: z.string().optional().describe("1: the file itself, with ETag and Range"),
  }),
  body: { kind: "none" },
  responses: {
    200: { description: "Where it is, whether it exists or not", schema: Locator },
    ...failures,
  },
} as const;

const PAGE = "/v1/chapters/:chapter_id/pages/:page_num";

export const pageMetadata = defineRoute({
  ...page,
  id: "pageMetadata",
  path: `${PAGE}/metadata`,
  summary: "A page's metadata",
});
export const pageRunmetaPass1 = defineRoute({
  ...page,
  id: "pageRunmetaPass1",
  path: `${PAGE}/runmeta/pass1`,
  summary: "How a page's first pass went",
});
export const pageRunmetaPass2 = defineRoute({
  ...page,
  id: "pageRunmetaPass2",
  path: `${PAGE}/runmeta/pass2`,
  summary: "How a page's second pass went",
});
export const pageMask = defineRoute({
  ...page,
  id: "pageMask",
  path: `${PAGE}/mask`,
  summary: "A page's mask of balloons and lettering",
});
export const pageColorized = defineRoute({
  ...page,
  id: "pageColorized",
  path: `${PAGE}/colorized`,
  summary: "The coloured page",
});

export const pageOriginal = defineRoute({
  ...page,
  id: "pageOriginal",
  path: `${PAGE}/original`,
  summary: "The page as it was sent, to lie beside the coloured one",
  extra: true,
});

export const chapterArchive = defineRoute({
  id: "chapterArchive",
  method: "GET",
  path: "/v1/chapters/:chapter_id/archive",
  tag: "chapters",
  summary: "A chapter's pages in one archive, each as its newest job has coloured it",
  access: "read",
  params: z.object({ chapter_id: ChapterId }),
  query: ArchiveQuery,
  body: { kind: "none" },
  responses: {
    200: { description: "The archive", contentType: "application/vnd.comicbook+zip" },
    ...failures,
  },
  extra: true,
});

export const deleteChapter = defineRoute({
  id: "deleteChapter",
  method: "DELETE",
  path: "/v1/chapters/:chapter_id",
  tag: "chapters",
  summary: "Delete a chapter's jobs, files and palette",
  access: "write",
  params: z.object({ chapter_id: ChapterId }),
  body: { kind: "none" },
  responses: {
    200: { description: "Deleted", schema: z.object({ chapter_id: z.string(), deleted: z.literal(true) }) },
    ...failures,
  },
  extra: true,
});
