import { z } from "zod";
import { ours } from "../fields.ts";

/*
 * The words that colorization's endpoints share. Source: contracts/colorization.md (dialect A) and
 * spec/colorization.md sections 1, 2 and 6.
 */

export const JobId = z.string().max(100).describe("job_YYYYMMDD_HHMMSS_xxxxxx");
export const ChapterId = z.string().min(1).max(200);

/** What an archive is to hold. */
export const ArchiveQuery = z.object({
  format: z.enum(["cbz", "zip"]).default("cbz"),
  include: z
    .enum(["coloured", "originals"])
    .default("coloured")
    .describe("originals: the pages as they were sent, in a folder of their own"),
});

/** A page that could not be done. */
export const FailedPage = z.object({
  page_num: z.number().int(),
  error: z.string(),
  source: ours(z.string(), "The page's file as its sender named it"),
});

/** Dialect A's error body. */
export const ErrorBody = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
  trace_id: z.string().describe("12 hexadecimal digits, as in the server's log"),
});

const failure = (description: string) => ({ description, schema: ErrorBody });

export const failures = {
  400: failure("The request cannot be served as it is; `details` names the field"),
  401: failure("A token is configured and none or a wrong one was sent"),
  403: failure("The credential does not suffice"),
  404: failure("There is no such thing"),
  409: failure("It cannot be done in the present state"),
  413: failure("The request, one of its files or the store is too large or full"),
  422: failure("What was named does not exist (?strict=1)"),
  429: failure("Too many requests at once or a minute"),
  503: failure("What would do it cannot be reached now; try again later"),
} as const;

/** Dialect B's error body. */
const ErrorB = z.object({
  status: z.literal("error"),
  message: z.string(),
  timestamp_utc: z.string(),
  details: z.unknown().optional(),
});

const failureB = (description: string) => ({ description, schema: ErrorB });

/** The failures of the extension's dialect. */
export const failuresB = {
  400: failureB("The request cannot be served as it is; `details` says why"),
  401: failureB("A token is configured and none or a wrong one was sent"),
  404: failureB("There is no such thing"),
  413: failureB("Too large"),
  429: failureB("Too many requests"),
  503: failureB("What would do it cannot be reached now"),
} as const;
