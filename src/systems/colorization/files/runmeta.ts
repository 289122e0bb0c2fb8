import { z } from "zod";
import { SortedJson } from "./json-file.ts";

const milliseconds = z.number().min(0);
const path = z.string();

/** `page_NNN.meta.pass1.runmeta.json`: how pass 1 went. Keys that are not named here may follow. */
export const Pass1Runmeta = z.looseObject({
  metadata_file: path,
  /** What did it. */
  mode: z.string().min(1),
  /** Why it was not done the usual way; null where it was. */
  fallback_reason: z.string().nullable(),
  /** What the program can do here, by name. */
  dependencies: z.record(z.string(), z.boolean()),
  duration_ms: milliseconds,
  timestamp_utc: z.string(),
  status: z.string(),
});
export type Pass1Runmeta = z.infer<typeof Pass1Runmeta>;

/**
 * `page_NNN_colorized.runmeta.json`: how pass 2 went. Keys that are not named here may follow.
 * Source: spec/colorization.md sections 3 and 6.
 */
export const Pass2Runmeta = z.looseObject({
  /** The metadata file that it was made from. */
  meta_source: path,
  /** The engine that coloured the page, whichever was asked for. */
  engine: z.string().min(1),
  seed: z.int(),
  strength: z.number().min(0).max(1),
  status: z.string(),
  page_num: z.int().min(0),
  input_image: path,
  style_reference: path,
  text_mask: path.nullable(),
  timestamp_utc: z.string(),
  /** What the job was asked with, and `chapter_id`; keys sorted. */
  options: SortedJson.refine((options) => typeof options.chapter_id === "string", "it has no chapter_id"),
  duration_ms: milliseconds,
  /** Null where the page failed. */
  output_image: path.nullable(),
  text_preservation_applied: z.boolean(),
  pass1_runmeta: path.nullable(),
  /** The engine that was asked for, where another coloured the page. */
  engine_fallback: z.string().optional(),
  error: z.string().optional(),
  /** How many hints the engine could not heed; left out where there were none. */
  hints_ignored: z.int().min(1).optional(),
  /** Mean CIEDE2000 from the chapter's palette; left out where there is none yet. */
  palette_drift_de2000: z.number().min(0).optional(),
  /** Whether the engine knows the characters' colours; left out where there are none. */
  palette_applied: z.boolean().optional(),
  palette_colours: z
    .array(
      z.object({
        character: z.string(),
        label: z.string(),
        locked: z.boolean(),
        colour: z.string(),
        /** Of the coloured area, 0..1; 0 where it was not found on the page. */
        share: z.number(),
        /** What the page has, and how far that is from the palette's. */
        seen: z.string().optional(),
        drift_de2000: z.number().min(0).optional(),
      }),
    )
    .optional(),
});
export type Pass2Runmeta = z.infer<typeof Pass2Runmeta>;
