import { z } from "zod";
import { filledText, ours, plainText, wholeNumber } from "../fields.ts";

/*
 * The words that training's endpoints share.
 * Source: contracts/training.md, with the readings of spec/training.md sections 1 and 5.
 */

export const JobId = wholeNumber({ min: 1 }).describe("Id of the training job");
export const DatasetId = filledText(100).describe("Id of the dataset");
export const ProjectId = wholeNumber({ min: 1 }).describe("Project; made when it does not exist yet");

export const JobStatus = z.enum(["pending", "queued", "running", "completed", "failed", "stopped"]);
export const TaskType = z.enum(["image_classification", "object_detection"]);
export const DatasetFormat = z.enum(["dice", "imagefolder", "coco", "yolo", "voc", "auto"]);
export const Visibility = z.enum(["private", "public"]);

/** ISO 8601 in UTC. */
export const Time = z.string();

/** Which part of a list. */
export const page = (limit: number, most: number) => ({
  skip: wholeNumber({ min: 0 }).default(0).describe("How many to leave out"),
  limit: wholeNumber({ min: 1, max: most }).default(limit).describe("How many at most"),
});

export const Label = plainText(500);

/** `detail` is always a text. */
export const ErrorBody = z.object({
  detail: z.string(),
  code: z.string(),
  field: z.string().optional().describe("Dotted path of the field at fault"),
  errors: ours(
    z
      .array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string(), type: z.string() }))
      .optional(),
    "Every fault of the input (422)",
  ),
  request_id: ours(z.string().optional(), "For the server's log"),
});

const failure = (description: string) => ({ description, schema: ErrorBody });

/** The failures that every training endpoint may answer with. */
export const failures = {
  400: failure("The request cannot be served as it is; `detail` says why and what to do"),
  401: failure("No credential was sent, or one that is unknown or expired"),
  403: failure("The credential does not suffice"),
  404: failure("There is no such thing, or it is somebody else's"),
  409: failure("It cannot be done in the present state"),
  413: failure("The request, one of its files, the quota or the store is too large or full"),
  422: failure("Fields are missing or malformed; `errors` lists them, `detail` says it in words"),
  429: failure("Too many requests at once or a minute; `Retry-After` says when to come back"),
  503: failure("What would do it cannot be reached now; try again later"),
} as const;

/** A word that says what was done. */
export const Done = z.object({ message: z.string() });

/** A callback's secret. */
export const INTERNAL_HEADERS = {
  "X-Internal-Auth": "The configured secret, or the job's own callback token",
} as const;
