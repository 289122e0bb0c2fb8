import { z } from "zod";
import { truth } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { ChapterId, failures } from "./vocabulary.ts";

/** Colours of characters: ours. What is sent is checked by the action, in dialect A's words; here are the names. */

const MAX_BODY = 32 * 2 ** 20;

const Place = z.object({
  page_num: z.number().int().optional().describe("A page of the chapter"),
  chapter_id: z.string().optional(),
  picture: z.string().optional().describe("Or a picture: a path below a data root, or an upload's id"),
  x: z.number(),
  y: z.number(),
  w: z.number(),
  h: z.number(),
  page_sha256: z.string().optional().describe("Of the page's original: there the place holds by itself"),
});

const Colour = z.object({
  label: z.string().describe("hair, coat, ..."),
  colour: z.string().describe("#rrggbb"),
  locked: z.boolean().describe("Wins over the references; one that is not locked follows the work"),
  instead: z.string().nullable().describe("The references' colour that it takes the place of"),
  at: z.array(Place),
  looks: z.number().int().describe("Descriptors that it is found by"),
  descriptors: z.array(z.array(z.number())).optional().describe("With full=1: for another chapter"),
});

const Characters = z.array(z.object({ name: z.string(), colours: z.array(Colour) }));

const ChapterPalette = z.object({
  chapter_id: z.string(),
  colours: z.array(z.object({ colour: z.string(), share: z.number() })).describe("#rrggbb, most used first"),
  exemplars: z.number().int().describe("Regions that later pages are compared with"),
  characters: Characters,
});

const SeriesPalette = z.object({ series: z.string(), characters: Characters });

const Change = z.looseObject({
  characters: z
    .unknown()
    .optional()
    .describe(
      "[{name, colours: [{label, colour?, locked?, at: [{page_num | picture, x, y, w?, h?}], instead?}]}]",
    ),
});

const shown = z.object({
  full: truth().default(false).describe("1: with descriptors, to be sent elsewhere"),
});
const removed = z.object({
  character: z.string().max(100).optional(),
  label: z.string().max(100).optional().describe("Together with character"),
});
const Removed = z.object({ deleted: z.number().int().describe("Colours of characters") });

const ofChapter = {
  path: "/v1/chapters/:chapter_id/palette",
  tag: "palettes",
  params: z.object({ chapter_id: ChapterId }),
  extra: true,
} as const;

const ofSeries = {
  path: "/v1/series/:series/palette",
  tag: "palettes",
  params: z.object({ series: z.string().min(1).max(200) }),
  extra: true,
} as const;

const read = { method: "GET", access: "read", query: shown, body: { kind: "none" } } as const;
const change = { access: "write", body: { kind: "json", schema: Change, maxBytes: MAX_BODY } } as const;
const remove = { method: "DELETE", access: "write", query: removed, body: { kind: "none" } } as const;
const chapterAnswer = { 200: { description: "The palette", schema: ChapterPalette }, ...failures } as const;
const seriesAnswer = { 200: { description: "The palette", schema: SeriesPalette }, ...failures } as const;
const removedAnswer = { 200: { description: "How many", schema: Removed }, ...failures } as const;

export const chapterPalette = defineRoute({
  ...ofChapter,
  ...read,
  id: "chapterPalette",
  summary: "The colours that a chapter has settled on, and those of its characters",
  responses: chapterAnswer,
});
export const putChapterPalette = defineRoute({
  ...ofChapter,
  ...change,
  id: "putChapterPalette",
  method: "PUT",
  summary: "A chapter's characters anew",
  responses: chapterAnswer,
});
export const patchChapterPalette = defineRoute({
  ...ofChapter,
  ...change,
  id: "patchChapterPalette",
  method: "PATCH",
  summary: "Add colours of characters, or change, lock and unlock them",
  responses: chapterAnswer,
});
export const deleteChapterPalette = defineRoute({
  ...ofChapter,
  ...remove,
  id: "deleteChapterPalette",
  summary: "Forget a colour, a character, or with neither all of them",
  responses: removedAnswer,
});

export const seriesPalette = defineRoute({
  ...ofSeries,
  ...read,
  id: "seriesPalette",
  summary: "The colours of a series' characters, for jobs that name the series",
  responses: seriesAnswer,
});
export const putSeriesPalette = defineRoute({
  ...ofSeries,
  ...change,
  id: "putSeriesPalette",
  method: "PUT",
  summary: "A series' characters anew",
  responses: seriesAnswer,
});
export const patchSeriesPalette = defineRoute({
  ...ofSeries,
  ...change,
  id: "patchSeriesPalette",
  method: "PATCH",
  summary: "Add colours of characters, or change, lock and unlock them",
  responses: seriesAnswer,
});
export const deleteSeriesPalette = defineRoute({
  ...ofSeries,
  ...remove,
  id: "deleteSeriesPalette",
  summary: "Forget a colour, a character, or all of them",
  responses: removedAnswer,
});
