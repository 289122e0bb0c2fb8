import { z } from "zod";
import { ours } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { FailedPage, failuresB } from "./vocabulary.ts";

/** The browser extension's dialect: spec/colorization.md section 2. Bodies are checked by the actions, in its words. */

const PAGES_BODY = 512 * 2 ** 20;

export const pipelineStatus = defineRoute({
  id: "pipelineStatus",
  method: "GET",
  path: "/v1/pipeline/status",
  tag: "extension",
  summary: "How far a client's chapter is",
  access: "read",
  query: z.object({ client_id: z.string().max(200).default("") }),
  body: { kind: "none" },
  responses: {
    200: { description: "In words", schema: z.object({ status: z.literal("ok"), message: z.string() }) },
    ...failuresB,
  },
});

const Anything = z.record(z.string(), z.unknown());

export const pass2Run = defineRoute({
  id: "pass2Run",
  method: "POST",
  path: "/v1/pass2/run",
  tag: "extension",
  summary: "Colour one page by its metadata",
  access: "write",
  body: { kind: "json", schema: Anything, required: true },
  responses: {
    200: {
      description: "Coloured",
      schema: z.object({
        status: z.string(),
        image_path: z.string(),
        runmeta_path: z.string(),
        engine: z.string(),
        timestamp_utc: z.string(),
      }),
    },
    ...failuresB,
  },
});

export const pass2Batch = defineRoute({
  id: "pass2Batch",
  method: "POST",
  path: "/v1/pass2/batch",
  tag: "extension",
  summary: "Colour every page of a folder of metadata",
  access: "write",
  body: { kind: "json", schema: Anything, required: true },
  responses: {
    200: {
      description: "Coloured",
      schema: z.object({
        status: z.string(),
        count: z.number().int(),
        engine: z.string(),
        results: z.array(
          z.object({ meta_path: z.string(), image_path: z.string(), runmeta_path: z.string() }),
        ),
        timestamp_utc: z.string(),
      }),
    },
    ...failuresB,
  },
});

export const runChapter = defineRoute({
  id: "runChapter",
  method: "POST",
  path: "/v1/pipeline/run_chapter",
  tag: "extension",
  summary: "Fetch, prepare and colour a chapter",
  access: "write",
  body: { kind: "json", schema: Anything, maxBytes: PAGES_BODY, required: true },
  responses: {
    200: {
      description: "Coloured",
      schema: z.object({
        status: z.string(),
        manga_id: z.string(),
        chapter_id: z.string(),
        output_root: z.string(),
        count: z.number().int(),
        engine: z.string(),
        style_reference_source: z.string(),
        results: z.array(
          z.object({
            page_num: z.number().int(),
            source: z.string(),
            source_label: z.string(),
            input_path: z.string(),
            metadata_path: z.string(),
            pass1_runmeta: z.string(),
            pass2_image: z.string(),
          }),
        ),
        failed_pages: ours(z.array(FailedPage), "Pages that could not be fetched or coloured"),
        timestamp_utc: z.string(),
      }),
    },
    ...failuresB,
  },
});
